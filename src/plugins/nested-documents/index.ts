import { definePlugin } from "../../contracts/index.js";
import { frameElement } from "./frame-element.js";
import { madeAtRunTime } from "./made-at-run-time.js";

export default definePlugin({ name: "nested-documents", version: "1.0.0", contract: 1, rules: [frameElement, madeAtRunTime] });
