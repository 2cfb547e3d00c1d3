export { createPublisher, type PublisherOptions } from "./publish.js";
