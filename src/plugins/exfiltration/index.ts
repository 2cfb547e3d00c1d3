import { definePlugin } from "../../contracts/index.js";
import { cookieAndNetwork } from "./cookie-and-network.js";
import { leakedAtRunTime } from "./leaked-at-run-time.js";
import { replacedNative } from "./replaced-native.js";

export default definePlugin({
  name: "exfiltration",
  version: "1.0.0",
  contract: 1,
  rules: [cookieAndNetwork, leakedAtRunTime, replacedNative],
});
