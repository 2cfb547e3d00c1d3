import pico from "picocolors";
import type { Severity } from "../../contracts/index.js";
import { countFindings, type ScannedFile, type ScanResult, type ShownFinding } from "../scan/scan-result.js";
import type { FrameLine } from "./code-frame.js";
import { rulePage } from "./rule-page.js";
import { visible } from "./visible.js";

type Colors = ReturnType<typeof pico.createColors>;

/** For people: each finding with its code, reason and remedy, then a line with the counts. `quiet` prints nothing for a clean run. */
export function formatText(result: ScanResult, options: { readonly color: boolean; readonly quiet: boolean }): string {
  const colors = pico.createColors(options.color);
  const reasons = new Map(result.rules.map((rule) => [rule.id, rule.description]));
  const parts: string[] = [];
  for (const file of result.files) {
    parts.push(...file.findings.map((shown) => formatFinding(file, shown, reasons.get(shown.finding.ruleId), colors)));
    const unfinished = explainUnfinished(file);
    if (unfinished) parts.push(`${colors.red(colors.bold("rejected"))}: ${visible(file.path)}: ${unfinished}\n`);
  }
  for (const problem of result.problems)
    parts.push(`${colors.red(colors.bold("not scanned"))}: ${visible(problem.message)}\n  ${visible(problem.advice)}\n`);
  if (!options.quiet || result.exitCode !== 0) parts.push(summarise(result, colors));
  return parts.join("\n");
}

const paint: Readonly<Record<Severity, "red" | "yellow" | "cyan">> = { block: "red", warn: "yellow", note: "cyan" };

function formatFinding(file: ScannedFile, { finding, at, layer, frame }: ShownFinding, reason: string | undefined, colors: Colors): string {
  const color = colors[paint[finding.severity]];
  const where = at ? `:${at.line}:${at.column}` : "";
  const place = layer === undefined ? `${visible(file.path)}${where}` : `${visible(file.path)} → ${visible(layer)} (${where.slice(1)})`;
  const digits = Math.max(...frame.map((line) => String(line.number).length), 1);
  const gutter = " ".repeat(digits);
  const bar = colors.dim("|");
  const lines = [
    `${color(colors.bold(`${finding.severity}[${visible(finding.ruleId)}]`))}${colors.bold(`: ${visible(finding.message)}`)}`,
    `${gutter}${colors.dim("-->")} ${place}`,
  ];
  if (frame.length > 0) {
    lines.push(`${gutter} ${bar}`, ...frame.flatMap((line) => drawLine(line, digits, bar, colors, color)), `${gutter} ${bar}`);
  }
  const equals = colors.dim("=");
  if (reason !== undefined) lines.push(`${gutter} ${equals} why:  ${visible(reason)}`);
  lines.push(`${gutter} ${equals} fix:  ${visible(finding.fix)}`);
  lines.push(`${gutter} ${equals} docs: ${rulePage(finding.ruleId)}`);
  return `${lines.join("\n")}\n`;
}

function drawLine(line: FrameLine, digits: number, bar: string, colors: Colors, color: (text: string) => string): string[] {
  const gutter = colors.dim(String(line.number).padStart(digits));
  const shown = [`${gutter} ${bar} ${line.text}`.trimEnd()];
  if (line.mark) {
    const pointer = " ".repeat(line.mark.start) + color("^".repeat(line.mark.end - line.mark.start));
    shown.push(`${" ".repeat(digits)} ${bar} ${pointer}`);
  }
  return shown;
}

/** A file can be rejected without a finding that is shown: say why, always. */
function explainUnfinished({ report, findings }: ScannedFile): string | undefined {
  if (report.verdict === "publish") return undefined;
  const [skipped] = report.rules.skipped;
  if (skipped && report.findings.every((finding) => finding.severity !== "block")) {
    return `${report.rules.skipped.length} ${report.rules.skipped.length === 1 ? "rule" : "rules"} did not run (${visible(skipped.id)}: ${visible(skipped.reason, 200)})`;
  }
  if (findings.some(({ finding }) => finding.severity === "block")) return undefined;
  const count = report.findings.filter((finding) => finding.severity === "block").length;
  return count > 0 ? `${plural(count, "finding blocks", "findings block")}; not shown` : "a step of the check failed";
}

function summarise(result: ScanResult, colors: Colors): string {
  const counts = countFindings(result.files);
  const rejected = result.files.filter((file) => file.report.verdict === "reject").length;
  const findings = [
    counts.block > 0 ? `${counts.block} blocking` : "",
    counts.warn > 0 ? plural(counts.warn, "warning", "warnings") : "",
    counts.note > 0 ? plural(counts.note, "note", "notes") : "",
  ].filter(Boolean);
  const parts = [
    findings.length > 0 ? findings.join(", ") : "no findings",
    ...(result.omitted > 0 ? [`${result.omitted} not shown`] : []),
    ...(result.problems.length > 0 ? [`${result.problems.length} not scanned`] : []),
    `${(result.durationMs / 1000).toFixed(1)} s`,
  ];
  const files = plural(result.files.length, "file", "files");
  const head =
    rejected > 0
      ? colors.red(colors.bold(`Rejected: ${rejected} of ${files}`))
      : result.problems.length > 0
        ? colors.red(colors.bold(`Incomplete: ${files} scanned`))
        : colors.green(colors.bold(`Clean: ${files}`));
  return `${head} (${parts.join("; ")})\n`;
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
