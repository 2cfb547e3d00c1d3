export { runCommand } from "./run-command.js";
export type { OpenPipeline } from "./scan/open-pipeline.js";
export { exitCodes, type Output, type Terminal } from "./terminal.js";
