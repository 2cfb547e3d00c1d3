import { beforeAll, expect, test } from "vitest";
import { Activity } from "../../src/entities/index.js";
import { createFeedRecords, createId, createPortalRecords, insertRows, type NewRow } from "../../src/store/index.js";
import { seedCommunity, seedCustomer, seedPortal, seedSubscription } from "../support/database.js";
import { describeEachDatabase } from "../support/each-database.js";

type Portal = Awaited<ReturnType<typeof seedPortal>>;
const at = new Date("2026-03-01T10:00:00.123Z");

describeEachDatabase("portal and feed records", (subject) => {
  let portal: Portal;
  let foreign: Portal;
  beforeAll(async () => {
    portal = await seedPortal(subject.database);
    foreign = await seedPortal(subject.database);
  });
  const records = () => createPortalRecords(subject.database);
  const feed = () => createFeedRecords(subject.database);
  const log = (rows: Partial<NewRow<Activity>>[]) =>
    insertRows(
      subject.database,
      Activity,
      rows.map((row) => ({
        subscriptionId: portal.subscriptionId,
        communityId: portal.communityId,
        actorKind: "customer" as const,
        actorName: "Ada",
        source: "widget" as const,
        action: "widget_checkin",
        description: "",
        changes: {},
        metadata: {},
        ...row,
      })),
    );

  test("show a customer their subscriptions and nobody else's", async () => {
    const next = new Date("2026-12-24T08:00:00.000Z");
    const second = await seedSubscription(subject.database, portal, { title: "Later", nextDate: next, status: "paused" });
    expect(await records().listSubscriptions(portal.customerId)).toEqual([
      { id: second, title: "Later", status: "paused", nextDate: next, entityNames: [] },
      { id: portal.subscriptionId, title: "Puppy box", status: "active", nextDate: null, entityNames: ["Fluffy"] },
    ]);
    expect(await records().findSubscription(portal.customerId, portal.subscriptionId)).toEqual({
      id: portal.subscriptionId,
      title: "Puppy box",
      status: "active",
      nextDate: null,
      entityNames: ["Fluffy"],
      context: portal.context,
      lines: [{ id: portal.lineId, productTitle: "Puppy food", variantTitle: "Large", quantity: 1, priceCents: 2490 }],
    });
    expect(await records().findSubscription(foreign.customerId, portal.subscriptionId)).toBeUndefined();
    expect(await records().findSubscription(portal.customerId, "nope")).toBeUndefined();
    expect(await records().listSubscriptions("nope")).toEqual([]);
  });

  test("find customers who are switched on, by id or address in any case", async () => {
    const id = await seedCustomer(subject.database, portal.communityId, { email: "Ada@Customer.Example", passwordHash: "h" });
    expect(await records().findCustomer(id)).toEqual({
      kind: "customer",
      id,
      name: "Ada Lovelace",
      email: "ada@customer.example",
      communityId: portal.communityId,
    });
    expect(await records().findCustomerByEmail(" ADA@customer.example ")).toEqual({ id, passwordHash: "h" });
    expect((await records().listDemoCustomers()).some((customer) => customer.id === id)).toBe(true);
    await subject.database.execute("UPDATE customers SET active = $1 WHERE id = $2", [false, id]);
    expect(await records().findCustomer(id)).toBeUndefined();
    expect(await records().findCustomerByEmail("ada@customer.example")).toBeUndefined();
    expect((await records().listDemoCustomers()).some((customer) => customer.id === id)).toBe(false);
    expect(await records().findCustomerByEmail("%")).toBeUndefined();
    expect(await records().findCustomerByEmail("a\0b")).toBeUndefined();
  });

  test("find communities by id, by slug, and the oldest for a preview", async () => {
    const id = await seedCommunity(subject.database, { slug: "kitten-club", name: "Kitten Club" });
    const kitten = { id, name: "Kitten Club", locale: "en", branding: expect.objectContaining({ border_radius: "8px" }) };
    expect(await records().findCommunity(id)).toEqual(kitten);
    expect(await records().findPreviewCommunity("kitten-club")).toEqual(kitten);
    expect(await records().findPreviewCommunity("nope")).toBeUndefined();
    expect((await records().findPreviewCommunity(undefined))?.id).toBe(portal.communityId);
    expect(await records().findCommunity("nope")).toBeUndefined();
  });

  test("page through the activity newest first, without a gap or a repeat, also within one millisecond", async () => {
    await log(Array.from({ length: 7 }, (_, index) => ({ description: `e${index}`, createdAt: at, action: "widget_paged" })));
    await log([{ description: "older", createdAt: new Date(at.getTime() - 1), action: "widget_paged" }]);
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await feed().list(portal.subscriptionId, { action: "widget_paged", limit: 3, before });
      expect(page.items.length).toBeLessThanOrEqual(3);
      seen.push(...page.items.map(({ description }) => description));
      before = page.next ?? undefined;
    } while (before !== undefined);
    expect(seen).toEqual(["e6", "e5", "e4", "e3", "e2", "e1", "e0", "older"]);
  });

  test("show a customer the activity of their own subscription only, without ids of staff", async () => {
    await log([{ description: "mine", widgetId: portal.widgetId, actorId: createId(), createdAt: new Date("2031-01-01T00:00:00.000Z") }]);
    const { items } = await records().listActivity(portal.customerId, portal.subscriptionId, { limit: 1 });
    expect(items).toEqual([
      {
        id: expect.any(String),
        createdAt: new Date("2031-01-01T00:00:00.000Z"),
        actorKind: "customer",
        actorName: "Ada",
        source: "widget",
        widgetName: "Check-in",
        action: "widget_checkin",
        description: "mine",
        changes: {},
        metadata: {},
      },
    ]);
    expect((await records().listActivity(foreign.customerId, portal.subscriptionId, { limit: 10 })).items).toEqual([]);
    expect((await records().listActivity(portal.customerId, foreign.subscriptionId, { limit: 10 })).items).toEqual([]);
  });

  test.each([
    "x",
    "",
    "....",
    "MTIz",
    Buffer.from("9999999999999999_a").toString("base64url"),
    Buffer.from("1_' OR 1=1").toString("base64url"),
    "a".repeat(100_000),
  ])("refuse the cursor %j", async (before) => {
    const list = records().listActivity(portal.customerId, portal.subscriptionId, { before: before.slice(0, 100_000), limit: 10 });
    await expect(list).rejects.toMatchObject({ code: "INVALID_PARAMS" });
  });

  test("give at most 100 entries and at least one, whatever limit is asked for", async () => {
    await log(Array.from({ length: 120 }, () => ({ action: "widget_bulk" })));
    for (const [limit, expected] of [
      [1e9, 100],
      [0, 1],
      [-5, 1],
      [Number.NaN, 1],
      [2.9, 2],
    ] as const) {
      expect((await feed().list(portal.subscriptionId, { action: "widget_bulk", limit })).items).toHaveLength(expected);
    }
  });

  test("filter the feed by action and source", async () => {
    await log([
      { action: "order.shipped", source: "integration", actorKind: "integration" },
      { action: "address.changed", source: "portal" },
    ]);
    const list = async (filter: object) =>
      (await feed().list(portal.subscriptionId, { limit: 100, ...filter })).items.map(({ action }) => action);
    expect(await list({ source: "integration" })).toEqual(["order.shipped"]);
    expect(await list({ action: "address.changed", source: "portal" })).toEqual(["address.changed"]);
    expect(await list({ action: "address.changed", source: "widget" })).toEqual([]);
    expect(await list({ action: "' OR 1=1 --" })).toEqual([]);
  });

  test("group the actions that exist, widgets' without their prefix", async () => {
    const other = await seedPortal(subject.database, []);
    const on = { subscriptionId: other.subscriptionId };
    await log([
      { ...on, action: "widget_puppy_checkin" },
      { ...on, action: "widget_puppy_checkin" },
      { ...on, action: "widget_feedback", source: "portal" },
      { ...on, action: "order.paid", source: "integration" },
      { ...on, action: "signed_in", source: "portal" },
    ]);
    expect(await feed().listActions(other.subscriptionId)).toEqual({
      widgets: [
        { action: "widget_feedback", label: "feedback" },
        { action: "widget_puppy_checkin", label: "puppy_checkin" },
      ],
      integrations: [{ action: "order.paid", label: "order.paid" }],
      other: [{ action: "signed_in", label: "signed_in" }],
    });
    expect((await feed().listActions()).widgets.map(({ label }) => label)).toContain("puppy_checkin");
    expect(await feed().listActions("nope")).toEqual({ widgets: [], integrations: [], other: [] });
  });
});
