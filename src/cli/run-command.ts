import { Command, CommanderError } from "commander";
import { ConfigError } from "../config/index.js";
import { CommandError } from "./command-error.js";
import { findVersion } from "./find-version.js";
import { visible } from "./report/visible.js";
import { openPipeline } from "./scan/open-pipeline.js";
import { exitCodes, type Terminal } from "./terminal.js";
import type { AddVerb, CommandParts } from "./verb.js";
import { addScan } from "./verbs/scan.js";

const verbs: readonly AddVerb[] = [addScan];
const helpWidth = 100;

/** Runs one command line (without node and script) and returns its exit code: 0 clean, 1 rejected, 2 usage or internal error. Never throws. */
export async function runCommand(
  args: readonly string[],
  terminal: Terminal,
  parts: Omit<CommandParts, "terminal"> = { openPipeline },
): Promise<number> {
  let code: number = exitCodes.clean;
  const written: Promise<void>[] = [];
  const program = describeProgram({ terminal, ...parts }, written, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    code = error instanceof CommanderError && error.exitCode === 0 ? exitCodes.clean : exitCodes.failed;
    if (!(error instanceof CommanderError)) await terminal.stderr.write(explain(error));
  }
  await Promise.all(written);
  return code;
}

function describeProgram(parts: CommandParts, written: Promise<void>[], finish: (code: number) => void): Command {
  const { terminal } = parts;
  const program = new Command("vitrine");
  program
    .description("Checks and manages sandboxed widgets.")
    .version(findVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => written.push(terminal.stdout.write(text)),
      writeErr: (text) => written.push(terminal.stderr.write(text)),
      outputError: (text, write) =>
        write(
          text
            .replace(/^error: /, "vitrine: ")
            .split("\n")
            .map((line) => visible(line))
            .join("\n"),
        ),
      // The same text everywhere: docs/cli.md quotes it.
      getOutHelpWidth: () => helpWidth,
      getErrHelpWidth: () => helpWidth,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError("Run “vitrine --help” for the commands, “vitrine help <command>” for one of them.");
  for (const add of verbs) add(program, parts, finish);
  program.addHelpText("after", "\nExit codes: 0 clean, 1 rejected, 2 usage or internal error.\nDocumentation: docs/cli.md");
  return program;
}

/** What went wrong and what to do; no stack. */
function explain(error: unknown): string {
  if (error instanceof CommandError) return `vitrine: ${visible(error.message)}\n  ${visible(error.advice)}\n`;
  if (error instanceof ConfigError) return `vitrine: ${error.message}\n`;
  const message = visible(error instanceof Error ? error.message : String(error));
  return `vitrine: internal error: ${message}\n  This is a fault of Vitrine, not of your files. Nothing was judged as clean.\n`;
}
