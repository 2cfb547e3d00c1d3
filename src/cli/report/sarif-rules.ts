import type { ReportingDescriptor } from "sarif";
import type { RuleMeta, Severity } from "../../contracts/index.js";
import type { ScanResult } from "../scan/scan-result.js";
import { rulePage } from "./rule-page.js";

export const levels: Readonly<Record<Severity, "error" | "warning" | "note">> = { block: "error", warn: "warning", note: "note" };
/** GitHub sorts alerts by this number from 0 to 10. */
const gravity: Readonly<Record<Severity, string>> = { block: "8.0", warn: "5.0", note: "2.0" };
/** Every rule that ran, and the pipeline's own messages where it said one. */
export function describeRules({ rules, files }: ScanResult): ReportingDescriptor[] {
  const known = new Map(rules.map((rule) => [rule.id, describeRule(rule)]));
  for (const { finding } of files.flatMap((file) => file.findings)) {
    if (known.has(finding.ruleId)) continue;
    known.set(finding.ruleId, {
      id: finding.ruleId,
      shortDescription: { text: escapeMessage(finding.ruleId) },
      help: { text: escapeMessage(`${finding.fix} See ${rulePage(finding.ruleId)}.`) },
      defaultConfiguration: { level: levels[finding.severity] },
      properties: { tags: ["security", finding.category], "security-severity": gravity[finding.severity] },
    });
  }
  return [...known.values()];
}

function describeRule(rule: RuleMeta): ReportingDescriptor {
  const examples = (title: string, codes: readonly string[]): string =>
    codes.length === 0 ? "" : `\n\n${title}:\n\n${codes.map((code) => fence(code)).join("\n\n")}`;
  return {
    id: rule.id,
    name: rule.id.replace(/(?:^|[/-])([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: escapeMessage(rule.title) },
    fullDescription: { text: escapeMessage(rule.description) },
    help: {
      text: escapeMessage(`${rule.description} See ${rulePage(rule.id)}.`),
      markdown: escapeBraces(
        `${rule.description}${examples("Incorrect", rule.examples.incorrect)}${examples("Correct", rule.examples.correct)}\n\nSee \`${rulePage(rule.id)}\`.`,
      ),
    },
    defaultConfiguration: { level: levels[rule.severity] },
    properties: { tags: ["security", rule.category], "security-severity": gravity[rule.severity] },
  };
}

/** A Markdown block with a fence longer than any in the code. */
function fence(code: string): string {
  const ticks = "`".repeat(Math.max(3, ...[...code.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${ticks}js\n${code.slice(0, 2000)}\n${ticks}`;
}

/** SARIF reads `[text](address)` as a link and `{0}` as a place for an argument: an author's text must not become either. */
export function escapeMessage(text: string): string {
  return escapeBraces(text.replaceAll("\\", "\\\\").replace(/[[\]]/g, "\\$&"));
}

function escapeBraces(text: string): string {
  return text.replace(/[{}]/g, "$&$&");
}
