import { definePlugin } from "../../contracts/index.js";
import { engine } from "./engine.js";
import { hashingWorkers } from "./hashing-workers.js";
import { knownService } from "./known-service.js";
import { minedAtRunTime } from "./mined-at-run-time.js";

export default definePlugin({
  name: "miners",
  version: "1.0.0",
  contract: 1,
  rules: [knownService, engine, hashingWorkers, minedAtRunTime],
});
