import type { Node } from "estree";
import type { Behaviour, Finding, Rule, RuleReport } from "../../contracts/index.js";
import { makeFindings, type RawReport, type Subject } from "../findings/make-finding.js";
import { pipelineFinding } from "../findings/pipeline-findings.js";
import type { RulesOutcome } from "../worker/messages.js";
import type { AnalysedFile } from "./source-file.js";

const maxReportsPerRule = 60;

/** Collects what each rule says, what it cost, and whether it failed. One failing rule never stops another. */
export class RuleLedger {
  private readonly entries = new Map<string, { ms: number; findings: number; failure?: string; told?: boolean }>();
  private readonly rules: readonly Rule[];
  /** Texts that rules asked to mask; they are hidden wherever else they turn up. */
  readonly secrets: string[] = [];

  constructor(rules: readonly Rule[]) {
    this.rules = rules;
    for (const rule of rules) this.entries.set(rule.meta.id, { ms: 0, findings: 0 });
  }

  /** Runs one piece of a rule's work on the clock. A rule that has failed is not run again. */
  attempt(rule: Rule, work: () => void): void {
    const entry = this.entries.get(rule.meta.id);
    if (!entry || entry.failure !== undefined) return;
    const before = performance.now();
    try {
      work();
    } catch (error) {
      entry.failure = describe(error);
    }
    entry.ms += performance.now() - before;
  }

  /** For a rule's visits, of which there are very many: only every eighth is timed, and counts for eight. */
  visitor(rule: Rule, visit: (node: Node) => void): (node: Node) => void {
    const entry = this.entries.get(rule.meta.id) ?? { ms: 0, findings: 0 };
    let calls = 0;
    return (node) => {
      if (entry.failure !== undefined) return;
      calls += 1;
      const before = (calls & 7) === 0 ? performance.now() : 0;
      try {
        visit(node);
      } catch (error) {
        entry.failure = describe(error);
      }
      // A pause of the machine's is not the rule's: one visit counts for a millisecond at most.
      if (before !== 0) entry.ms += Math.min(1, performance.now() - before) * 8;
    };
  }

  async attemptLater(rule: Rule, work: () => void | Promise<void>): Promise<void> {
    const entry = this.entries.get(rule.meta.id);
    if (!entry || entry.failure !== undefined) return;
    const before = performance.now();
    try {
      await work();
    } catch (error) {
      entry.failure = describe(error);
    }
    entry.ms += performance.now() - before;
  }

  count(rule: Rule): void {
    const entry = this.entries.get(rule.meta.id);
    if (entry) entry.findings += 1;
  }

  /**
   * What rules of these kinds did, with the findings. A rule that failed (also a rule of another kind, later, on code made at run
   * time) is named among the skipped once and rejects by a finding of its own.
   */
  close(kinds: readonly Rule["kind"][], findings: readonly Finding[]): RulesOutcome {
    const ran: RulesOutcome["ran"][number][] = [];
    const skipped: RulesOutcome["skipped"][number][] = [];
    for (const { meta, kind } of this.rules) {
      const entry = this.entries.get(meta.id);
      if (!entry) continue;
      if (entry.failure !== undefined) {
        if (!entry.told) skipped.push({ id: meta.id, reason: entry.failure });
        entry.told = true;
      } else if (kinds.includes(kind)) ran.push({ id: meta.id, ms: Math.round(entry.ms * 10) / 10, findings: entry.findings });
    }
    return { findings: [...findings, ...skipped.map(({ id }) => pipelineFinding("pipeline/rule-failed", { rule: id }))], ran, skipped };
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : "threw something";
}

/** Text and JavaScript rules over one source: one analysis, one walk, each node handed to the rules that asked for its type. */
export async function runSourceRules(
  analysed: AnalysedFile,
  subject: Subject,
  rules: readonly Rule[],
  ledger: RuleLedger,
): Promise<Finding[]> {
  const { file, tree } = analysed;
  const reports: RawReport[] = [];
  const reporter = (rule: Rule) => {
    let count = 0;
    return (report: RuleReport<string>): void => {
      count += 1;
      if (count > maxReportsPerRule) return;
      if (!Object.hasOwn(rule.meta.messages, report.messageId)) throw new Error(`unknown message "${report.messageId}"`);
      ledger.count(rule);
      reports.push({ meta: rule.meta, report });
      if (report.mask) ledger.secrets.push(subject.text.slice(report.mask.start, report.mask.end));
    };
  };

  const byType = new Map<string, ((node: Node) => void)[]>();
  const endings: { rule: Rule; end: () => void }[] = [];
  for (const rule of rules) {
    if (rule.kind === "text") {
      const report = reporter(rule);
      await ledger.attemptLater(rule, () => rule.check({ path: subject.path, text: subject.text, report }));
    } else if (rule.kind === "javascript") {
      ledger.attempt(rule, () => {
        for (const [type, visit] of Object.entries(rule.create({ file, report: reporter(rule) }))) {
          if (typeof visit !== "function") continue;
          if (type === "end") endings.push({ rule, end: visit as () => void });
          else byType.set(type, [...(byType.get(type) ?? []), ledger.visitor(rule, visit as (node: Node) => void)]);
        }
      });
    }
  }
  for (const node of tree.nodes) {
    const visits = byType.get(node.type);
    if (visits) for (const visit of visits) visit(node);
  }
  for (const { rule, end } of endings) ledger.attempt(rule, end);
  return makeFindings(subject, reports);
}

/** Rules over what the bundle did. */
export function runBehaviourRules(name: string, behaviour: Behaviour, rules: readonly Rule[], ledger: RuleLedger): Finding[] {
  const reports: RawReport[] = [];
  for (const rule of rules) {
    if (rule.kind !== "behaviour") continue;
    ledger.attempt(rule, () =>
      rule.check({
        behaviour,
        report: (report) => {
          ledger.count(rule);
          reports.push({ meta: rule.meta, report });
        },
      }),
    );
  }
  return makeFindings({ path: name, text: "", source: "dynamic" }, reports);
}
