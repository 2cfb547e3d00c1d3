import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clean, type Folder, makeFolder, rejected, spawnCommand } from "./stage.js";

let folder: Folder;
beforeAll(async () => {
  folder = await makeFolder();
  await folder.write("clean.js", clean);
  await folder.write("rejected.js", rejected);
  for (let number = 0; number < 3; number += 1) await folder.write(`many/${number}.js`, `${rejected}// ${number}\n`);
});
afterAll(() => folder.remove());

describe("the vitrine command as a process", () => {
  it("ends with 0 for a clean bundle and prints no colour into a pipe", async () => {
    const run = await spawnCommand(["scan", "clean.js"], { cwd: folder.path });
    expect(run).toMatchObject({ code: 0, err: "" });
    expect(run.out).toMatch(/^Clean: 1 file/);
  });

  it("ends with 1 for a rejected bundle on standard input, with the whole report through the pipe", async () => {
    const run = await spawnCommand(["scan", "-", "--format", "json"], { cwd: folder.path, stdin: rejected });
    expect(run.code).toBe(1);
    expect(JSON.parse(run.out)).toMatchObject({ verdict: "reject", files: [{ path: "stdin.js" }] });
  });

  it("ends with 2 and without a stack for a missing file", async () => {
    const run = await spawnCommand(["scan", "missing.js"], { cwd: folder.path });
    expect(run).toMatchObject({ code: 2, out: "" });
    expect(run.err).toMatch(/^vitrine: missing\.js does not exist\.\n {2}\S[^\n]*\n$/);
  });

  // The report is larger than a pipe holds: the command is still writing when the pipe closes.
  it("keeps its verdict and stays silent when the reader goes away", async () => {
    const run = await spawnCommand(["scan", "many", "--format", "sarif"], { cwd: folder.path, into: "head -c 1" });
    expect(run).toEqual({ code: 1, out: "{", err: "" });
  });
});
