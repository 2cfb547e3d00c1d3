import type { BehaviourEvent, Finding, Report, RuleMeta } from "../../contracts/index.js";

/** What a worker is started with. Nothing else of the server reaches it: its environment is empty. */
export interface WorkerSettings {
  readonly plugins: readonly string[];
  readonly guestPath: string;
  readonly memoryMb: number;
}

export type WorkerRequest = {
  readonly kind: "inspect";
  readonly name: string;
  readonly text: string;
  /** Milliseconds that the dynamic run may use at most, counted from the start of the inspection. */
  readonly budgetMs: number;
};

export type InspectionStep = "parse" | "static" | "dynamic";

export type WorkerMessage =
  | {
      readonly kind: "ready";
      readonly rules: readonly RuleMeta[];
      readonly engine: Readonly<Record<string, string>>;
      readonly thread: string | undefined;
    }
  | { readonly kind: "unusable"; readonly reason: string }
  | { readonly kind: "progress"; readonly step: InspectionStep }
  | { readonly kind: "parsed"; readonly outcome: ParseOutcome }
  | { readonly kind: "static"; readonly outcome: RulesOutcome; readonly ms: number }
  | {
      readonly kind: "dynamic";
      readonly outcome: RulesOutcome;
      readonly behaviour: readonly BehaviourEvent[];
      readonly ms: number;
      readonly detail: string;
    }
  /** `reusable` is false after anything unusual: the worker is then thrown away. */
  | { readonly kind: "done"; readonly reusable: boolean };

export interface ParseOutcome {
  readonly format: "script" | "module" | "unknown";
  readonly findings: readonly Finding[];
  readonly ms: number;
}

export interface RulesOutcome {
  readonly findings: readonly Finding[];
  readonly ran: Report["rules"]["ran"];
  readonly skipped: Report["rules"]["skipped"];
}
