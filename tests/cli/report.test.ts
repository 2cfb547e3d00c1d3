import { readFileSync } from "node:fs";
import { Ajv, type AnySchema } from "ajv";
import { fullFormats } from "ajv-formats/dist/formats.js";
import type { Log } from "sarif";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { formatJson } from "../../src/cli/report/format-json.js";
import { formatSarif } from "../../src/cli/report/format-sarif.js";
import { formatText } from "../../src/cli/report/format-text.js";
import type { ScanResult } from "../../src/cli/scan/scan-result.js";
import { showFindings } from "../../src/cli/scan/show-findings.js";
import type { Finding, Report } from "../../src/contracts/index.js";
import { clean, type Folder, makeFolder, rejected, sharePipeline } from "./stage.js";

const schema = JSON.parse(readFileSync(new URL("./fixtures/sarif-2.1.0-rtm.5.json", import.meta.url), "utf8")) as Record<string, unknown>;
// Draft 4 spells two things otherwise than the validator; SARIF's schema uses nothing else of it.
const { $schema: _, id: $id, ...rest } = schema;
const isSarif = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, formats: fullFormats }).compile({
  ...rest,
  $id,
} as AnySchema);

const finding = (change: Partial<Finding> = {}): Finding => ({
  ruleId: "test/rule",
  messageId: "found",
  category: "obfuscation",
  severity: "block",
  message: "Found.",
  fix: "Mend it.",
  source: "static",
  fingerprint: "0123456789abcdef0123456789abcdef",
  ...change,
});

/** A finding over the first occurrence of some code. */
const findingAt = (text: string, code: string, change: Partial<Finding> = {}): Finding => {
  const start = text.indexOf(code);
  const before = text.slice(0, start).split("\n");
  return finding({
    place: { file: "widget.js", line: before.length, column: before.at(-1)?.length ?? 0, start, end: start + code.length },
    excerpt: { text: code, highlightStart: 0, highlightEnd: code.length },
    ...change,
  });
};

const report = (findings: readonly Finding[], change: Partial<Report> = {}): Report => ({
  verdict: findings.some(({ severity }) => severity === "block") ? "reject" : "publish",
  findings,
  rules: { ran: [], skipped: [] },
  steps: [],
  behaviour: [],
  engine: { quickjs: "1" },
  bundle: { digest: "a".repeat(64), size: 10, format: "script" },
  durationMs: 5,
  ...change,
});

const result = (text: string, findings: readonly Finding[], change: Partial<ScanResult> = {}, path = "widget.js"): ScanResult => {
  const judged = report(findings);
  return {
    version: "1.2.3",
    cwd: "/home/dev/my project",
    startedAt: new Date("2026-01-02T03:04:05Z"),
    durationMs: 1234,
    files: [
      { path, report: judged, findings: showFindings(judged, { bytes: Buffer.from(text), fileName: "widget.js", shownPath: path }, 80) },
    ],
    problems: [],
    troubles: [],
    skippedLinks: 0,
    rules: [],
    omitted: 0,
    exitCode: 1,
    ...change,
  };
};

const textOf = (text: string, findings: readonly Finding[]) => formatText(result(text, findings), { color: false, quiet: false });
/** The frame only: lines with a gutter. */
const frameOf = (text: string, found: Finding) =>
  textOf(text, [found])
    .split("\n")
    .filter((line) => /^ *\d* \|/.test(line));

const pipeline = sharePipeline();
let folder: Folder;
beforeEach(async () => {
  folder = await makeFolder(pipeline.open);
});
afterEach(() => folder.remove());
afterAll(() => pipeline.close());

