import type { Severity } from "../../contracts/index.js";
import type { ScannedFile } from "../scan/scan-result.js";

const rank: Readonly<Record<Severity, number>> = { note: 0, warn: 1, block: 2 };

/**
 * Leaves out findings below a severity, and all but the first `max` (grave ones first, over all files). Verdict and counts stay
 * what they are. Pure.
 */
export function selectFindings(
  files: readonly ScannedFile[],
  options: { readonly severity: Severity; readonly max: number | undefined },
): { readonly files: readonly ScannedFile[]; readonly omitted: number } {
  const all = files.flatMap((file) => file.findings);
  const kept = new Set(
    all
      .filter(({ finding }) => rank[finding.severity] >= rank[options.severity])
      .toSorted((a, b) => rank[b.finding.severity] - rank[a.finding.severity])
      .slice(0, options.max ?? all.length),
  );
  return {
    files: files.map((file) => ({ ...file, findings: file.findings.filter((finding) => kept.has(finding)) })),
    omitted: all.length - kept.size,
  };
}
