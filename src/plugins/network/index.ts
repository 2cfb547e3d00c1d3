import { definePlugin } from "../../contracts/index.js";
import { outsideRequest } from "./outside-request.js";
import { outsideResource } from "./outside-resource.js";
import { primitive } from "./primitive.js";
import { triedAtRunTime } from "./tried-at-run-time.js";

export default definePlugin({
  name: "network",
  version: "1.0.0",
  contract: 1,
  rules: [outsideRequest, primitive, triedAtRunTime, outsideResource],
});
