import { definePlugin } from "../../contracts/index.js";
import { charset } from "./charset.js";
import { constantPool } from "./constant-pool.js";
import { encodedCode } from "./encoded-code.js";
import { escapedText } from "./escaped-text.js";
import { invisible } from "./invisible.js";
import { knownTool } from "./known-tool.js";

export default definePlugin({
  name: "obfuscation",
  version: "1.0.0",
  contract: 1,
  rules: [knownTool, constantPool, encodedCode, escapedText, charset, invisible],
});
