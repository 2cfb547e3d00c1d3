import type { Command } from "commander";
import type { OpenPipeline } from "./scan/open-pipeline.js";
import type { Terminal } from "./terminal.js";

/** What a verb works with. */
export interface CommandParts {
  readonly terminal: Terminal;
  readonly openPipeline: OpenPipeline;
}

/** Adds one verb to the command. `finish` takes the exit code. */
export type AddVerb = (program: Command, parts: CommandParts, finish: (code: number) => void) => void;
