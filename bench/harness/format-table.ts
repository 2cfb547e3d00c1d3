import { isMet, type Row, type Table } from "./result.js";
import type { Spread } from "./rounds.js";

const headings = ["", "ratio", "[min–max]", "aim", "", "this run"];

/** The table as Markdown: aligned for a terminal, valid in a README. */
export function formatTable(table: Table): string {
  const lines = [headings, ...table.rows.map((row) => cellsOf(row, table.unit))];
  const widths = headings.map((_, column) => Math.max(3, ...lines.map((line) => line[column]?.length ?? 0)));
  const format = (line: readonly string[]) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = lines;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  const notes = [`${table.rounds} interleaved rounds; ratios are taken round by round, then their median.`, ...table.notes];
  return [`### ${table.title}`, "", format(head), rule, ...body.map(format), "", notes.join(" "), ""].join("\n");
}

function cellsOf(row: Row, unit: string): string[] {
  const { ratio, aim } = row;
  const met = isMet(row);
  return [
    row.what,
    ratio ? `${figures(ratio.median)}×` : "1 (base)",
    ratio ? range(ratio) : "",
    aim ? `${aim.kind === "most" ? "≤" : "≥"} ${aim.value}` : "",
    met === undefined ? "" : met ? "met" : "MISSED",
    `${figures(row.measured.median)} ${unit} ${range(row.measured)}`,
  ];
}

const range = ({ min, max }: Spread) => `[${figures(min)}–${figures(max)}]`;

/** Three significant figures: what such a measurement is worth. */
function figures(value: number): string {
  if (!Number.isFinite(value)) return "–";
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
