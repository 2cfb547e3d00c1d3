import type { ScanOptions } from "../scan/scan-options.js";
import type { ScanResult } from "../scan/scan-result.js";
import type { Terminal } from "../terminal.js";
import { formatJson } from "./format-json.js";
import { formatSarif } from "./format-sarif.js";
import { formatText } from "./format-text.js";
import { visible } from "./visible.js";
import { writeReport } from "./write-report.js";

/** Prints the result, or writes it to --output. Remarks about the run itself go to standard error, so that pipes stay clean. */
export async function report(
  result: ScanResult,
  options: Pick<ScanOptions, "format" | "output" | "color" | "quiet">,
  color: "auto" | "always" | "never",
  terminal: Terminal,
): Promise<void> {
  const quiet = options.quiet === true;
  if (!quiet) await terminal.stderr.write(describeRun(result));
  const onTerminal = options.output === undefined && terminal.stdout.isTTY === true;
  const useColor = options.color ?? (color === "auto" ? onTerminal : color === "always");
  const text = format(result, options.format, { color: useColor, quiet });
  if (options.output === undefined) return terminal.stdout.write(text);
  await writeReport(options.output, text, terminal.cwd);
  if (quiet) return;
  const rejected = result.files.filter((file) => file.report.verdict === "reject").length;
  await terminal.stderr.write(`vitrine: ${rejected} of ${result.files.length} files rejected; report in ${visible(options.output)}\n`);
}

function format(result: ScanResult, name: ScanOptions["format"], options: { readonly color: boolean; readonly quiet: boolean }): string {
  if (name === "json") return formatJson(result);
  if (name === "sarif") return formatSarif(result);
  return formatText(result, options);
}

function describeRun({ troubles, skippedLinks }: ScanResult): string {
  const lines = troubles.map((text) => visible(text));
  if (skippedLinks > 0)
    lines.push(`${skippedLinks === 1 ? "1 symbolic link was" : `${skippedLinks} symbolic links were`} left out; links are not followed.`);
  return lines.map((line) => `vitrine: ${line}\n`).join("");
}