describe("a code frame", () => {
  it("has two lines on each side and underlines exactly the span", () => {
    const text = "one\ntwo\nthree\nlet four = 4;\nfive\nsix\nseven";
    expect(frameOf(text, findingAt(text, "four"))).toEqual([
      "  |",
      "2 | two",
      "3 | three",
      "4 | let four = 4;",
      "  |     ^^^^",
      "5 | five",
      "6 | six",
      "  |",
    ]);
  });

  it("underlines a span of several lines on its first, and an empty one with one mark", () => {
    const text = "a(\n  b,\n);";
    expect(frameOf(text, findingAt(text, text))).toContain("  | ^^");
    const at = { file: "widget.js", line: 3, column: 2, start: text.length, end: text.length };
    expect(frameOf(text, finding({ place: at }))).toContain("  |   ^");
  });

  it("counts lines as JavaScript does", () => {
    const text = "a\r\nb\rc\u2028d\u2029e; bad";
    const start = text.indexOf("bad");
    const place = { file: "widget.js", line: 5, column: 3, start, end: start + 3 };
    expect(frameOf(text, finding({ place }))).toEqual(["  |", "3 | c", "4 | d", "5 | e; bad", "  |    ^^^", "  |"]);
  });

  it("makes controls and direction marks visible and keeps the marks in place", () => {
    const text = "\tif (x) /*\u202e*/ bad(); // \u001b[2J\u200b\u{e0041}";
    expect(frameOf(text, findingAt(text, "bad()"))).toEqual([
      "  |",
      "1 |   if (x) /*<U+202E>*/ bad(); // <U+001B>[2J<U+200B><U+E0041>",
      "  |                       ^^^^^",
      "  |",
    ]);
  });

  it("counts wide characters and combining marks as terminals do", () => {
    const text = 'x = "日本e\u0301🎉"; bad';
    expect(frameOf(text, findingAt(text, "bad"))).toContain(`  | ${" ".repeat('x = "'.length + 4 + 1 + 2 + '"; '.length)}^^^`);
    const tower = `a${"\u0301".repeat(500)}; bad`;
    expect(frameOf(tower, findingAt(tower, "bad")).join("").length).toBeLessThan(80);
  });

  it("shows a window of a long line, the same for the lines around it", () => {
    const filler = "x=1;".repeat(50_000);
    const text = `${"a".repeat(300)}\n${filler}bad()${filler}\nshort`;
    const lines = frameOf(text, findingAt(text, "bad()"));
    expect(lines.every((line) => line.length <= 90)).toBe(true);
    const [code = "", marks = ""] = lines.slice(lines.findIndex((line) => line.includes("bad()")));
    expect(code).toMatch(/^2 \| ….*…$/);
    expect(marks.slice(code.indexOf("bad()"))).toBe("^^^^^");
    const pair = `${"𝒳".repeat(300)}bad`;
    expect(frameOf(pair, findingAt(pair, "bad")).join("")).not.toContain("<U+D");
  });

  it("shows code that is not in the file by the scanner's excerpt, and names it", () => {
    const place = { file: "widget.js → eval 1", line: 1, column: 4, start: 4, end: 9 };
    const shown = textOf("eval(x)", [finding({ place, excerpt: { text: "abc fetch(1)", highlightStart: 4, highlightEnd: 9 } })]);
    expect(shown).toContain(" --> widget.js → eval 1 (1:5)\n  |\n1 | abc fetch(1)\n  |     ^^^^^\n");
  });

  it("draws any text and any place without failing", () => {
    const alphabet = [
      "a",
      "•",
      '"',
      "\n",
      "\r",
      "\r\n",
      "\u2028",
      "\ud83d",
      "\ude00",
      "🎉",
      "\u0301",
      "<U+202E>",
      "…",
      "\u202e",
      "日",
      "\t",
      "0aF/+".repeat(9),
    ];
    // A fixed sequence: a failure can be repeated.
    let seed = 7;
    const pick = (limit: number) => {
      seed = (seed * 48271) % 0x7fffffff;
      return seed % limit;
    };
    for (let round = 0; round < 2000; round += 1) {
      const text = Array.from({ length: pick(60) }, () => alphabet[pick(alphabet.length)]).join("");
      const start = pick(text.length + 3);
      const place = { file: "widget.js", line: pick(4), column: pick(9), start, end: start + pick(9) };
      const shown = Array.from({ length: pick(20) }, () => alphabet[pick(alphabet.length)]).join("");
      const excerpt = { text: shown, highlightStart: pick(shown.length + 1), highlightEnd: shown.length };
      for (const line of textOf(text, [finding({ place, excerpt }), findingAt(`${text}!`, "!")]).split("\n")) {
        expect(line.length).toBeLessThan(1000);
        expect([...line].filter((character) => /[\p{Cc}\p{Cf}\p{Cs}]/u.test(character))).toEqual([]);
      }
    }
  });

  it("does not draw a place that is not one of the text", () => {
    const place = { file: "widget.js", line: 9, column: 0, start: 2, end: 4 };
    expect(frameOf("let a;", finding({ place, source: "dynamic" }))).toEqual([]);
  });
});

