import { describe, expect, it } from "vitest";
import type { Finding, Rule } from "../../src/contracts/index.js";
import { parseSource } from "../../src/pipeline/static/parse-source.js";
import { RuleLedger, runSourceRules } from "../../src/pipeline/static/run-rules.js";
import { analyseSource } from "../../src/pipeline/static/source-file.js";

/** Findings of one rule for one source; throws what the rule throws. */
export async function runRule(rule: Rule, text: string): Promise<readonly Finding[]> {
  const parsed = parseSource(text);
  if (!parsed.ok) throw new Error(`The example does not parse: ${parsed.message}\n${text}`);
  const ledger = new RuleLedger([rule]);
  const analysed = analyseSource({ path: "widget.js", text, program: parsed.program, format: parsed.format });
  const findings = await runSourceRules(analysed, { path: "widget.js", text, source: "static" }, [rule], ledger);
  const { skipped } = ledger.close(["javascript", "text"], []);
  if (skipped[0]) throw new Error(`${rule.meta.id} failed: ${skipped[0].reason}`);
  return findings;
}

/** Runs a rule's own examples and checks that everything it says can be said, shown and mended. */
export function testRule(rule: Rule): void {
  describe(rule.meta.id, () => {
    const { incorrect, correct } = rule.meta.examples;
    it.each(incorrect)("finds %s", async (text) => {
      const findings = await runRule(rule, text);
      expect(findings.length).toBeGreaterThan(0);
      for (const finding of findings) {
        expect(finding).toMatchObject({ ruleId: rule.meta.id, severity: rule.meta.severity, category: rule.meta.category });
        expect(finding.message).not.toMatch(/\{\w+\}/);
        expect(finding.excerpt?.text.length ?? 0).toBeLessThanOrEqual(200);
      }
    });
    it.each(correct)("accepts %s", async (text) => {
      expect(await runRule(rule, text)).toEqual([]);
    });
    it("says what is wrong and how to mend it", () => {
      for (const message of Object.values(rule.meta.messages)) {
        expect(message.text.length).toBeGreaterThan(10);
        expect(message.fix.length).toBeGreaterThan(10);
      }
      if (rule.kind !== "behaviour") expect([incorrect.length > 0, correct.length > 0]).toEqual([true, true]);
    });
  });
}
