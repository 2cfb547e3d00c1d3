import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Pipeline } from "../../src/contracts/index.js";
import { createPipeline } from "../../src/pipeline/index.js";
import { blockingRules, judgeText } from "../support/scanner.js";

const fixture = (name: string): string => new URL(`./fixtures/${name}`, import.meta.url).href;

describe("starting with plugins", () => {
  it.each([
    ["cannot be found", ["nowhere.mjs"], /nowhere\.mjs cannot be loaded/],
    ["has a syntax error", ["syntax-error.mjs"], /syntax-error\.mjs cannot be loaded/],
    ["is no plugin", ["not-a-plugin.mjs"], /no default export/],
    ["was written for another contract", ["wrong-contract.mjs"], /Plugin old was written for contract 99/],
    ["needs a plugin that is not there", ["needs-missing.mjs"], /Plugin needy needs the plugin "nowhere"/],
    ["repeats a rule", ["same-rule.mjs"], /Two rules have the id fragile\/throws/],
    ["is there twice", ["throwing-rule.mjs", "throwing-rule.mjs"], /Two plugins have the name fragile/],
  ])("fails when one %s", async (_, names, reason) => {
    await expect(createPipeline({ plugins: names.map(fixture), poolSize: 1 })).rejects.toThrow(reason);
  });

  it("fails when one is not named by a file URL", async () => {
    await expect(createPipeline({ plugins: ["data:text/javascript,export default 1"], poolSize: 1 })).rejects.toThrow(/file URL/);
  });
});

describe("a rule that fails", () => {
  let pipeline: Pipeline;
  beforeAll(async () => {
    pipeline = await createPipeline({ plugins: [fixture("throwing-rule.mjs")], poolSize: 2 });
  });
  afterAll(() => pipeline.close());

  it("lists its rules", async () => {
    expect((await pipeline.rules()).map((rule) => rule.id)).toEqual(["fragile/throws", "fragile/quiet"]);
  });

  it("rejects by a finding that names it, while the others run", async () => {
    const report = await judgeText(pipeline, "throwNow()");
    expect(report.verdict).toBe("reject");
    expect(blockingRules(report)).toEqual(["pipeline/rule-failed"]);
    expect(report.rules.skipped).toEqual([{ id: "fragile/throws", reason: "Error: the rule is broken" }]);
    expect(report.rules.ran.map((rule) => rule.id)).toEqual(["fragile/quiet"]);
  });

  it("rejects when it fails only on code that is made at run time", async () => {
    const report = await judgeText(pipeline, "new Function('throw' + 'Now()')");
    expect(report.verdict).toBe("reject");
    expect(report.rules.skipped).toContainEqual({ id: "fragile/throws", reason: "Error: the rule is broken" });
  });

  it("rejects when it never answers, and the next bundle is judged", async () => {
    const report = await judgeText(pipeline, "hangNow()");
    expect(blockingRules(report)).toEqual(["pipeline/timeout"]);
    expect(report.rules.skipped.map((rule) => rule.id)).toEqual(["fragile/throws", "fragile/quiet"]);
    expect((await judgeText(pipeline, "document.title = 'x'")).verdict).toBe("publish");
  });

  it("rejects when it ends the thread", async () => {
    const report = await judgeText(pipeline, "exitNow()");
    expect(blockingRules(report)).toEqual(["pipeline/crash"]);
    expect((await judgeText(pipeline, "document.title = 'x'")).verdict).toBe("publish");
  });

  it("answers after it was closed", async () => {
    const closed = await createPipeline({ plugins: [fixture("throwing-rule.mjs")], poolSize: 1 });
    await closed.close();
    expect((await judgeText(closed, "1")).verdict).toBe("reject");
  });
});
