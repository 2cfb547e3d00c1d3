import { definePlugin } from "../../contracts/index.js";
import { endlessLoop } from "./endless-loop.js";
import { memory } from "./memory.js";
import { unboundedLoop } from "./unbounded-loop.js";

export default definePlugin({ name: "resource-use", version: "1.0.0", contract: 1, rules: [endlessLoop, unboundedLoop, memory] });
