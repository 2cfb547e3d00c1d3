#!/usr/bin/env node
import process from "node:process";
import { openProcessTerminal } from "./process-terminal.js";
import { runCommand } from "./run-command.js";

// The code is set, not `process.exit` called: a pipe that still drains is not cut off.
const code = await runCommand(process.argv.slice(2), openProcessTerminal());
process.exitCode = Math.max(code, Number(process.exitCode ?? 0));
