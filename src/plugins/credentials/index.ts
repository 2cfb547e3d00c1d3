import { definePlugin } from "../../contracts/index.js";
import { knownKey } from "./known-key.js";
import { namedSecret } from "./named-secret.js";
import { prefixedToken } from "./prefixed-token.js";
import { secretlint } from "./secretlint.js";

export default definePlugin({
  name: "credentials",
  version: "1.0.0",
  contract: 1,
  rules: [knownKey, namedSecret, prefixedToken, secretlint],
});
