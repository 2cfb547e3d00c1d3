import type { Finding } from "./finding.js";

/** What a bundle did in the dynamic run, in virtual milliseconds. `target` is at most 300 characters. */
export interface BehaviourEvent {
  readonly at: number;
  readonly kind: string;
  readonly target: string;
}

export interface ReportStep {
  readonly name: "receive" | "validate" | "static" | "dynamic" | "verdict";
  readonly status: "passed" | "failed" | "skipped";
  readonly ms: number;
  readonly detail?: string;
}

/** The pipeline's answer. `publish` only when nothing blocks and every enabled rule ran. */
export interface Report {
  readonly verdict: "publish" | "reject";
  readonly findings: readonly Finding[];
  readonly rules: {
    readonly ran: readonly { readonly id: string; readonly ms: number; readonly findings: number }[];
    readonly skipped: readonly { readonly id: string; readonly reason: string }[];
  };
  readonly steps: readonly ReportStep[];
  readonly behaviour: readonly BehaviourEvent[];
  readonly engine: Readonly<Record<string, string>>;
  readonly bundle: { readonly digest: string; readonly size: number; readonly format: "script" | "module" | "unknown" };
  readonly durationMs: number;
}
