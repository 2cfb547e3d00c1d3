import { createHash, randomBytes } from "node:crypto";
import { chmod, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createBlobStore } from "../../src/store/index.js";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "vitrine-blobs-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const bytes = Buffer.from("console.log('hello')");
const digest = createHash("sha256").update(bytes).digest("hex");
const fileOf = (name: string) => path.join(directory, name.slice(0, 2), name);

test("gives bytes back by their digest, also to a later process", async () => {
  expect(await createBlobStore({ directory }).put(bytes)).toBe(digest);
  expect(await createBlobStore({ directory }).get(digest)).toEqual(bytes);
  expect((await stat(fileOf(digest))).mode & 0o777).toBe(0o600);
});

test("stores the same bytes once for 50 concurrent calls and leaves nothing beside them", async () => {
  const blobs = createBlobStore({ directory });
  const digests = await Promise.all(Array.from({ length: 50 }, () => blobs.put(bytes)));
  expect(new Set(digests)).toEqual(new Set([digest]));
  expect(await readdir(path.join(directory, "tmp"))).toEqual([]);
  expect(await readdir(path.dirname(fileOf(digest)))).toEqual([digest]);
});

test("stores no bytes and large ones", async () => {
  const blobs = createBlobStore({ directory, cacheBytes: 1000 });
  for (const content of [Buffer.alloc(0), randomBytes(3_000_000)]) {
    const found = await blobs.get(await blobs.put(content));
    expect(found?.equals(content)).toBe(true);
  }
});

test("never gives bytes that do not match the digest, says so, and mends them when they come again", async () => {
  const logger = { warn: vi.fn(), error: vi.fn() };
  const blobs = createBlobStore({ directory, cacheBytes: 0, logger });
  await blobs.put(bytes);
  await chmod(fileOf(digest), 0o600);
  await writeFile(fileOf(digest), "tampered");
  expect(await blobs.get(digest)).toBeUndefined();
  expect(logger.error).toHaveBeenCalledOnce();
  await blobs.put(bytes);
  expect(await blobs.get(digest)).toEqual(bytes);
});

test.each(["", "..", "../../etc/passwd", digest.toUpperCase(), `${digest}/../x`, `${digest}\0`, "a".repeat(64)])(
  "finds nothing for %j",
  async (name) => {
    const blobs = createBlobStore({ directory });
    await blobs.put(bytes);
    expect(await blobs.get(name)).toBeUndefined();
  },
);

test("sweeps temporary files of processes that died, not those of living ones", async () => {
  const seed = createBlobStore({ directory });
  await seed.put(bytes);
  const [old, young] = ["old", "young"].map((name) => path.join(directory, "tmp", name)) as [string, string];
  await Promise.all([writeFile(old, "x"), writeFile(young, "x")]);
  await utimes(old, new Date(0), new Date(0));
  await createBlobStore({ directory }).put(Buffer.from("another"));
  expect(await readdir(path.join(directory, "tmp"))).toEqual(["young"]);
  expect(await readFile(young, "utf8")).toBe("x");
});
