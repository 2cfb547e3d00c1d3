export type { CallOrigin, ExecuteCall, ExecutedCall, ImageCall, PrepareCall, PreparedCall } from "./broker-call.js";
export { type Broker, type BrokerOptions, type CatalogueEntry, createBroker } from "./create-broker.js";
export { createImageIntake, type ImageIntake } from "./images/create-image-intake.js";
export { type ImageBody, largestImage } from "./images/receive-image.js";
export type { BrokerLogger } from "./log-call.js";
export { type BrokerRoutesOptions, createBrokerRoutes } from "./routes.js";
