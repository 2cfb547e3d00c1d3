import { countFindings, type ScanResult } from "../scan/scan-result.js";

/** Rises when a field is removed or changes its meaning; new fields do not raise it. */
export const jsonVersion = 1;

/** For scripts: docs/cli.md describes every field. `place` is as in the contract: 1-based line, 0-based column and offsets. */
export function formatJson(result: ScanResult): string {
  const rejected = result.files.filter((file) => file.report.verdict === "reject").length;
  return writeJson({
    schema: "vitrine-scan",
    version: jsonVersion,
    tool: { name: "vitrine", version: result.version },
    verdict: result.problems.length > 0 ? "incomplete" : rejected > 0 ? "reject" : "publish",
    exitCode: result.exitCode,
    startedAt: result.startedAt.toISOString(),
    durationMs: Math.round(result.durationMs),
    summary: {
      files: result.files.length,
      rejected,
      problems: result.problems.length,
      findings: countFindings(result.files),
      omitted: result.omitted,
    },
    files: result.files.map(({ path, report, findings }) => ({
      path,
      ...report,
      findings: findings.map(({ finding }) => finding),
    })),
    problems: result.problems,
    troubles: result.troubles,
  });
}

/** JSON whose text is harmless on a terminal too: what JSON.stringify leaves raw and cannot be seen is escaped. */
export function writeJson(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2);
  return `${text.replace(/(?!\n)[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, escapeUnits)}\n`;
}

function escapeUnits(character: string): string {
  return Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`).join("");
}
