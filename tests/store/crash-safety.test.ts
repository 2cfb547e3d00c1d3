import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { Activity, Entity, IdempotencyRecord } from "../../src/entities/index.js";
import { createBlobStore, openDatabase } from "../../src/store/index.js";
import { seedPortal } from "../support/database.js";
import { describeEachDatabase } from "../support/each-database.js";

/** Runs a script until it has named `enough` things, kills it without warning and gives what it had named. */
function runUntilKilled(script: string, args: readonly string[], enough: number): Promise<string[]> {
  const file = fileURLToPath(new URL(`./crash/${script}`, import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", file, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  return new Promise((resolve, reject) => {
    let named = "";
    let complaints = "";
    child.stderr.on("data", (text: Buffer) => (complaints += text.toString()));
    child.stdout.on("data", (text: Buffer) => {
      named += text.toString();
      if (named.split("\n").length > enough) child.kill("SIGKILL");
    });
    child.on("error", reject);
    child.on("close", (_, signal) => {
      if (signal === "SIGKILL") resolve(named.split("\n").slice(0, -1));
      else reject(new Error(`the child ended by itself: ${complaints}`));
    });
  });
}

test("after a kill in the middle of writing blobs, each blob that was named is whole and no other is half there", async () => {
  const directory = await mkdtemp(path.join(tmpdir(), "vitrine-crash-"));
  for (const enough of [2, 15]) {
    const named = await runUntilKilled("write-blobs.ts", [directory], enough);
    const blobs = createBlobStore({ directory, cacheBytes: 0 });
    for (const digest of named) expect((await blobs.get(digest))?.length).toBe(300_000);
  }
  const shards = (await readdir(directory)).filter((name) => name !== "tmp");
  for (const shard of shards) {
    for (const name of await readdir(path.join(directory, shard))) {
      const bytes = await readFile(path.join(directory, shard, name));
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(name);
    }
  }
  await rm(directory, { recursive: true });
}, 120_000);

describeEachDatabase("a database", (subject) => {
  test("keeps every write that was answered and no half of one, after a kill in the middle of a transaction", async () => {
    for (const enough of [1, 30]) {
      const portal = await seedPortal(subject.database, []);
      const owner = { ...portal, customerName: "Ada" };
      const named = await runUntilKilled("write-rows.ts", [subject.url, JSON.stringify(owner), portal.entityId], enough);
      const again = await openDatabase({ url: subject.url });
      const entity = await again.read.findOneByOrFail(Entity, { id: portal.entityId });
      const entries = await again.read.findBy(Activity, { subscriptionId: portal.subscriptionId });
      const replies = await again.read.findBy(IdempotencyRecord, { customerId: portal.customerId });
      // The last write may have been kept without having been named.
      expect([named.length, named.length + 1]).toContain(entries.length);
      expect(entity.revision).toBe(entries.length + 1);
      expect(replies).toHaveLength(entries.length);
      expect(replies.every(({ response }) => response?.["changed"] === true)).toBe(true);
      for (const key of named) expect(entries.some(({ description }) => description === key)).toBe(true);
      if (again.dialect === "sqlite") expect(await again.read.query("PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
      await again.close();
    }
  }, 120_000);
});
