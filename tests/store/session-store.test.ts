import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { IdempotencyRecord, Session } from "../../src/entities/index.js";
import { createId, createSessionStore, insertRows, purgeExpired } from "../../src/store/index.js";
import { describeEachDatabase } from "../support/each-database.js";

describeEachDatabase("the session store", (subject) => {
  const sessions = () => createSessionStore(subject.database);
  const start = (userId: string | null = createId(), ttlSeconds = 60) =>
    sessions().create({ kind: "customer", userId, data: { csrf: "x" }, ttlSeconds });

  test("keeps the digest of a token, never the token", async () => {
    const userId = createId();
    const { token, id } = await start(userId);
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    expect(await sessions().find("customer", token)).toMatchObject({ id, userId, data: { csrf: "x" } });
    const row = await subject.database.read.findOneByOrFail(Session, { id });
    expect(JSON.stringify(row)).not.toContain(token);
    expect(row.digest).toBe(createHash("sha256").update(token).digest("hex"));
    expect(await sessions().find("customer", row.digest)).toBeUndefined();
  });

  test("does not take a customer's session for a staff one", async () => {
    const { token } = await start();
    expect(await sessions().find("staff", token)).toBeUndefined();
    await sessions().save("staff", token, { userId: createId(), data: {}, ttlSeconds: 60 });
    expect(await sessions().find("staff", token)).toBeUndefined();
    await sessions().destroy("staff", token);
    expect(await sessions().find("customer", token)).toBeDefined();
  });

  test("ends a session at its time", async () => {
    const { token } = await start(createId(), -1);
    expect(await sessions().find("customer", token)).toBeUndefined();
    await sessions().save("customer", token, { userId: createId(), data: {}, ttlSeconds: 60 });
    expect(await sessions().find("customer", token)).toBeUndefined();
  });

  test("saves changes, and a session whose token was made elsewhere", async () => {
    const { token, id } = await start(null);
    const userId = createId();
    await sessions().save("customer", token, { userId, data: { step: 2 }, ttlSeconds: 600 });
    expect(await sessions().find("customer", token)).toMatchObject({ id, userId, data: { step: 2 } });
    await sessions().save("staff", "made-elsewhere", { userId: null, data: { a: 1 }, ttlSeconds: 60 });
    expect(await sessions().find("staff", "made-elsewhere")).toMatchObject({ userId: null, data: { a: 1 } });
  });

  test("does not let a request that was under way bring a destroyed session back", async () => {
    const { token } = await start();
    await sessions().destroy("customer", token);
    await sessions().save("customer", token, { userId: createId(), data: { back: true }, ttlSeconds: 60 });
    expect(await sessions().find("customer", token)).toBeUndefined();
  });

  test("ends all sessions of one user and no other's", async () => {
    const userId = createId();
    const [a, b, other] = await Promise.all([start(userId), start(userId), start()]);
    await sessions().destroyForUser("staff", userId);
    expect(await sessions().find("customer", a.token)).toBeDefined();
    await sessions().destroyForUser("customer", userId);
    expect(await sessions().find("customer", a.token)).toBeUndefined();
    expect(await sessions().find("customer", b.token)).toBeUndefined();
    expect(await sessions().find("customer", other.token)).toBeDefined();
  });

  test.each(["", "\0", "a".repeat(100_000), "' OR '1'='1", "\ud800"])("finds nothing for the token %j", async (token) => {
    expect(await sessions().find("customer", token.slice(0, 100_000))).toBeUndefined();
    await sessions().destroy("customer", token);
  });

  test("sweeps sessions a day after their end and old answers, and leaves the rest", async () => {
    const live = await start();
    const row = { customerId: createId(), widgetId: createId(), requestDigest: "d", response: {} };
    await insertRows(subject.database, IdempotencyRecord, [
      { ...row, key: "old", createdAt: new Date(Date.now() - 3 * 86_400_000) },
      { ...row, key: "new" },
    ]);
    await start(createId(), -2 * 86_400);
    const recent = await start(createId(), -10);
    expect(await purgeExpired(subject.database)).toEqual({ sessions: 1, replies: 1 });
    expect(await sessions().find("customer", live.token)).toBeDefined();
    expect(await subject.database.read.countBy(Session, { id: recent.id })).toBe(1);
    expect(await purgeExpired(subject.database)).toEqual({ sessions: 0, replies: 0 });
  });
});
