import { beforeAll, expect, test } from "vitest";
import type { CallOwner } from "../../src/contracts/index.js";
import { Activity, Entity, IdempotencyRecord, Media } from "../../src/entities/index.js";
import { createBrokerRecords, createSandboxRecords } from "../../src/store/index.js";
import { seedEntity, seedPortal, seedScope, seedSettings, seedSubscription, seedVersion, seedWidget } from "../support/database.js";
import { describeEachDatabase } from "../support/each-database.js";

type Portal = Awaited<ReturnType<typeof seedPortal>>;
const ownerOf = (portal: Portal): CallOwner => ({
  customerId: portal.customerId,
  customerName: "Ada Lovelace",
  communityId: portal.communityId,
  subscriptionId: portal.subscriptionId,
  widgetId: portal.widgetId,
});
const entry = {
  action: "widget_checkin",
  description: "Weight updated",
  changes: { weight: { from: 12.4, to: 13.1 } },
  metadata: { notes: "ok" },
};
const digest = "d".repeat(64);

describeEachDatabase("broker records", (subject) => {
  let portal: Portal;
  let foreign: Portal;
  let owner: CallOwner;
  beforeAll(async () => {
    portal = await seedPortal(subject.database);
    foreign = await seedPortal(subject.database);
    owner = ownerOf(portal);
  });
  const records = () => createBrokerRecords(subject.database);

  test("tell all a call is judged by, in one answer", async () => {
    const found = await records().findCallSubject(portal.customerId, portal.subscriptionId, portal.widgetId);
    expect(found).toMatchObject({
      widget: {
        id: portal.widgetId,
        communityId: portal.communityId,
        active: true,
        destination: "detail.main.top",
        version: { id: portal.versionId, number: 1 },
      },
      grantedScopes: ["entity.update", "media.upload", "subscription.activity_log"],
      disabledScopes: [],
      context: portal.context,
    });
    expect(found?.widget.version.createdAt).toBeInstanceOf(Date);
    expect(found?.widget.scopes[0]).toEqual({
      name: "entity.update",
      title: "entity.update",
      allows: "Use entity.update",
      confirms: false,
    });
  });

  test("name scopes that the catalogue or the community switched off, and those of no capability", async () => {
    const other = await seedPortal(subject.database, []);
    await seedScope(subject.database, "off.catalogue", { enabled: false });
    await seedScope(subject.database, "off.plugin", { registered: false });
    await seedSettings(subject.database, other.communityId, { disabledCapabilities: ["media.upload"] });
    const found = await records().findCallSubject(other.customerId, other.subscriptionId, other.widgetId);
    expect(found?.disabledScopes).toEqual(["off.catalogue", "off.plugin", "media.upload"]);
    expect(found?.grantedScopes).toEqual([]);
  });

  test("find nothing that is absent, foreign or of another community", async () => {
    const find = (customerId: string, subscriptionId: string, widgetId: string) =>
      records().findCallSubject(customerId, subscriptionId, widgetId);
    expect(await find(foreign.customerId, portal.subscriptionId, portal.widgetId)).toBeUndefined();
    expect(await find(portal.customerId, foreign.subscriptionId, portal.widgetId)).toBeUndefined();
    expect(await find(portal.customerId, portal.subscriptionId, foreign.widgetId)).toBeUndefined();
    for (const id of ["", "nope", "' OR 1=1 --", "\0", "\ud800", "%", "a".repeat(10_000)]) {
      expect(await find(id, portal.subscriptionId, portal.widgetId)).toBeUndefined();
      expect(await find(portal.customerId, id, portal.widgetId)).toBeUndefined();
      expect(await find(portal.customerId, portal.subscriptionId, id)).toBeUndefined();
      expect(await records().findEntity(owner, id)).toBeUndefined();
    }
    expect(await records().findEntity(owner, foreign.entityId)).toBeUndefined();
    expect(await records().findEntity({ ...owner, customerId: foreign.customerId }, portal.entityId)).toBeUndefined();
  });

  test("find no subject for a customer who was switched off, and tell when the widget was", async () => {
    const other = await seedPortal(subject.database, []);
    await subject.database.execute("UPDATE widgets SET active = $1 WHERE id = $2", [false, other.widgetId]);
    expect((await records().findCallSubject(other.customerId, other.subscriptionId, other.widgetId))?.widget.active).toBe(false);
    await subject.database.execute("UPDATE customers SET active = $1 WHERE id = $2", [false, other.customerId]);
    expect(await records().findCallSubject(other.customerId, other.subscriptionId, other.widgetId)).toBeUndefined();
  });

  test("find no subject when the live version is of another widget or was rejected", async () => {
    const other = await seedPortal(subject.database, []);
    const rejected = await seedVersion(subject.database, other.widgetId, { number: 2, verdict: "reject" });
    expect(rejected).toBeTypeOf("string");
    expect(await records().findCallSubject(other.customerId, other.subscriptionId, other.widgetId)).toBeUndefined();
    await subject.database.execute("UPDATE widgets SET active_version_id = $1 WHERE id = $2", [portal.versionId, other.widgetId]);
    expect(await records().findCallSubject(other.customerId, other.subscriptionId, other.widgetId)).toBeUndefined();
  });

  test("write once and answer a repeat alike", async () => {
    let runs = 0;
    const work = () =>
      records().write(owner, "once", digest, async (writes) => {
        runs += 1;
        expect(await writes.replaceEntityAttributes(portal.entityId, { weight: 13.1, good: true, chip: null }, 1)).toBe(true);
        return await writes.appendActivity({ ...entry, requestId: "r1" });
      });
    const first = await work();
    expect(first.replayed).toBe(false);
    expect(await work()).toEqual({ reply: first.reply, replayed: true });
    expect(await records().findReply(owner, "once", digest)).toEqual(first.reply);
    expect(runs).toBe(1);
    expect(await records().findEntity(owner, portal.entityId)).toEqual({
      id: portal.entityId,
      name: "Fluffy",
      entityType: "dog",
      attributes: { weight: 13.1, good: true, chip: null },
      revision: 2,
    });
    expect(await subject.database.read.findOneByOrFail(Activity, { id: first.reply["id"] as string })).toMatchObject({
      ...entry,
      actorKind: "customer",
      actorId: portal.customerId,
      actorName: "Ada Lovelace",
      source: "widget",
      subscriptionId: portal.subscriptionId,
      communityId: portal.communityId,
      widgetId: portal.widgetId,
      requestId: "r1",
    });
  });

  test("refuse a key that was used for another request", async () => {
    await records().write(owner, "taken", digest, async () => ({ ok: true }));
    await expect(records().write(owner, "taken", "e".repeat(64), async () => ({ ok: false }))).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(records().findReply(owner, "taken", "e".repeat(64))).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("keep another customer's or widget's use of the same key apart", async () => {
    const mine = await records().write(owner, "shared-key", digest, async () => ({ who: "mine" }));
    const theirs = await records().write(ownerOf(foreign), "shared-key", digest, async () => ({ who: "theirs" }));
    expect([mine.reply, theirs.reply]).toEqual([{ who: "mine" }, { who: "theirs" }]);
    expect(await records().findReply(ownerOf(foreign), "once", digest)).toBeUndefined();
  });

  test("keep nothing, not even the key, when the work fails", async () => {
    const before = await subject.database.read.count(Activity);
    const failing = records().write(owner, "fails", digest, async (writes) => {
      await writes.appendActivity({ ...entry, requestId: "r2" });
      throw new Error("after the write");
    });
    await expect(failing).rejects.toThrow("after the write");
    expect(await subject.database.read.count(Activity)).toBe(before);
    const second = await records().write(owner, "fails", digest, async () => ({ ok: true }));
    expect(second).toEqual({ reply: { ok: true }, replayed: false });
  });

  test("run the work once for 50 concurrent calls with one key, and give all the same answer", async () => {
    let runs = 0;
    const entityId = await seedEntity(subject.database, portal);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        records().write(owner, "stampede", digest, async (writes) => {
          runs += 1;
          await writes.replaceEntityAttributes(entityId, { runs }, 1);
          return await writes.appendActivity({ ...entry, requestId: "r3" });
        }),
      ),
    );
    expect(runs).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(answers.map(({ reply }) => reply["id"])).size).toBe(1);
    expect(await subject.database.read.countBy(Activity, { requestId: "r3" })).toBe(1);
    expect((await records().findEntity(owner, entityId))?.revision).toBe(2);
  });

  test("lose none of 100 concurrent writes and fail none", async () => {
    const entities = await Promise.all(Array.from({ length: 100 }, () => seedEntity(subject.database, portal)));
    const answers = await Promise.all(
      entities.map((entityId, index) =>
        records().write(owner, `many-${index}`, digest, async (writes) => {
          expect(await writes.replaceEntityAttributes(entityId, { index }, 1)).toBe(true);
          return await writes.appendActivity({ ...entry, requestId: "many" });
        }),
      ),
    );
    expect(new Set(answers.map(({ reply }) => reply["id"])).size).toBe(100);
    expect(await subject.database.read.countBy(Activity, { requestId: "many" })).toBe(100);
    for (const [index, id] of entities.entries()) {
      expect(await subject.database.read.findOneByOrFail(Entity, { id })).toMatchObject({ revision: 2, attributes: { index } });
    }
  });

  test("let one of two changes of the same state win", async () => {
    const entityId = await seedEntity(subject.database, portal);
    const answers = await Promise.all(
      [1, 2, 3].map((weight) =>
        records().write(owner, `race-${weight}`, digest, async (writes) => ({
          won: await writes.replaceEntityAttributes(entityId, { weight }, 1),
        })),
      ),
    );
    expect(answers.filter(({ reply }) => reply["won"])).toHaveLength(1);
    expect((await records().findEntity(owner, entityId))?.revision).toBe(2);
  });

  test("change no entity of another customer or subscription, whoever asks", async () => {
    const second = await seedSubscription(subject.database, portal);
    const elsewhere = await seedEntity(subject.database, { communityId: portal.communityId, subscriptionId: second });
    const targets = [foreign.entityId, elsewhere, "nope", "' OR '1'='1"];
    const { reply } = await records().write(owner, "foreign", digest, async (writes) => ({
      changed: await Promise.all(targets.map((id) => writes.replaceEntityAttributes(id, { stolen: true }, 1))),
    }));
    expect(reply["changed"]).toEqual([false, false, false, false]);
    expect((await subject.database.read.findOneByOrFail(Entity, { id: foreign.entityId })).attributes).toEqual({ weight: 12.4 });
  });

  test("store text that one of the databases has no room for", async () => {
    const { reply } = await records().write(owner, "hostile-text", digest, async (writes) =>
      writes.appendActivity({
        action: "widget_x",
        description: `nul \0 half \ud83d ${"é".repeat(2000)}`,
        changes: { "a\0b": { from: "\udc00", to: "😀" } },
        metadata: { deep: [{ text: "\0" }], proto: JSON.parse('{"__proto__": 1}') as never, sql: "'; DROP TABLE activities; --" },
        requestId: "r4",
      }),
    );
    const stored = await subject.database.read.findOneByOrFail(Activity, { id: reply["id"] as string });
    expect(stored.description).toHaveLength(1000);
    expect(stored.description.startsWith("nul \uFFFD half \uFFFD é")).toBe(true);
    expect(stored.changes).toEqual({ "a\uFFFDb": { from: "\uFFFD", to: "😀" } });
    expect(stored.metadata["deep"]).toEqual([{ text: "\uFFFD" }]);
  });

  test("record media once, to be found by its key", async () => {
    const image = { digest, contentType: "image/png", size: 10, width: 2, height: 3, name: "é".repeat(300) } as const;
    await records().write(owner, "media", digest, async (writes) => {
      await writes.recordMedia("abc.png", image);
      return { ok: true };
    });
    expect(await createSandboxRecords(subject.database).findMedia("abc.png")).toEqual({ digest, contentType: "image/png", size: 10 });
    expect(await createSandboxRecords(subject.database).findMedia("ABC.png")).toBeUndefined();
    expect(await subject.database.read.findOneByOrFail(Media, { key: "abc.png" })).toMatchObject({
      customerId: portal.customerId,
      widgetId: portal.widgetId,
    });
    const again = records().write(owner, "media-again", digest, async (writes) => {
      await writes.recordMedia("abc.png", image);
      return { ok: true };
    });
    await expect(again).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await subject.database.read.countBy(IdempotencyRecord, { key: "media-again" })).toBe(0);
  });

  test("find no subject for a widget without a live version", async () => {
    const widgetId = await seedWidget(subject.database, portal.communityId);
    expect(await records().findCallSubject(portal.customerId, portal.subscriptionId, widgetId)).toBeUndefined();
  });
});
