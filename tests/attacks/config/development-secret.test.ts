import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keepDevelopmentSecret } from "../../../src/config/index.js";

let root: string;
let dataDir: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "vitrine-secret-"));
  dataDir = path.join(root, "data");
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe("the development secret", () => {
  it("is made once, for its owner's eyes only, and leaves nothing beside it", async () => {
    const secret = await keepDevelopmentSecret(dataDir);
    expect(secret).toMatch(/^[A-Za-z0-9+/]{64}$/);
    expect(await keepDevelopmentSecret(dataDir)).toBe(secret);
    expect(await readdir(dataDir)).toEqual(["development-secret"]);
    expect((await stat(path.join(dataDir, "development-secret"))).mode & 0o777).toBe(0o600);
    expect((await stat(dataDir)).mode & 0o077).toBe(0);
  });

  it("is the same for processes that start together", async () => {
    const secrets = await Promise.all(Array.from({ length: 20 }, () => keepDevelopmentSecret(dataDir)));
    expect(new Set(secrets).size).toBe(1);
    expect(await readdir(dataDir)).toEqual(["development-secret"]);
  });

  it.each(["", "\n", "short", "a".repeat(64)])(
    "stops the start when a crash or a person left %j: such a key is known to all",
    async (text) => {
      await keepDevelopmentSecret(dataDir);
      await writeFile(path.join(dataDir, "development-secret"), text);
      await expect(keepDevelopmentSecret(dataDir)).rejects.toThrow(/development-secret is damaged/);
    },
  );
});
