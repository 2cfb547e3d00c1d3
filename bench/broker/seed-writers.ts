import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { builtinPlugins } from "../../src/plugins/builtin.js";
import { createCsrfToken } from "../../src/portal/csrf-token.js";
import { createSessionStore, openDatabase } from "../../src/store/index.js";
import {
  seedCommunity,
  seedCustomer,
  seedEntity,
  seedGrant,
  seedScope,
  seedSubscription,
  seedVersion,
  seedWidget,
} from "../../tests/support/database.js";

export const csrfKey = Buffer.alloc(32, 1);

/** A signed-in customer with a subscription and the things that they may change. */
export interface Writer {
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly entityIds: readonly string[];
  readonly cookie: string;
  readonly csrfToken: string;
}

export interface SeededDatabase {
  readonly url: string;
  readonly widgetId: string;
  readonly versionId: string;
  readonly writers: readonly Writer[];
  remove(): Promise<void>;
}

/** A new, migrated database in which `count` customers use one widget. */
export async function seedWriters(kind: "sqlite" | "postgres", count: number, entities: number): Promise<SeededDatabase> {
  const { url, remove } = kind === "sqlite" ? await createSqlite() : await createPostgres();
  const database = await openDatabase({ url });
  const communityId = await seedCommunity(database);
  const widgetId = await seedWidget(database, communityId);
  const versionId = await seedVersion(database, widgetId);
  for (const { scope, confirms } of builtinPlugins.flatMap(({ capabilities }) => capabilities ?? [])) {
    await seedScope(database, scope.name, { confirms });
    await seedGrant(database, widgetId, scope.name);
  }
  const sessions = createSessionStore(database);
  const writers: Writer[] = [];
  for (let index = 0; index < count; index++) {
    const customerId = await seedCustomer(database, communityId);
    const subscriptionId = await seedSubscription(database, { communityId, customerId });
    const entityIds: string[] = [];
    for (let entity = 0; entity < entities; entity++) entityIds.push(await seedEntity(database, { communityId, subscriptionId }));
    const { token, id } = await sessions.create({ kind: "customer", userId: customerId, data: {}, ttlSeconds: 3_600 });
    writers.push({
      customerId,
      subscriptionId,
      entityIds,
      cookie: `vitrine_portal=${token}`,
      csrfToken: createCsrfToken(csrfKey, id),
    });
  }
  await database.close();
  return { url, widgetId, versionId, writers, remove };
}

async function createSqlite(): Promise<Pick<SeededDatabase, "url" | "remove">> {
  const directory = await mkdtemp(path.join(tmpdir(), "vitrine-bench-"));
  return { url: `sqlite:${path.join(directory, "bench.sqlite")}`, remove: () => rm(directory, { recursive: true, force: true }) };
}

async function createPostgres(): Promise<Pick<SeededDatabase, "url" | "remove">> {
  const server = process.env["DATABASE_URL"] ?? "";
  const name = `vitrine_bench_${randomUUID().replaceAll("-", "")}`;
  const admin = async (statement: string) => {
    const client = new Client({ connectionString: server });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await admin(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, remove: () => admin(`DROP DATABASE ${name} WITH (FORCE)`) };
}
