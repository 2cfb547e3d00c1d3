import { definePlugin } from "../../contracts/index.js";
import { away } from "./away.js";
import { external } from "./external.js";
import { markup } from "./markup.js";
import { triedAtRunTime } from "./tried-at-run-time.js";

export default definePlugin({ name: "navigation", version: "1.0.0", contract: 1, rules: [external, markup, triedAtRunTime, away] });
