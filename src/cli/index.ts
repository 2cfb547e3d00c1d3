export { runCommand } from "./run-command.js";
export { exitCodes, type Output, type Terminal } from "./terminal.js";