describe("secrets", () => {
  const key = ["AKIA", "Q7RZ3VXMPLTN4KWD"].join("");
  const password = "hunter2-hunter2";
  const token = ["ghp", "9fK2mQx7Lr0TzVb4Nc8Yw1Hs6Jd3Pe5Ua"].join("_");

  it("stay masked in every format although a frame shows more lines than an excerpt", async () => {
    await folder.write("widget.js", `${clean}\nconst first = 1;\nconst key = "${key}"; go();\nconst last = 2;\neval("2");\n`);
    for (const format of ["text", "json", "sarif"]) {
      const run = await folder.run(["scan", "widget.js", "--severity", "note", "--format", format]);
      expect(run.code).toBe(1);
      expect(run.out).toContain("credentials/");
      expect(run.out).not.toContain(key);
    }
  });

  it("are masked in the frames of other findings of the file", () => {
    const text = `bad();\nlogin("${password}");\nother("${token}");\n`;
    const masked = findingAt(text, `login("${password}")`, {
      category: "credential_exposure",
      excerpt: { text: `login("${"•".repeat(password.length)}");`, highlightStart: 0, highlightEnd: 5 },
    });
    const shown = textOf(text, [findingAt(text, "bad()"), masked]);
    expect(shown).toContain(`login("${"•".repeat(password.length)}");`);
    expect(shown).not.toContain(password);
    expect(shown).not.toContain(token);
  });

  it("are masked before the place too, and to their end where the excerpt is cut", () => {
    const text = `f("${password}", bad, "${"z".repeat(300)}");`;
    const before = `f("${"•".repeat(password.length)}", `;
    const masked = findingAt(text, "bad", {
      excerpt: { text: `${before}bad, "•••…`, highlightStart: before.length, highlightEnd: before.length + 3 },
    });
    const shown = textOf(text, [masked]);
    expect(shown).not.toContain(password);
    expect(shown).not.toMatch(/z/);
    const harmless = textOf(text, [findingAt(text, "bad")]);
    expect(harmless).toContain(password);
  });
});

describe("text", () => {
  it("says why a file was rejected even when no finding blocks", () => {
    const unfinished = report([], { verdict: "reject", rules: { ran: [], skipped: [{ id: "test/slow", reason: "not reached" }] } });
    const files = [{ path: "widget.js", report: unfinished, findings: [] }];
    expect(formatText(result("", [], { files }), { color: false, quiet: true })).toContain(
      "rejected: widget.js: 1 rule did not run (test/slow: not reached)",
    );
  });
});

describe("JSON", () => {
  it("has its version, every report and numbers that add up", async () => {
    await folder.write("a.js", rejected);
    await folder.write("b.js", clean);
    const { out } = await folder.run(["scan", ".", "--format", "json", "--max-findings", "1"]);
    const json = JSON.parse(out) as {
      files: Report[];
      summary: { findings: Record<string, number>; omitted: number };
    };
    expect(json).toMatchObject({
      schema: "vitrine-scan",
      version: 1,
      verdict: "reject",
      exitCode: 1,
      summary: { files: 2, rejected: 1, problems: 0 },
    });
    const [first, second] = json.files;
    expect(first).toMatchObject({ path: "a.js", verdict: "reject", bundle: { size: rejected.length }, findings: [{ severity: "block" }] });
    expect(second).toMatchObject({ path: "b.js", verdict: "publish", findings: [] });
    expect(first?.rules.ran.length).toBeGreaterThan(5);
    expect(Object.values(json.summary.findings).reduce((sum, count) => sum + count, 0)).toBe(json.summary.omitted + 1);
  });

  it("escapes what a terminal would obey and still reads back as it was", () => {
    const message = "a\u001b[2J\u009b\u202e\u{e0041}\ud800\u2028b";
    const text = formatJson(result("", [finding({ message })]));
    expect([...text].filter((character) => character !== "\n" && (character < " " || character > "~"))).toEqual([]);
    expect((JSON.parse(text) as { files: { findings: Finding[] }[] }).files[0]?.findings[0]?.message).toBe(message);
  });
});

