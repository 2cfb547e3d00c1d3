import { describe, expect, it } from "vitest";
import { z } from "zod";
import { loadPlugins } from "../../../src/app/plugin-host.js";
import { createBroker } from "../../../src/broker/index.js";
import { type Capability, defineCapability, definePlugin, type Powers, type VerifiedImage } from "../../../src/contracts/index.js";
import { createPageComposer } from "../../../src/pages/index.js";
import { builtinPlugins } from "../../../src/plugins/builtin.js";
import { createBrokerRecords } from "../../../src/store/index.js";
import { createBrokerHouse } from "../../broker/broker-house.js";
import { seedPortal } from "../../support/database.js";
import { describeEachDatabase } from "../../support/each-database.js";

/** A capability of a third party that does `work` with its powers. */
function plugged(work: (powers: Powers) => Promise<void>, more: Partial<Capability> = {}) {
  return definePlugin({
    name: "third-party",
    version: "1.0.0",
    contract: 1,
    capabilities: [
      defineCapability({
        id: "third.act",
        scope: { name: "third.act", title: "Act", allows: "Acts." },
        rateLimit: { calls: 10, perSeconds: 60 },
        params: z.unknown(),
        confirms: false,
        async run(powers) {
          await work(powers);
          return { data: null };
        },
        ...more,
      }),
    ],
  });
}

const forged = {
  actorKind: "staff",
  actorId: "admin-1",
  actorName: "Administrator",
  source: "panel",
  communityId: "community-2",
  subscriptionId: "subscription-eve",
  widgetId: "widget-3",
};
const entry = { action: "played", description: "Played", changes: {}, metadata: {} };

function openHouse(work: (powers: Powers) => Promise<void>) {
  const house = createBrokerHouse({ plugins: [plugged(work)] });
  house.state.widgets.get("widget-1")!.grantedScopes = ["third.act"];
  return house;
}

describe("a third party's capability", () => {
  it("cannot say who acted, through what, or where", async () => {
    const house = openHouse(async (powers) => void (await powers.appendActivity({ ...entry, ...forged })));
    expect((await house.execute("third.act", {})).status).toBe(200);
    expect(house.state.activities).toMatchObject([
      { action: "widget_played", actorKind: "customer", actorId: "customer-ada", source: "widget", subscriptionId: "subscription-ada" },
    ]);
    expect(JSON.stringify(house.state.activities)).not.toMatch(/admin|panel|eve|widget-3/i);
  });

  it.each([
    ["without an image", undefined],
    ["with another one", { digest: "f".repeat(64), contentType: "image/png", size: 1, width: 1, height: 1, name: "secret.js" } as const],
  ])("cannot give a stored blob a public address %s", async (_name, image) => {
    const house = openHouse(async (powers) => void (await powers.publishImage(image as VerifiedImage)));
    expect((await house.execute("third.act", {})).body.error.code).toBe("INTERNAL");
    expect(house.state.media).toEqual([]);
  });

  it("may write a thing twice and reads what it wrote", async () => {
    const seen: unknown[] = [];
    const house = openHouse(async (powers) => {
      await powers.replaceEntityAttributes("entity-ada", { weight: 1 });
      seen.push((await powers.findEntity("entity-ada"))?.attributes);
      await powers.replaceEntityAttributes("entity-ada", { weight: 2 });
    });
    expect((await house.execute("third.act", {})).status).toBe(200);
    expect(seen).toEqual([{ weight: 1 }]);
    expect(house.state.entities.get("entity-ada")?.attributes).toEqual({ weight: 2 });
    expect(house.state.activities.map(({ changes }) => changes)).toMatchObject([{ weight: { to: 1 } }, { weight: { from: 1, to: 2 } }]);
  });

  it("cannot use its powers after its answer", async () => {
    let kept: Powers | undefined;
    const house = openHouse(async (powers) => {
      kept = powers;
      await powers.appendActivity(entry);
    });
    await house.execute("third.act", {});
    await expect(kept?.appendActivity(entry)).rejects.toThrow("after its call had ended");
    await expect(kept?.findEntity("entity-ada")).rejects.toThrow("after its call had ended");
    expect(house.state.activities).toHaveLength(1);
  });

  it.each(["entity-bob", "entity-ada-2", "__proto__"])("cannot read or write entity %s", async (id) => {
    const seen: unknown[] = [];
    const house = openHouse(async (powers) => {
      seen.push(await powers.findEntity(id));
      await powers.replaceEntityAttributes(id, { weight: 0 });
    });
    expect((await house.execute("third.act", {})).body.error.code).toBe("NOT_FOUND");
    expect(seen).toEqual([undefined]);
  });
});

describeEachDatabase("what the store writes for a widget", (subject) => {
  it("names the customer of the call, whatever the entry says", async () => {
    const { customerId, communityId, subscriptionId, widgetId } = await seedPortal(subject.database);
    const owner = { customerId, customerName: "Ada", communityId, subscriptionId, widgetId };
    const records = createBrokerRecords(subject.database);
    await records.write(owner, "forged-entry-key", "d", async (writes) => ({
      ...(await writes.appendActivity({ ...entry, requestId: "request-1", ...forged })),
    }));
    const rows: unknown = await subject.database.read.query("SELECT * FROM activities");
    expect(rows).toMatchObject([
      {
        actor_kind: "customer",
        actor_id: customerId,
        actor_name: "Ada",
        source: "widget",
        community_id: communityId,
        subscription_id: subscriptionId,
        widget_id: widgetId,
      },
    ]);
  });
});

describeEachDatabase("a capability that reads while it writes", (subject) => {
  it("does not need a second connection: thirty at the same time all get through, and see what they wrote", async () => {
    const { customerId, communityId, subscriptionId, widgetId, versionId, entityId } = await seedPortal(subject.database, ["third.act"]);
    const weights: unknown[] = [];
    const plugin = plugged(async (powers) => {
      const entity = await powers.findEntity(entityId);
      await powers.appendActivity({ ...entry, description: `${entity?.name}` });
      weights.push(entity?.attributes["weight"]);
    });
    const { conditions } = loadPlugins(builtinPlugins);
    const broker = createBroker({
      capabilities: plugin.capabilities ?? [],
      records: createBrokerRecords(subject.database),
      composer: createPageComposer({
        records: { listActiveWidgets: async () => [], findPreviewWidget: async () => undefined },
        conditions,
      }),
      limiter: { take: async () => ({ allowed: true }) },
      images: { verify: () => Promise.reject(new Error("no images here")) },
      confirmationKey: Buffer.alloc(32, 1),
      mediaUrl: (key) => key,
      logger: { info: () => undefined, error: () => undefined },
    });
    const origin = {
      customer: { kind: "customer", id: customerId, name: "Ada", communityId },
      widgetId,
      versionId,
      subscriptionId,
    } as const;
    const began = performance.now();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 30 }, (_, index) =>
        broker.execute({ ...origin, requestId: `r-${index}`, method: "third.act", params: {}, idempotencyKey: `read-write-${index}` }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === "rejected")).toEqual([]);
    expect(weights).toHaveLength(30);
    expect(performance.now() - began).toBeLessThan(8_000);
  });
});
