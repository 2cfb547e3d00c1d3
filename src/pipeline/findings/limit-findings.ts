import type { Finding } from "../../contracts/index.js";

const maxFindings = 200;
const maxPerMessage = 20;
const order: Readonly<Record<Finding["severity"], number>> = { block: 0, warn: 1, note: 2 };

/** Grave first, then by place; the same thing said twice is said once; at most 20 of one message and 200 in all. */
export function limitFindings(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  const counts = new Map<string, number>();
  return findings
    .toSorted(
      (a, b) =>
        order[a.severity] - order[b.severity] ||
        (a.place?.start ?? -1) - (b.place?.start ?? -1) ||
        (a.ruleId < b.ruleId ? -1 : a.ruleId > b.ruleId ? 1 : 0),
    )
    .filter((finding) => {
      const identity = `${finding.fingerprint}:${finding.place?.file ?? ""}:${finding.message}`;
      const kind = `${finding.ruleId}:${finding.messageId}`;
      const count = counts.get(kind) ?? 0;
      if (seen.has(identity) || count >= maxPerMessage) return false;
      seen.add(identity);
      counts.set(kind, count + 1);
      return true;
    })
    .slice(0, maxFindings);
}
