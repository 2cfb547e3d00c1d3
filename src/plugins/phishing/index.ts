import { definePlugin } from "../../contracts/index.js";
import { askedAtRunTime } from "./asked-at-run-time.js";
import { secretField } from "./secret-field.js";

export default definePlugin({ name: "phishing", version: "1.0.0", contract: 1, rules: [secretField, askedAtRunTime] });
