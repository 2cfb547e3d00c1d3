import { InvalidArgumentError, Option } from "commander";
import { scan } from "../scan/scan.js";
import type { ScanOptions } from "../scan/scan-options.js";
import type { AddVerb } from "../verb.js";

/** `vitrine scan`: its arguments, options and help. What it does is in scan/scan.ts. */
export const addScan: AddVerb = (program, parts, finish) => {
  program
    .command("scan")
    .summary("judge widget bundles as the server does when they are uploaded")
    .description(
      "Judges widget bundles with the pipeline that the server runs on every upload: static rules on one parse, then a run in a QuickJS sandbox. Nothing is published and no server is needed.",
    )
    .argument("<path...>", "files, folders (every .js and .mjs below), or - for standard input")
    .addOption(new Option("-f, --format <format>", "how to report").choices(["text", "json", "sarif"]).default("text"))
    .option("-o, --output <file>", "write the report to a file instead of standard output")
    .addOption(
      new Option("--severity <level>", "least severity to report; text begins at warn, the others at note").choices([
        "note",
        "warn",
        "block",
      ]),
    )
    .option("--max-findings <number>", "report at most so many findings, grave ones first; text stops at 50", wholeNumber)
    .option("-q, --quiet", "report only what blocks, and nothing at all when everything is clean")
    .option("--color", "use colour (the default on a terminal)")
    .option("--no-color", "do not use colour (also: NO_COLOR=1)")
    .option("--stdin-filename <name>", "name for what standard input holds", "stdin.js")
    .addHelpText("after", examples)
    .action(async (paths: string[], { output, ...options }: ScanOptions) =>
      finish(await scan(paths, output === undefined || output === "-" ? options : { ...options, output }, parts)),
    );
};

const examples = `
Examples:
  vitrine scan widget.js                                    judge one bundle
  vitrine scan dist/                                        judge every .js and .mjs below a folder
  esbuild src/widget.ts --bundle | vitrine scan -           judge what another program writes
  vitrine scan dist/ --format sarif --output vitrine.sarif  report for code scanning
  vitrine scan dist/ --format json | jq .verdict            report for scripts
  vitrine scan dist/ --quiet && ./deploy                    go on only when clean`;

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError("It must be a whole number from 0 to 999999.");
  return Number(text);
}
