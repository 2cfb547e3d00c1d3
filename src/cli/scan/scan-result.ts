import type { Finding, Report, RuleMeta } from "../../contracts/index.js";
import type { FrameLine } from "../report/code-frame.js";

/** A finding with what a report needs of the source, so that the source itself need not be kept. */
export interface ShownFinding {
  readonly finding: Finding;
  /** 1-based line and column as editors count them; absent for findings about the whole file. */
  readonly at?: { readonly line: number; readonly column: number; readonly endLine?: number; readonly endColumn?: number };
  /** Names the code inside the file (`eval 1`) when the finding is not in the file's own text. */
  readonly layer?: string;
  readonly frame: readonly FrameLine[];
  /** First 16 hex digits of the SHA-256 of the line; lets GitHub follow an alert when lines move. */
  readonly lineHash?: string;
}

export interface ScannedFile {
  /** Relative to the working folder with `/` between names when it is inside it, else absolute. */
  readonly path: string;
  readonly report: Report;
  readonly findings: readonly ShownFinding[];
}

/** A file that was named but could not be judged. */
export interface ScanProblem {
  readonly path: string;
  readonly message: string;
  readonly advice: string;
}

export interface ScanResult {
  readonly version: string;
  readonly cwd: string;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly files: readonly ScannedFile[];
  readonly problems: readonly ScanProblem[];
  /** What the scanner said about itself while it worked. */
  readonly troubles: readonly string[];
  /** Symbolic links below the named folders: seen and left alone. */
  readonly skippedLinks: number;
  readonly rules: readonly RuleMeta[];
  /** Findings that were left out of `files` by --severity, --quiet or --max-findings. */
  readonly omitted: number;
  readonly exitCode: number;
}

/** Findings by severity, before anything was left out. */
export function countFindings(files: readonly ScannedFile[]): Record<Finding["severity"], number> {
  const counts = { block: 0, warn: 0, note: 0 };
  for (const file of files) for (const finding of file.report.findings) counts[finding.severity] += 1;
  return counts;
}
