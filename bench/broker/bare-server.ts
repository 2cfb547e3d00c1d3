/**
 * Child process: the same write as most would make it. Express, zod, one TypeORM transaction with an owner check, the change and
 * an audit row. On SQLite transactions wait for one another in a mutex, or all but one of them would fail.
 */
import { randomUUID } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { Mutex } from "async-mutex";
import express from "express";
import { DataSource, type EntityManager } from "typeorm";
import { z } from "zod";
import { Activity, createEntitySchemas, Entity, Subscription } from "../../src/entities/index.js";
import { measuredOptions, serveMeasured } from "../harness/child.js";

const { url } = measuredOptions() as { url: string };
const isSqlite = url.startsWith("sqlite:");
const source = new DataSource(
  isSqlite
    ? { type: "sqlite", database: url.slice("sqlite:".length), entities: createEntitySchemas("sqlite"), enableWAL: true }
    : { type: "postgres", url, entities: createEntitySchemas("postgres"), poolSize: 10 },
);
await source.initialize();
// As durable as the product's.
if (isSqlite) await source.query("PRAGMA synchronous = FULL");

/** TypeORM's own types for values do not end on a column of JSON. */
interface Manager extends Pick<EntityManager, "createQueryBuilder" | "findOneByOrFail"> {
  update(target: typeof Entity, where: object, values: object): Promise<unknown>;
  insert(target: typeof Activity, values: object): Promise<unknown>;
}
const mutex = new Mutex();
const transact = <T>(work: (manager: Manager) => Promise<T>) => {
  const run = () => source.transaction((manager) => work(manager as unknown as Manager));
  return isSqlite ? mutex.runExclusive(run) : run();
};

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const owner = { customerId: z.string(), subscriptionId: z.string(), widgetId: z.string() };
const update = z.object({ ...owner, params: z.object({ id: z.string(), attributes: z.record(z.string(), scalar) }) });
const log = z.object({ ...owner, params: z.object({ action: z.string().max(200), description: z.string().max(1_000) }) });

const app = express();
app.use(express.json());

app.post("/update", async (request, response) => {
  const { customerId, subscriptionId, widgetId, params } = update.parse(request.body);
  await transact(async (manager) => {
    const entity = await manager
      .createQueryBuilder(Entity, "entity")
      .innerJoin("Subscription", "subscription", "subscription.id = entity.subscriptionId")
      .where("entity.id = :id AND subscription.id = :subscriptionId AND subscription.customerId = :customerId", {
        id: params.id,
        subscriptionId,
        customerId,
      })
      .getOneOrFail();
    await manager.update(Entity, { id: entity.id }, { attributes: params.attributes, updatedAt: new Date() });
    await manager.insert(Activity, {
      ...audit(entity.communityId, { customerId, subscriptionId, widgetId }),
      action: "entity_updated",
      description: `Check-in updated ${entity.name}`,
      changes: { from: entity.attributes, to: params.attributes },
    });
  });
  response.json({ reply: { data: params } });
});

app.post("/log", async (request, response) => {
  const { customerId, subscriptionId, widgetId, params } = log.parse(request.body);
  const id = await transact(async (manager) => {
    const { communityId } = await manager.findOneByOrFail(Subscription, { id: subscriptionId, customerId });
    const row = { ...audit(communityId, { customerId, subscriptionId, widgetId }), ...params, changes: {} };
    await manager.insert(Activity, row);
    return row.id;
  });
  response.json({ reply: { data: { id } } });
});

const server = http.createServer(app);
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

serveMeasured({
  port: (server.address() as AddressInfo).port,
  async close() {
    server.closeAllConnections();
    server.close();
    await source.destroy();
  },
});

function audit(communityId: string, by: { customerId: string; subscriptionId: string; widgetId: string }) {
  return {
    id: randomUUID(),
    communityId,
    subscriptionId: by.subscriptionId,
    actorKind: "customer" as const,
    actorId: by.customerId,
    actorName: "Ada Lovelace",
    source: "widget" as const,
    widgetId: by.widgetId,
    metadata: {},
    requestId: null,
    createdAt: new Date(),
  };
}
