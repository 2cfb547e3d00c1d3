/** A Markdown table that is also aligned for a terminal. */
export function markdownTable(title: string, head: readonly string[], rows: readonly (readonly string[])[], notes = ""): string {
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(3, ...lines.map((line) => line[column]?.length ?? 0)));
  const format = (line: readonly string[]): string =>
    `| ${head.map((_, column) => (line[column] ?? "").padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [`### ${title}`, "", format(head), rule, ...rows.map(format), "", ...(notes === "" ? [] : [notes, ""])].join("\n");
}

/** `met` or `MISSED` beside an aim. */
export function aimCell(value: number, kind: "most" | "least", aim: number, unit: string): string {
  const met = kind === "most" ? value <= aim : value >= aim;
  return `${kind === "most" ? "≤" : "≥"} ${aim}${unit} ${met ? "met" : "MISSED"}`;
}

export const percent = (ratio: number): string => (Number.isFinite(ratio) ? `${(ratio * 100).toFixed(1)} %` : "–");
export const figures = (value: number): string =>
  !Number.isFinite(value) ? "–" : value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
