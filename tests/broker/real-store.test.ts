import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { JsonValue } from "../../sdk/src/protocol/index.js";
import { loadPlugins } from "../../src/app/plugin-host.js";
import { type Broker, createBroker, createImageIntake } from "../../src/broker/index.js";
import type { CustomerActor } from "../../src/contracts/index.js";
import { Activity, Entity, Media } from "../../src/entities/index.js";
import { createPageComposer } from "../../src/pages/index.js";
import { builtinPlugins } from "../../src/plugins/builtin.js";
import { createBrokerRecords, type Database } from "../../src/store/index.js";
import { png } from "../attacks/broker/images.js";
import { seedPortal } from "../support/database.js";
import { describeEachDatabase } from "../support/each-database.js";
import { createMemoryBlobs } from "./broker-house.js";

async function openBroker(database: Database) {
  const { capabilities, conditions } = loadPlugins(builtinPlugins);
  const blobs = createMemoryBlobs();
  const broker = createBroker({
    capabilities: [...capabilities.values()],
    records: createBrokerRecords(database),
    composer: createPageComposer({ records: { listActiveWidgets: async () => [], findPreviewWidget: async () => undefined }, conditions }),
    limiter: { take: async () => ({ allowed: true }) },
    images: createImageIntake({ blobs }),
    confirmationKey: Buffer.alloc(32, 1),
    mediaUrl: (key) => `http://127.0.0.1:3001/m/${key}`,
    logger: { info: () => undefined, error: () => undefined },
  });
  const seed = await seedPortal(database);
  const customer: CustomerActor = { kind: "customer", id: seed.customerId, name: "Ada Lovelace", communityId: seed.communityId };
  const { widgetId, versionId, subscriptionId } = seed;
  const origin = { customer, widgetId, versionId, subscriptionId };
  return { broker, blobs, seed, origin };
}

const call = (origin: object, method: string, params: JsonValue) =>
  ({ ...origin, requestId: randomUUID(), method, params, idempotencyKey: randomUUID() }) as Parameters<Broker["execute"]>[0];

/** The question that belongs to a call: without its idempotency key. */
function prepare(broker: Broker, { idempotencyKey, ...question }: Parameters<Broker["execute"]>[0]) {
  expect(idempotencyKey).toBeDefined();
  return broker.prepare(question);
}

