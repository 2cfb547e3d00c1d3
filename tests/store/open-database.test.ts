import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { inspect } from "node:util";
import { afterEach, expect, test } from "vitest";
import { Community, User } from "../../src/entities/index.js";
import { createDataSource, createId, insertRows, openDatabase } from "../../src/store/index.js";
import { openTestDatabase, seedCommunity, seedCustomer, seedPortal, seedUser } from "../support/database.js";
import { describeEachDatabase } from "../support/each-database.js";

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const scope = (name: string) => [createId(), name, "t", "a", true, 1, 1, true, true, new Date()] as const;
const insertScope =
  "INSERT INTO scopes (id, name, title, allows, confirms, rate_limit_calls, rate_limit_seconds, enabled, registered, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

describeEachDatabase("an open database", (subject) => {
  test("has exactly the schema that the entities describe", async () => {
    const source = createDataSource(subject.url);
    await source.initialize();
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    await source.destroy();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  test("can be opened by several processes at once and keeps its rows", async () => {
    const id = await seedCommunity(subject.database);
    const again = await Promise.all([1, 2, 3].map(() => openDatabase({ url: subject.url })));
    for (const other of again) expect(await other.read.findOneBy(Community, { id })).toMatchObject({ id });
    await Promise.all(again.map((other) => other.close()));
    // The entity classes belong to the database that was opened last.
    await (await openDatabase({ url: subject.url })).close();
  });

  test("keeps every one of 100 concurrent transactions", async () => {
    const names = Array.from({ length: 100 }, (_, index) => `many.${index}`);
    await Promise.all(names.map((name) => subject.database.transaction((manager) => insertOne(manager, name))));
    const rows = await subject.database.read.query("SELECT name FROM scopes WHERE name LIKE 'many.%'");
    expect(rows).toHaveLength(100);
  });

  test("keeps another request's write when a transaction that was open at the time rolls back", async () => {
    const { database } = subject;
    let beganSignal = () => {};
    const began = new Promise<void>((resolve) => (beganSignal = resolve));
    const failing = database.transaction(async (manager) => {
      await insertOne(manager, "rolled.back");
      beganSignal();
      await manager.query("SELECT 1");
      throw new Error("stop");
    });
    await began;
    const other = database.execute(insertScope, scope("kept.by.other"));
    await expect(failing).rejects.toThrow("stop");
    await other;
    const rows = await database.read.query("SELECT name FROM scopes WHERE name IN ('rolled.back', 'kept.by.other')");
    expect(rows).toEqual([{ name: "kept.by.other" }]);
  });

  test("keeps nothing of a transaction whose branch goes on writing after another branch failed", async () => {
    const { database } = subject;
    let late: Promise<unknown> = Promise.resolve();
    const run = database.transaction(async (manager) => {
      const slow = (async () => {
        await insertOne(manager, "branch.first");
        await insertOne(manager, "branch.second");
        await insertOne(manager, "branch.third");
      })();
      late = slow.catch((error: Error) => error);
      await Promise.all([slow, Promise.reject(new Error("other branch"))]);
    });
    await expect(run).rejects.toThrow("other branch");
    expect(await late).toBeInstanceOf(Error);
    await database.transaction(() => Promise.resolve());
    expect(await database.read.query("SELECT name FROM scopes WHERE name LIKE 'branch.%'")).toEqual([]);
  });

  test("undoes statements that were still under way when the work failed", async () => {
    const { database } = subject;
    const run = database.transaction(async (manager) => {
      for (let count = 0; count < 30; count += 1) insertOne(manager, `underway.${count}`).catch(() => {});
      throw new Error("did not wait");
    });
    await expect(run).rejects.toThrow("did not wait");
    await database.transaction(() => Promise.resolve());
    expect(await database.read.query("SELECT name FROM scopes WHERE name LIKE 'underway.%'")).toEqual([]);
  });

  test("refuses statements of a manager whose transaction has ended", async () => {
    const { database } = subject;
    const escaped = await database.transaction((manager) => Promise.resolve(manager));
    await expect(escaped.query("DELETE FROM scopes")).rejects.toThrow();
  });

  test("gives up work that takes too long, keeps nothing of it and lets the next one write", async () => {
    const impatient = await openDatabase({ url: subject.url, patience: { transactionMs: 200 } });
    cleanups.push(() => impatient.close());
    const hung = impatient.transaction(async (manager) => {
      await insertOne(manager, "hung");
      await new Promise(() => {});
    });
    await expect(hung).rejects.toMatchObject({ code: "TIMEOUT" });
    await impatient.execute(insertScope, scope("after.hung"));
    expect(await impatient.read.query("SELECT name FROM scopes WHERE name LIKE '%hung'")).toEqual([{ name: "after.hung" }]);
  });

  test("calls a duplicate and a row in use CONFLICT, a value that does not fit INVALID_PARAMS, and shows no values", async () => {
    const { database } = subject;
    const user = { email: "twice@staff.example", name: "A", passwordHash: "secret-hash", role: "admin", active: true } as const;
    await insertRows(database, User, [user]);
    await expect(insertRows(database, User, [{ ...user, email: "  Twice@Staff.example " }])).rejects.toMatchObject({ code: "CONFLICT" });
    const communityId = await seedCommunity(database);
    await seedCustomer(database, communityId);
    await expect(database.execute("DELETE FROM communities WHERE id = $1", [communityId])).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(database.execute("UPDATE users SET name = $1", [null])).rejects.toMatchObject({ code: "INVALID_PARAMS" });
    const failure = await database.execute("UPDATE nowhere SET a = $1", ["hidden-value"]).catch((error: Error) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(inspect(failure)).not.toContain("hidden-value");
  });

  test("removes what hangs on a removed row and keeps the record of what happened", async () => {
    const { database } = subject;
    const portal = await seedPortal(database);
    await database.execute(
      `INSERT INTO activities (id, subscription_id, actor_kind, actor_name, source, widget_id, action, description, changes, metadata, created_at)
       VALUES ($1, $2, 'customer', 'A', 'widget', $3, 'widget_x', '', '{}', '{}', $4)`,
      [createId(), portal.subscriptionId, portal.widgetId, new Date()],
    );
    await database.execute("DELETE FROM widgets WHERE id = $1", [portal.widgetId]);
    await database.execute("DELETE FROM customers WHERE id = $1", [portal.customerId]);
    const count = async (table: string, column: string, id: string) =>
      Number((await database.read.query(`SELECT count(*) AS n FROM ${table} WHERE ${column} = '${id}'`))[0].n);
    expect(await count("widget_versions", "widget_id", portal.widgetId)).toBe(0);
    expect(await count("grants", "widget_id", portal.widgetId)).toBe(0);
    expect(await count("entities", "subscription_id", portal.subscriptionId)).toBe(0);
    expect(await count("lines", "subscription_id", portal.subscriptionId)).toBe(0);
    expect(await count("activities", "subscription_id", portal.subscriptionId)).toBe(1);
  });

  test("reads through the entity classes", async () => {
    const mine = await openDatabase({ url: subject.url });
    cleanups.push(() => mine.close());
    const id = await seedUser(mine, { email: "Grace@Staff.example" });
    expect(await User.findOneBy({ email: "GRACE@staff.example" })).toMatchObject({ id, email: "grace@staff.example" });
  });

  test("is ready until it is closed, and closes after the write that is under way", async () => {
    const other = await openDatabase({ url: subject.url });
    expect(await other.isReady()).toBe(true);
    const writing = other.execute(insertScope, scope("while.closing"));
    await other.close();
    await writing;
    expect(await other.isReady()).toBe(false);
    await expect(other.execute(insertScope, scope("too.late"))).rejects.toThrow("closed");
  });
});

type Manager = Parameters<Parameters<Awaited<ReturnType<typeof openDatabase>>["transaction"]>[0]>[0];
const insertOne = (manager: Manager, name: string) =>
  manager
    .createQueryBuilder()
    .insert()
    .into("scopes")
    .values({
      id: createId(),
      name,
      title: "t",
      allows: "a",
      confirms: true,
      rateLimitCalls: 1,
      rateLimitSeconds: 1,
      enabled: true,
      registered: true,
      updatedAt: new Date(),
    })
    .execute();

test("an SQLite database is in WAL mode, flushes every commit, enforces keys and refuses writes on the reading connection", async () => {
  const { database, url, close } = await openTestDatabase();
  cleanups.push(close);
  const [[journal], writing] = await Promise.all([
    database.read.query("PRAGMA journal_mode"),
    database.transaction(async (manager) => ({
      synchronous: await manager.query("PRAGMA synchronous"),
      keys: await manager.query("PRAGMA foreign_keys"),
      busy: await manager.query("PRAGMA busy_timeout"),
    })),
  ]);
  expect(journal).toEqual({ journal_mode: "wal" });
  expect(writing).toEqual({ synchronous: [{ synchronous: 2 }], keys: [{ foreign_keys: 1 }], busy: [{ timeout: 5000 }] });
  await expect(database.read.query("DELETE FROM users")).rejects.toThrow(/readonly/);
  const mode = (await stat(url.slice("sqlite:".length))).mode & 0o777;
  expect(mode).toBe(0o600);
});

test("a write waits a bounded time for its turn", async () => {
  const directory = await mkdtemp(path.join(tmpdir(), "vitrine-store-"));
  const database = await openDatabase({ url: `sqlite:${path.join(directory, "a.sqlite")}`, patience: { queueMs: 50, transactionMs: 400 } });
  cleanups.push(async () => {
    await database.close();
    await rm(directory, { recursive: true });
  });
  const hung = database.transaction(() => new Promise(() => {}));
  await expect(database.execute(insertScope, scope("waiting"))).rejects.toMatchObject({ code: "RATE_LIMITED" });
  await expect(hung).rejects.toMatchObject({ code: "TIMEOUT" });
  await database.execute(insertScope, scope("next"));
});

test.each(["mysql://x", "sqlite:relative.db", ":memory:", ""])("refuses the address %j", async (url) => {
  await expect(openDatabase({ url })).rejects.toThrow("sqlite:<absolute path>");
});
