import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../../sdk/src/protocol/index.js";
import { createBrokerHouse } from "../../broker/broker-house.js";

const longKey = "k".repeat(81);
const many = (count: number, value: JsonValue = 1) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key_${index}`, value]));

describe("entity.update refuses attributes that are not flat scalars", () => {
  const bad: readonly { name: string; attributes: JsonValue; path?: string }[] = [
    { name: "a nested object", attributes: { weight: 1, vet: { name: "Dr. Who" } }, path: "attributes.vet" },
    { name: "an empty object as a value", attributes: { vet: {} }, path: "attributes.vet" },
    { name: "an array", attributes: { tags: ["a"] }, path: "attributes.tags" },
    { name: "an empty array", attributes: { tags: [] }, path: "attributes.tags" },
    { name: "text over 2,000 characters", attributes: { note: "x".repeat(2001) }, path: "attributes.note" },
    { name: "101 attributes", attributes: many(101), path: "attributes" },
    { name: "an empty name", attributes: { "": 1 } },
    { name: "a name of spaces", attributes: { "  ": 1 } },
    { name: "a name with a space at its end", attributes: { "weight ": 1 } },
    { name: "a name over 80 characters", attributes: { [longKey]: 1 } },
    { name: "a name with a line break", attributes: { "a\nb": 1 } },
    { name: "a name that turns text around", attributes: { "\u202egnihton": 1 } },
    { name: "a name with a zero-width space", attributes: { "wei\u200bght": 1 } },
    { name: "an array instead of attributes", attributes: [] },
    { name: "text instead of attributes", attributes: "weight=1" },
    { name: "null instead of attributes", attributes: null },
  ];

  it.each(bad)("$name", async ({ attributes, path }) => {
    const house = createBrokerHouse();
    const answer = await house.prepare("entity.update", { id: "entity-ada", attributes });
    expect(answer.status).toBe(422);
    expect(answer.body.error.code).toBe("INVALID_PARAMS");
    if (path !== undefined) expect(answer.body.error.details.issues.map((issue: { path: string }) => issue.path)).toContain(path);
    expect(answer.text).not.toContain("Dr. Who");
  });

  it.each([
    ["id missing", { attributes: {} }],
    ["attributes missing", { id: "entity-ada" }],
    ["id a number", { id: 1, attributes: {} }],
    ["id empty", { id: "", attributes: {} }],
    ["id an object", { id: { $ne: null }, attributes: {} }],
    ["id an array", { id: ["entity-ada"], attributes: {} }],
    ["a customer named", { id: "entity-ada", attributes: {}, customerId: "customer-bob" }],
    ["an owner named", { id: "entity-ada", attributes: {}, subscriptionId: "subscription-bob" }],
    ["a revision named", { id: "entity-ada", attributes: {}, revision: 99 }],
    ["a new name", { id: "entity-ada", attributes: {}, name: "Rex" }],
    ["a new type", { id: "entity-ada", attributes: {}, entityType: "cat" }],
    ["parameters as a list", [{ id: "entity-ada", attributes: {} }]],
    ["parameters as text", "entity-ada"],
    ["parameters null", null],
  ] as [string, JsonValue][])("%s", async (_name, params) => {
    const house = createBrokerHouse();
    expect((await house.prepare("entity.update", params)).body.error.code).toBe("INVALID_PARAMS");
    expect((await house.execute("entity.update", params)).body.error.code).toBe("INVALID_PARAMS");
  });

  it("a change of more rows than the customer can be shown", async () => {
    const house = createBrokerHouse();
    expect((await house.prepare("entity.update", house.update(many(60)))).body.error.code).toBe("INVALID_PARAMS");
  });

  const good: readonly { name: string; attributes: JsonObject }[] = [
    { name: "every kind of scalar", attributes: { a: "text", b: 1.5, c: -0.001, d: true, e: false, f: null } },
    { name: "no attributes at all", attributes: {} },
    { name: "unicode names and values", attributes: { größe: "42 ½", 体重: "重い 🐶", "meals per day": 2, "vet.name": "x", "a-b_c": 1 } },
    { name: "text of 2,000 characters", attributes: { note: "x".repeat(2000) } },
    { name: "HTML as text", attributes: { note: "<img src=x onerror=alert(1)>" } },
    { name: "a name of 80 characters", attributes: { ["k".repeat(80)]: 1 } },
    { name: "names of object methods", attributes: { toString: "x", hasOwnProperty: 1, valueOf: true } },
    { name: "line breaks in a value", attributes: { note: "one\ntwo\tthree" } },
    { name: "fifty attributes", attributes: { ...many(48), weight: 12.4, colour: "brown" } },
    { name: "large and small numbers", attributes: { a: 1e308, b: 5e-324, c: Number.MAX_SAFE_INTEGER } },
  ];
  it.each(good)("but takes $name and replaces the whole set", async ({ attributes }) => {
    const house = createBrokerHouse();
    const answer = await house.confirmed(house.update(attributes));
    expect(answer.status).toBe(200);
    expect(answer.body.reply).toEqual({ data: { id: "entity-ada", attributes } });
    expect(house.state.entities.get("entity-ada")?.attributes).toEqual(attributes);
  });

  it("shows removed attributes in the confirmation", async () => {
    const house = createBrokerHouse();
    const asked = await house.prepare("entity.update", house.update({ weight: 12.4 }));
    expect(asked.body.confirmation.changes).toEqual([{ label: "colour", was: "brown", now: null }]);
  });

  it("says how long a text is that the confirmation cuts", async () => {
    const house = createBrokerHouse();
    const asked = await house.prepare("entity.update", house.update({ weight: 12.4, colour: "b".repeat(1999) }));
    expect(asked.body.confirmation.changes[0].now).toMatch(/^b+ … \(1999 characters\)$/);
    expect(asked.body.confirmation.changes[0].now.length).toBeLessThanOrEqual(200);
  });
});

describe("activity.log keeps actor, source and namespace to itself", () => {
  it.each([
    ["actor", { actor: "staff" }],
    ["actorKind", { actorKind: "staff" }],
    ["actorId", { actorId: "customer-bob" }],
    ["actorName", { actorName: "Support" }],
    ["source", { source: "panel" }],
    ["customerId", { customerId: "customer-bob" }],
    ["subscriptionId", { subscriptionId: "subscription-bob" }],
    ["widgetId", { widgetId: "widget-2" }],
    ["createdAt", { createdAt: "2020-01-01" }],
    ["id", { id: "activity-1" }],
    ["requestId", { requestId: "x" }],
    ["communityId", { communityId: "community-2" }],
  ] as [string, JsonObject][])("a forged %s is refused", async (_name, extra) => {
    const house = createBrokerHouse();
    const answer = await house.execute("activity.log", { action: "widget_x", ...extra });
    expect(answer.body.error.code).toBe("INVALID_PARAMS");
    expect(house.state.activities).toEqual([]);
  });

  it.each([
    ["action missing", {}],
    ["action empty", { action: "" }],
    ["action without a letter", { action: "!!! ---" }],
    ["action that is only the prefix", { action: "widget_" }],
    ["action a number", { action: 5 }],
    ["action over 200 characters", { action: "a".repeat(201) }],
    ["description over 1,000 characters", { action: "a", description: "x".repeat(1001) }],
    ["description an object", { action: "a", description: { html: "x" } }],
    ["changes a list", { action: "a", changes: [1] }],
    ["a change that is a scalar", { action: "a", changes: { weight: 13 } }],
    ["a change with a third field", { action: "a", changes: { weight: { from: 1, to: 2, by: "staff" } } }],
    ["51 changes", { action: "a", changes: many(51, { from: 1, to: 2 }) }],
    ["metadata a list", { action: "a", metadata: [1] }],
    ["metadata text", { action: "a", metadata: "x" }],
    ["metadata over 16 KiB", { action: "a", metadata: { note: "x".repeat(17_000) } }],
    ["a name over 80 characters in metadata", { action: "a", metadata: { [longKey]: 1 } }],
  ] as [string, JsonObject][])("%s is refused", async (_name, params) => {
    const house = createBrokerHouse();
    expect((await house.execute("activity.log", params)).body.error.code).toBe("INVALID_PARAMS");
    expect(house.state.activities).toEqual([]);
  });

  it.each([
    ["widget_puppy_checkin", "widget_puppy_checkin"],
    ["puppy_checkin", "widget_puppy_checkin"],
    ["PuppyCheckin", "widget_puppy_checkin"],
    ["widget_widget_x", "widget_x"],
    ["WIDGET_X", "widget_x"],
    ["subscription_cancelled", "widget_subscription_cancelled"],
    ["entity_updated", "widget_entity_updated"],
    ["staff.login", "widget_staff_login"],
    ["a'; DROP TABLE activities; --", "widget_a_drop_table_activities"],
    ["Gewicht geändert", "widget_gewicht_geandert"],
    ["a\u202eb", "widget_a_b"],
    ["a".repeat(200), `widget_${"a".repeat(73)}`],
    ["integration_shopify", "widget_integration_shopify"],
  ])("action %j becomes %j", async (action, stored) => {
    const house = createBrokerHouse();
    expect((await house.execute("activity.log", { action })).status).toBe(200);
    expect(house.state.activities).toMatchObject([{ action: stored, actorKind: "customer", actorId: "customer-ada", source: "widget" }]);
  });

  it.each([
    ["only an action", { action: "x" }],
    ["structured data in metadata", { action: "x", metadata: { photos: ["a", "b"], meals: { morning: 1, evening: [2, 3] } } }],
    ["a first value", { action: "x", changes: { weight: { from: null, to: 13.1 } } }],
    ["an open change", { action: "x", changes: { weight: { to: 13.1 } } }],
    ["a description in many scripts", { action: "x", description: "Gewicht 体重 🐶 <b>" }],
    ["an address elsewhere as text", { action: "x", metadata: { url: "https://evil.example/?d=1" } }],
  ] as [string, JsonObject][])("%s is taken", async (_name, params) => {
    const house = createBrokerHouse();
    expect((await house.execute("activity.log", params)).status).toBe(200);
    expect(house.state.activities).toHaveLength(1);
  });
});