describe("SARIF", () => {
  const read = (text: string): Log => {
    const log = JSON.parse(text) as Log;
    expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true);
    return log;
  };

  it("is valid against the schema of SARIF 2.1.0, which refuses a broken log", async () => {
    await folder.write("dist/bad one.js", `${rejected}eval(atob("ZmV0Y2goJ2h0dHBzOi8vZXZpbC5leGFtcGxlJyk="));\n`);
    await folder.write("dist/good.js", clean);
    const run = await folder.run(["scan", "dist", "--format", "sarif"]);
    const log = read(run.out);
    expect(isSarif({ ...log, version: "2.0.0" })).toBe(false);
    expect(isSarif({ ...log, runs: [{ ...log.runs[0], results: [{ ruleId: "x" }] }] })).toBe(false);

    const [scan] = log.runs;
    const rules = scan?.tool.driver.rules ?? [];
    expect(rules.length).toBeGreaterThan(10);
    for (const found of scan?.results ?? []) expect(rules[found.ruleIndex ?? -1]?.id).toBe(found.ruleId);
    const request = scan?.results?.find(
      ({ ruleId, locations }) => ruleId === "network/outside-request" && locations?.[0]?.physicalLocation?.region,
    );
    const place = request?.locations?.[0]?.physicalLocation;
    expect(place?.artifactLocation).toEqual({ uri: "dist/bad%20one.js", uriBaseId: "%SRCROOT%", index: 0 });
    expect(place?.region).toEqual({
      startLine: 4,
      startColumn: 1,
      endLine: 4,
      endColumn: 57,
      charOffset: rejected.indexOf("fetch("),
      charLength: 56,
    });
    expect(request).toMatchObject({ level: "error", partialFingerprints: { "vitrineFinding/v1": expect.any(String) as string } });
    expect(request?.partialFingerprints?.["primaryLocationLineHash"]).toMatch(/^[0-9a-f]{16}:1$/);
    expect(scan?.artifacts?.[0]).toMatchObject({
      length: expect.any(Number) as number,
      hashes: { "sha-256": expect.any(String) as string },
    });
    expect(scan?.invocations).toMatchObject([{ executionSuccessful: true, exitCode: 1, toolExecutionNotifications: [] }]);
  });

  it("puts code found inside a file into an artifact of its own, inside that file", () => {
    const place = { file: "widget.js → eval 1", line: 2, column: 4, start: 9, end: 12 };
    const log = read(formatSarif(result("eval(x)", [finding({ place })])));
    const [scan] = log.runs;
    expect(scan?.artifacts?.[1]).toMatchObject({ parentIndex: 0, location: { uri: "/eval%201" } });
    expect(scan?.results?.[0]?.locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: "widget.js", uriBaseId: "%SRCROOT%", index: 0 },
    });
    expect(scan?.results?.[0]?.relatedLocations?.[0]?.physicalLocation).toMatchObject({
      artifactLocation: { index: 1 },
      region: { startLine: 2, startColumn: 5, charOffset: 9, charLength: 3 },
    });
  });

  it("tells what failed in the scanner, and keeps it among the results", () => {
    const crashed = finding({ ruleId: "pipeline/crash", category: "scanner", message: "The check ended unexpectedly." });
    const files = [
      {
        path: "widget.js",
        report: report([crashed], { rules: { ran: [], skipped: [{ id: "test/slow", reason: "crash during dynamic" }] } }),
        findings: [{ finding: crashed, frame: [] }],
      },
    ];
    const problems = [{ path: "gone.js", message: "gone.js is gone.", advice: "Run again." }];
    const log = read(formatSarif(result("", [], { files, problems, troubles: ["A worker crashed"], omitted: 3, exitCode: 2 })));
    const [scan] = log.runs;
    expect(scan?.invocations?.[0]).toMatchObject({ executionSuccessful: false, exitCode: 2 });
    expect(scan?.invocations?.[0]?.toolExecutionNotifications?.map(({ level, message }) => [level, message.text])).toEqual([
      ["error", "The check ended unexpectedly."],
      ["error", "gone.js is gone. Run again."],
      ["warning", "The rule test/slow did not run: crash during dynamic"],
      ["warning", "A worker crashed"],
      ["note", "3 findings were left out by the options of this run."],
    ]);
    expect(scan?.results).toMatchObject([{ ruleId: "pipeline/crash", level: "error" }]);
  });

  it("gives an author's text no links and no placeholders, and any path an address", () => {
    const hostile = finding({ message: "See [here](https://evil.example) {0} \\", fix: "No." });
    const log = read(formatSarif(result("", [hostile], {}, "dist/a#b?c%d[1]\u202e.js")));
    expect(log.runs[0]?.results?.[0]?.message.text).toBe("See \\[here\\](https://evil.example) {{0}} \\\\ No.");
    expect(log.runs[0]?.artifacts?.[0]?.location?.uri).toBe("dist/a%23b%3Fc%25d%5B1%5D%E2%80%AE.js");
    expect(read(formatSarif(result("", [hostile], {}, "/abs/w.js"))).runs[0]?.artifacts?.[0]?.location).toEqual({
      uri: "file:///abs/w.js",
    });
  });

  it("tells two equal lines apart and keeps both fingerprints when lines move", () => {
    const text = "bad();\nbad();\n";
    const second = { file: "widget.js", line: 2, column: 0, start: 7, end: 12 };
    const prints = (source: string, findings: Finding[]) =>
      read(formatSarif(result(source, findings))).runs[0]?.results?.map((found) => found.partialFingerprints?.["primaryLocationLineHash"]);
    const before = prints(text, [findingAt(text, "bad()"), findingAt(text, "bad()", { place: second })]);
    const after = prints(`\n\n${text}`, [findingAt(`\n\n${text}`, "bad()")]);
    expect(new Set(before).size).toBe(2);
    expect(after?.[0]).toBe(before?.[0]);
  });
});
