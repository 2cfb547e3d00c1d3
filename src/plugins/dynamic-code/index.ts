import { definePlugin } from "../../contracts/index.js";
import { decodedCode } from "./decoded-code.js";
import { evalRule } from "./eval.js";
import { hiddenConstructor } from "./hidden-constructor.js";
import { madeAtRunTime } from "./made-at-run-time.js";
import { stringTimer } from "./string-timer.js";

export default definePlugin({
  name: "dynamic-code",
  version: "1.0.0",
  contract: 1,
  rules: [decodedCode, stringTimer, evalRule, hiddenConstructor, madeAtRunTime],
});
