import type { Agent } from "supertest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Activity } from "../../src/entities/index.js";
import { insertRows } from "../../src/store/index.js";
import { mediaSource, type StartedPanel, signIn, startForRequests } from "./start-panel.js";

let panel: StartedPanel;
let viewer: Agent;
const photo = `${mediaSource}abcdefgh12345678.png`;
beforeAll(async () => {
  panel = await startForRequests();
  viewer = await signIn(panel, "viewer");
  const entry = {
    communityId: panel.portal.communityId,
    subscriptionId: panel.portal.subscriptionId,
    actorKind: "customer",
    actorId: panel.portal.customerId,
    actorName: "Ada Lovelace",
    source: "widget",
    widgetId: panel.portal.widgetId,
    action: "widget_puppy_checkin",
    description: "Weight updated for Fluffy",
    changes: { weight: { from: 12.4, to: 13.1 } },
    metadata: {
      photos: [photo],
      hostile: [
        "https://evil.example/x.png",
        `${mediaSource}../../etc/passwd`,
        `${photo}?x=1`,
        `${photo}#x`,
        photo.replace("http://", "http://user@"),
        photo.replace("127.0.0.1:3001", "127.0.0.1:3001.evil.example"),
        `javascript:alert('${photo}')`,
        "//127.0.0.1:3001/media/abcdefgh12345678.png",
      ],
    },
    requestId: null,
  };
  const many = Array.from({ length: 60 }, (_, index) => ({
    ...entry,
    action: "portal_viewed",
    source: "portal",
    widgetId: null,
    changes: {},
    metadata: {},
    createdAt: new Date(1_700_000_000_000 + index),
  }));
  await insertRows(panel.database, Activity, [
    entry,
    { ...entry, action: "shopify_order", source: "integration", actorKind: "integration", metadata: {} },
    ...many,
  ] as unknown as Parameters<typeof insertRows<Activity>>[2]);
});
afterAll(() => panel.close());

const feed = (query = "") => viewer.get(`/admin/api/resources/subscriptions/records/${panel.portal.subscriptionId}/feed${query}`);

describe("the activity feed of a subscription", () => {
  it("attributes what a widget logged to the customer, with was and now", async () => {
    const { body } = await feed("?action=widget_puppy_checkin");
    expect(body.feed.items).toHaveLength(1);
    expect(body.feed.items[0]).toMatchObject({
      actorName: "Ada Lovelace",
      actorKind: "customer",
      source: "widget",
      widgetName: "Check-in",
      changes: { weight: { from: 12.4, to: 13.1 } },
    });
  });

  it("shows images of our own media store only; every other address stays text", async () => {
    const { body } = await feed("?action=widget_puppy_checkin");
    expect(body.feed.items[0].images).toEqual([photo]);
  });

  it("offers a filter with the actions that exist, widgets' without their prefix, beside integrations", async () => {
    const { body } = await feed();
    const groups = Object.fromEntries(
      body.feed.groups.map((group: { label: string; options: unknown }) => [group.label, group.options]),
    ) as Record<string, unknown>;
    expect(groups["Widgets"]).toEqual([{ value: "widget_puppy_checkin", label: "puppy checkin" }]);
    expect(groups["Integrations"]).toEqual([{ value: "shopify_order", label: "shopify order" }]);
  });

  it("comes in pages that neither repeat nor skip", async () => {
    const seen = new Set<string>();
    let next: string | null = "";
    while (next !== null) {
      const { body } = await feed(next === "" ? "" : `?before=${next}`);
      for (const item of body.feed.items as { id: string }[]) {
        expect(seen.has(item.id)).toBe(false);
        seen.add(item.id);
      }
      next = body.feed.next as string | null;
    }
    expect(seen.size).toBe(62);
  });

  it.each(["?before=nonsense", "?source=root", "?action=", "?limit=1000"])("refuses %s", async (query) => {
    expect((await feed(query)).status).toBe(400);
  });
});

describe("all activity", () => {
  it("is one feed of everything, in pages, with the subscription's name", async () => {
    const first = await viewer.get("/admin/api/resources/activities/actions/feedAll?source=portal");
    expect(first.body.feed.items).toHaveLength(50);
    expect(first.body.feed.items[0].subscriptionTitle).toBe("Puppy box");
    const second = await viewer.get(`/admin/api/resources/activities/actions/feedAll?source=portal&before=${first.body.feed.next}`);
    expect(second.body.feed.items).toHaveLength(10);
    expect((await viewer.get("/admin/api/resources/activities/actions/feedAll?before=x")).status).toBe(400);
  });
});

describe("the dashboard", () => {
  it("counts and lists only what the role may open", async () => {
    const forViewer = await viewer.get("/admin/api/dashboard");
    expect(forViewer.body.counts.map((count: { resource: string }) => count.resource)).toContain("customers");
    const developer = await signIn(panel, "developer");
    const forDeveloper = await developer.get("/admin/api/dashboard");
    expect(forDeveloper.body.counts.map((count: { resource: string }) => count.resource)).toEqual([
      "widgets",
      "widget-versions",
      "communities",
    ]);
    expect(forDeveloper.body.recent).toEqual([]);
  });
});
