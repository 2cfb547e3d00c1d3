import type { Finding, Report, ReportStep } from "../contracts/index.js";
import { limitFindings } from "./findings/limit-findings.js";
import { pipelineFinding } from "./findings/pipeline-findings.js";
import { receive, type Submission } from "./intake/receive.js";
import { validate } from "./intake/validate.js";
import type { Inspection, WorkerPool } from "./pool.js";
import type { WorkerMessage } from "./worker/messages.js";

export interface Limits {
  readonly maxBytes: number;
  readonly wallMs: number;
  readonly memoryMb: number;
}

/**
 * Bytes to a report: receive → validate → static → dynamic → verdict. Every failure is a finding; what did not finish rejects.
 * Parsing and both scans run in a worker that the wall clock ends.
 */
export async function judge(
  submitted: { readonly fileName: string; readonly bytes: Uint8Array },
  pool: WorkerPool,
  limits: Limits,
): Promise<Report> {
  const report = openReport(pool);

  const submission = report.step(
    "receive",
    () => receive(submitted, limits.maxBytes),
    (result) => result.findings,
  );
  if (submission.findings.length > 0) return report.close(submission);

  const valid = report.step(
    "validate",
    () => validate(submission),
    (result) => (result.ok ? [] : result.findings),
  );
  if (!valid.ok) return report.close(submission);

  const inspection = await pool.inspect({ kind: "inspect", name: submission.name, text: valid.text, budgetMs: limits.wallMs * 0.8 });
  report.take(inspection, limits.wallMs);
  return report.close(submission);
}

/** Collects what each step says, in order. The verdict is `publish` only when every step passed, every rule ran and nothing blocks. */
function openReport(pool: WorkerPool) {
  const started = performance.now();
  const steps: ReportStep[] = [];
  const findings: Finding[] = [];
  const ran: Report["rules"]["ran"][number][] = [];
  const skipped: Report["rules"]["skipped"][number][] = [];
  let behaviour: Report["behaviour"] = [];
  let format: Report["bundle"]["format"] = "unknown";
  let unfinished = "not reached";

  const record = (name: ReportStep["name"], ms: number, said: readonly Finding[], detail?: string): void => {
    findings.push(...said);
    const status = said.some((finding) => finding.severity === "block") ? "failed" : "passed";
    steps.push({ name, status, ms: Math.round(ms * 10) / 10, ...(detail === undefined ? {} : { detail }) });
  };

  const hear = (message: WorkerMessage): void => {
    if (message.kind === "parsed") {
      format = message.outcome.format;
      const before = steps.pop();
      record("validate", (before?.ms ?? 0) + message.outcome.ms, message.outcome.findings);
    } else if (message.kind === "static" || message.kind === "dynamic") {
      record(message.kind, message.ms, message.outcome.findings, message.kind === "dynamic" ? message.detail : undefined);
      ran.push(...message.outcome.ran);
      skipped.push(...message.outcome.skipped);
      if (message.kind === "dynamic") behaviour = message.behaviour;
    }
  };

  return {
    step<Result>(name: ReportStep["name"], work: () => Result, findingsOf: (result: Result) => readonly Finding[]): Result {
      const before = performance.now();
      const result = work();
      record(name, performance.now() - before, findingsOf(result));
      return result;
    },
    take(inspection: Inspection, wallMs: number): void {
      for (const message of inspection.messages) hear(message);
      if (inspection.end === "done") return;
      unfinished = `${inspection.end} during ${inspection.step}`;
      const finding = pipelineFinding(`pipeline/${inspection.end}`, { step: inspection.step, limit: wallMs });
      record(inspection.step === "parse" ? "validate" : inspection.step, wallMs, [finding], unfinished);
    },
    close(submission: Submission): Report {
      const told = new Set([...ran, ...skipped].map((rule) => rule.id));
      for (const { id } of pool.rules) if (!told.has(id)) skipped.push({ id, reason: unfinished });
      for (const name of ["validate", "static", "dynamic"] as const) {
        if (!steps.some((step) => step.name === name)) steps.push({ name, status: "skipped", ms: 0 });
      }
      const verdict =
        skipped.length === 0 && steps.every((step) => step.status === "passed") && !findings.some(blocks) ? "publish" : "reject";
      steps.push({ name: "verdict", status: verdict === "publish" ? "passed" : "failed", ms: 0 });
      return {
        verdict,
        findings: limitFindings(findings),
        rules: { ran, skipped },
        steps,
        behaviour,
        engine: pool.engine,
        bundle: { digest: submission.digest, size: submission.bytes.byteLength, format },
        durationMs: Math.round(performance.now() - started),
      };
    },
  };
}

function blocks(finding: Finding): boolean {
  return finding.severity === "block";
}
