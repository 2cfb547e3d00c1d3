import { createHash } from "node:crypto";
import type { Finding, RuleMeta, RuleReport } from "../../contracts/index.js";
import { excerptOf, type Range } from "./excerpt.js";
import { createLineTable, type LineTable } from "./line-table.js";
import { visibleText } from "./visible-text.js";

/** What a rule said about one file, before it becomes a finding. */
export interface RawReport {
  readonly meta: RuleMeta;
  readonly report: RuleReport<string>;
}

export interface Subject {
  readonly path: string;
  readonly text: string;
  readonly source: Finding["source"];
}

/** Turns reports about one file into findings. Every masked range is masked in every excerpt of the file, not only in its own. */
export function makeFindings(subject: Subject, reports: readonly RawReport[]): Finding[] {
  const masks = reports.flatMap(({ report }) => (report.mask ? [report.mask] : []));
  const secrets = masks.map((mask) => subject.text.slice(mask.start, mask.end));
  let lines: LineTable | undefined;
  return reports.map(({ meta, report: said }) => {
    const report = hideIn(said, secrets);
    const range = rangeOf(report, subject.text.length);
    if (!range) return finish(subject, meta, report, undefined, masks);
    lines ??= createLineTable(subject.text);
    return finish(subject, meta, report, { range, line: lines.lineOf(range.start) }, masks);
  });
}

/** A secret's text without it. */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((shown, secret) => (secret.length < 4 ? shown : shown.replaceAll(secret, "••••")), text);
}

function hideIn(report: RuleReport<string>, secrets: readonly string[]): RuleReport<string> {
  if (!report.data || secrets.length === 0) return report;
  const data = Object.fromEntries(
    Object.entries(report.data).map(([name, value]) => [name, typeof value === "string" ? hideSecrets(value, secrets) : value]),
  );
  return { ...report, data };
}

function rangeOf(report: RuleReport<string>, length: number): Range | undefined {
  if (!report.at) return undefined;
  const start = clamp(report.at.start, length);
  return { start, end: Math.max(start, clamp(report.at.end, length)) };
}

function clamp(offset: number, length: number): number {
  return Number.isFinite(offset) ? Math.min(Math.max(0, Math.trunc(offset)), length) : 0;
}

function finish(
  subject: Subject,
  meta: RuleMeta,
  report: RuleReport<string>,
  where: { readonly range: Range; readonly line: ReturnType<LineTable["lineOf"]> } | undefined,
  masks: readonly Range[],
): Finding {
  const message = meta.messages[report.messageId];
  if (!message) throw new Error(`${meta.id} reported the unknown message "${report.messageId}".`);
  const evidence = where
    ? subject.text.slice(where.range.start, Math.min(where.range.end, where.range.start + 500))
    : JSON.stringify(report.data ?? {});
  const place = where && {
    file: subject.path,
    line: where.line.line,
    column: where.line.column,
    start: where.range.start,
    end: where.range.end,
  };
  return {
    ruleId: meta.id,
    messageId: report.messageId,
    category: meta.category,
    severity: meta.severity,
    message: fill(message.text, report.data),
    fix: fill(message.fix, report.data),
    ...(place && where ? { place, excerpt: excerptOf(subject.text, where.line, where.range, masks) } : {}),
    source: subject.source,
    fingerprint: fingerprintOf(meta.id, report.messageId, evidence),
  };
}

function fill(template: string, data: RuleReport<string>["data"]): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = data?.[name];
    return value === undefined ? whole : visibleText(String(value), 80);
  });
}

function fingerprintOf(...parts: readonly [ruleId: string, messageId: string, evidence: string]): string {
  const [ruleId, messageId, evidence] = parts;
  return createHash("sha256")
    .update(`${ruleId}\0${messageId}\0${evidence.replace(/\s+/g, " ").trim()}`)
    .digest("hex")
    .slice(0, 32);
}
