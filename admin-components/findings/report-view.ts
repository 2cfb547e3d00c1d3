export interface FindingView {
  readonly ruleId: string;
  readonly category: string;
  readonly severity: "block" | "warn" | "note";
  readonly message: string;
  readonly fix: string;
  readonly place?: { readonly file: string; readonly line: number; readonly column: number };
  readonly excerpt?: { readonly text: string; readonly highlightStart: number; readonly highlightEnd: number };
  readonly source: string;
  readonly fingerprint: string;
}

export interface ReportView {
  readonly verdict: "publish" | "reject";
  readonly findings: readonly FindingView[];
  readonly moreFindings: number;
  readonly steps: readonly {
    readonly name: string;
    readonly status: "passed" | "failed" | "skipped";
    readonly ms: number;
    readonly detail?: string;
  }[];
  readonly rules: { readonly ran: number; readonly skipped: readonly { readonly id: string; readonly reason: string }[] };
  readonly behaviour: readonly { readonly at: number; readonly kind: string; readonly target: string }[];
  readonly durationMs: number;
}
