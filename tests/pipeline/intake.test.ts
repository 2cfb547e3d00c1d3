import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Pipeline } from "../../src/contracts/index.js";
import { blockingRules, judgeText, startScanner } from "../support/scanner.js";

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await startScanner({ limits: { maxBytes: 4096 } });
});
afterAll(() => pipeline.close());

describe("what the pipeline takes in", () => {
  it.each([
    ["an empty file", Buffer.alloc(0), "pipeline/empty"],
    ["only spaces", Buffer.from(" \n\t "), "pipeline/empty"],
    ["too many bytes", Buffer.alloc(4097, 32), "pipeline/size"],
    ["bytes that are not UTF-8", Buffer.from([0x61, 0xff, 0xfe]), "pipeline/encoding"],
    ["a cut-off UTF-8 sequence", Buffer.from([0x2f, 0x2f, 0xe2, 0x82]), "pipeline/encoding"],
    ["UTF-16", Buffer.from("\ufeffalert(1)", "utf16le"), "pipeline/encoding"],
    ["NUL bytes", Buffer.from("var a\0b"), "pipeline/encoding"],
    ["a ZIP archive", Buffer.from("PK\u0003\u0004rest"), "pipeline/not-javascript"],
    ["a PNG image", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d]), "pipeline/not-javascript"],
    ["a WebAssembly module", Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]), "pipeline/not-javascript"],
    ["an HTML document", Buffer.from("<!doctype html><p>hi"), "pipeline/not-javascript"],
    ["an HTML document behind a comment", Buffer.from("<!-- widget -->\n<script>alert(1)</script>"), "pipeline/not-javascript"],
    ["a shell script", Buffer.from("#!/bin/sh\necho"), "pipeline/not-javascript"],
    ["a syntax error", Buffer.from("const = 3"), "pipeline/syntax"],
    ["TypeScript", Buffer.from("const a: string = 'x'"), "pipeline/syntax"],
    ["code that closes a wrapper", Buffer.from("})(); alert(1); (function () {"), "pipeline/syntax"],
    ["an import of another file", Buffer.from("import { h } from './preact.js'; h()"), "pipeline/imports"],
    ["a re-export of another file", Buffer.from("export * from 'https://cdn.example/x.js'"), "pipeline/imports"],
    ["JSON", Buffer.from('{"a": 1, "b": 2}'), "pipeline/syntax"],
  ])("refuses %s", async (_, bytes, rule) => {
    const report = await pipeline.judge({ fileName: "widget.js", bytes });
    expect(report.verdict).toBe("reject");
    expect(blockingRules(report)).toContain(rule);
    for (const finding of report.findings) {
      expect(finding.fix.length).toBeGreaterThan(10);
      expect(finding.message).not.toMatch(/\{\w+\}/);
    }
  });

  it.each(["../widget.js", "a/b.js", "a\\b.js", "widget.html", "widget", "", ".js", "wid\nget.js", `${"a".repeat(130)}.js`])(
    "refuses the file name %j",
    async (fileName) => {
      const report = await pipeline.judge({ fileName, bytes: Buffer.from("1") });
      expect(blockingRules(report)).toEqual(["pipeline/file-name"]);
    },
  );

  it.each([
    ["a script", "document.title = 'x'", "script"],
    ["a module", "export const init = () => 1", "module"],
    ["a byte order mark", "\ufeffdocument.title = 'x'", "script"],
    ["Windows line ends", "var a = 1;\r\nvar b = a;\r\n", "script"],
    ["text in any script", "document.title = 'Grüße, 日本語, שלום, 👩‍👧'", "script"],
  ])("takes %s", async (_, text, format) => {
    const report = await judgeText(pipeline, text, "my widget v2.mjs");
    expect(report.verdict).toBe("publish");
    expect(report.bundle.format).toBe(format);
  });

  it("says where a syntax error is", async () => {
    const report = await judgeText(pipeline, "const a = 1;\nconst b = = 2;");
    expect(report.findings[0]).toMatchObject({ source: "intake", place: { file: "widget.js", line: 2, column: 10 } });
    expect(report.findings[0]?.excerpt?.text).toBe("const b = = 2;");
  });

  it("skips the scans of what it refuses, and says so", async () => {
    const report = await judgeText(pipeline, "");
    expect(report.steps.map(({ name, status }) => `${name} ${status}`)).toEqual([
      "receive failed",
      "validate skipped",
      "static skipped",
      "dynamic skipped",
      "verdict failed",
    ]);
    expect(report.rules.ran).toEqual([]);
    expect(report.rules.skipped.length).toBe((await pipeline.rules()).length);
  });
});
