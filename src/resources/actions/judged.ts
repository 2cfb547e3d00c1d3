import type { Finding, Report } from "../../contracts/index.js";

/** A report as the panel shows it: without engine internals, findings worst first, at most 200. */
export function judged(report: Report) {
  const weight = { block: 0, warn: 1, note: 2 } as const;
  const findings: readonly Finding[] = [...report.findings].sort(
    (one, other) => weight[one.severity] - weight[other.severity] || (one.place?.start ?? -1) - (other.place?.start ?? -1),
  );
  return {
    verdict: report.verdict,
    findings: findings.slice(0, 200),
    moreFindings: Math.max(0, findings.length - 200),
    steps: report.steps,
    rules: { ran: report.rules.ran.length, skipped: report.rules.skipped },
    behaviour: report.behaviour.slice(0, 200),
    durationMs: report.durationMs,
    bundle: report.bundle,
  };
}

export type Judged = ReturnType<typeof judged>;
