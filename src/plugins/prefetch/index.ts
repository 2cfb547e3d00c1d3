import { definePlugin } from "../../contracts/index.js";
import { hintedAtRunTime } from "./hinted-at-run-time.js";
import { linkHint } from "./link-hint.js";

export default definePlugin({ name: "prefetch", version: "1.0.0", contract: 1, rules: [linkHint, hintedAtRunTime] });