describeEachDatabase("the broker over the real store", (subject) => {
  const attributesOf = async (id: string) => (await subject.database.read.findOneByOrFail(Entity, { id })).attributes;

  it("does a confirmed write once and records who, from where and what", async () => {
    const { broker, origin, seed } = await openBroker(subject.database);
    const update = call(origin, "entity.update", { id: seed.entityId, attributes: { weight: 13.1 } });
    const { confirmation } = await prepare(broker, update);
    const done = await broker.execute({ ...update, confirmationToken: confirmation.token });
    const again = await broker.execute({ ...update, confirmationToken: confirmation.token });
    expect([done.replayed, again.replayed]).toEqual([false, true]);
    expect(again.reply).toEqual(done.reply);
    expect(await attributesOf(seed.entityId)).toEqual({ weight: 13.1 });
    expect(await subject.database.read.findBy(Activity, { subscriptionId: seed.subscriptionId })).toMatchObject([
      {
        action: "entity_updated",
        actorKind: "customer",
        actorId: seed.customerId,
        source: "widget",
        widgetId: seed.widgetId,
        requestId: update.requestId,
        changes: { weight: { from: 12.4, to: 13.1 } },
      },
    ]);
    await expect(broker.execute({ ...update, idempotencyKey: randomUUID(), confirmationToken: confirmation.token })).rejects.toMatchObject({
      code: "CONFLICT",
    });
  });

  it("lets one of many changes win that were confirmed for the same state", async () => {
    const { broker, origin, seed } = await openBroker(subject.database);
    const updates = Array.from({ length: 20 }, (_, index) =>
      call(origin, "entity.update", { id: seed.entityId, attributes: { weight: index } }),
    );
    const tokens = await Promise.all(updates.map(async (update) => (await prepare(broker, update)).confirmation.token));
    const outcomes = await Promise.allSettled(
      updates.map((update, index) => broker.execute({ ...update, confirmationToken: tokens[index] as string })),
    );
    const failures = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [(outcome.reason as { code: string }).code] : []));
    expect(failures).toEqual(Array.from({ length: 19 }, () => "CONFLICT"));
    expect(await subject.database.read.countBy(Activity, { subscriptionId: seed.subscriptionId })).toBe(1);
  });

  it("serves a hundred writers at the same time without an error", async () => {
    const { broker, origin, seed } = await openBroker(subject.database);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 100 }, (_, index) => broker.execute(call(origin, "activity.log", { action: `writer_${index}` }))),
    );
    expect(outcomes.filter(({ status }) => status === "rejected")).toEqual([]);
    expect(await subject.database.read.countBy(Activity, { subscriptionId: seed.subscriptionId })).toBe(100);
  });

  it("serves thirty confirmed writers of different customers at the same time", async () => {
    const houses = await Promise.all(Array.from({ length: 30 }, () => openBroker(subject.database)));
    const outcomes = await Promise.allSettled(
      houses.map(async ({ broker, origin, seed }) => {
        const update = call(origin, "entity.update", { id: seed.entityId, attributes: { weight: 20 } });
        const { confirmation } = await prepare(broker, update);
        await broker.execute({ ...update, confirmationToken: confirmation.token });
      }),
    );
    expect(outcomes.filter(({ status }) => status === "rejected")).toEqual([]);
  });

  it("does a write once when the same key arrives ten times together", async () => {
    const { broker, origin, seed } = await openBroker(subject.database);
    const log = call(origin, "activity.log", { action: "once" });
    const answers = await Promise.all(Array.from({ length: 10 }, () => broker.execute(log)));
    expect(new Set(answers.map(({ reply }) => JSON.stringify(reply))).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await subject.database.read.countBy(Activity, { subscriptionId: seed.subscriptionId })).toBe(1);
  });

  it("does not see or touch what belongs to another customer", async () => {
    const mine = await openBroker(subject.database);
    const theirs = await openBroker(subject.database);
    const reach = [
      call(mine.origin, "activity.log", { action: "x" }),
      call({ ...mine.origin, subscriptionId: theirs.seed.subscriptionId }, "activity.log", { action: "x" }),
      call({ ...mine.origin, widgetId: theirs.seed.widgetId, versionId: theirs.seed.versionId }, "activity.log", { action: "x" }),
      call({ ...mine.origin, subscriptionId: "' OR 1=1 --" }, "activity.log", { action: "x" }),
    ];
    const outcomes = await Promise.allSettled(reach.map((each) => mine.broker.execute(each)));
    expect(outcomes.map((outcome) => (outcome.status === "rejected" ? (outcome.reason as { code: string }).code : "done"))).toEqual([
      "done",
      "NOT_FOUND",
      "NOT_FOUND",
      "NOT_FOUND",
    ]);
    const foreign = call(mine.origin, "entity.update", { id: theirs.seed.entityId, attributes: {} });
    await expect(prepare(mine.broker, foreign)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("records an upload with the bytes that it stored", async () => {
    const { broker, origin, seed, blobs } = await openBroker(subject.database);
    const bytes = await png();
    const upload = call(origin, "media.upload", {});
    const { reply } = await broker.executeImage(
      { ...upload, fileName: "fluffy.png" },
      { declaredSize: undefined, read: async () => bytes },
    );
    const [media] = await subject.database.read.findBy(Media, { customerId: seed.customerId });
    expect(media).toMatchObject({ originalName: "fluffy.png", contentType: "image/png", width: 64, height: 48, widgetId: seed.widgetId });
    expect(blobs.blobs.get(media?.digest ?? "")?.length).toBe(media?.size);
    expect(reply).toEqual({ data: { url: `http://127.0.0.1:3001/m/${media?.key}` } });
  });
});
