import { definePlugin } from "../../contracts/index.js";
import { loadedAtRunTime } from "./loaded-at-run-time.js";
import { scriptElement } from "./script-element.js";
import { serviceWorker } from "./service-worker.js";

export default definePlugin({
  name: "external-scripts",
  version: "1.0.0",
  contract: 1,
  rules: [scriptElement, serviceWorker, loadedAtRunTime],
});
