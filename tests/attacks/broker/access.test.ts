import { describe, expect, it } from "vitest";
import { ada, bob, createBrokerHouse, eve, type House, type Target } from "../../broker/broker-house.js";

const entry = { action: "widget_note" };

describe("a call about what is not the caller's", () => {
  const cases: readonly { name: string; customer?: typeof ada; target: Target; code: string }[] = [
    { name: "another customer's subscription", target: { subscriptionId: "subscription-bob" }, code: "NOT_FOUND" },
    { name: "a subscription of another community", target: { subscriptionId: "subscription-eve" }, code: "NOT_FOUND" },
    { name: "a subscription that does not exist", target: { subscriptionId: "subscription-none" }, code: "NOT_FOUND" },
    { name: "a widget of another community", target: { widgetId: "widget-3", versionId: "version-3" }, code: "NOT_FOUND" },
    { name: "a widget that does not exist", target: { widgetId: "widget-none" }, code: "NOT_FOUND" },
    { name: "another widget's version", target: { versionId: "version-2" }, code: "WIDGET_INACTIVE" },
    { name: "a version that does not exist", target: { versionId: "version-none" }, code: "WIDGET_INACTIVE" },
    { name: "a widget called __proto__", target: { widgetId: "__proto__" }, code: "NOT_FOUND" },
    { name: "a widget called constructor", target: { widgetId: "constructor" }, code: "NOT_FOUND" },
    { name: "SQL in the widget's id", target: { widgetId: "' OR 1=1 --" }, code: "NOT_FOUND" },
    { name: "SQL in the subscription's id", target: { subscriptionId: "x' UNION SELECT 1 --" }, code: "NOT_FOUND" },
    { name: "a path as the subscription's id", target: { subscriptionId: "../../etc/passwd" }, code: "NOT_FOUND" },
    { name: "the id in other letters", target: { subscriptionId: "SUBSCRIPTION-ADA" }, code: "NOT_FOUND" },
    { name: "the id with a space", target: { subscriptionId: "subscription-ada " }, code: "NOT_FOUND" },
    { name: "the own subscription as another customer", customer: bob, target: {}, code: "NOT_FOUND" },
    { name: "the own subscription as a customer of another community", customer: eve, target: {}, code: "NOT_FOUND" },
  ];

  it.each(cases)("is refused for $name, in every phase and door", async ({ customer, target, code }) => {
    const house = createBrokerHouse();
    const more = { target, ...(customer === undefined ? {} : { customer }) };
    const answers = [
      await house.execute("activity.log", entry, more),
      await house.prepare("entity.update", house.update({ weight: 1 }), more),
      await house.upload(Buffer.from("x"), more),
    ];
    for (const answer of answers) expect(answer.body.error?.code).toBe(code);
    expect(house.state.activities).toEqual([]);
  });

  it("answers foreign and absent alike, but for the request id", async () => {
    const house = createBrokerHouse();
    const strip = (answer: { status: number; body: { error: object } }) => ({ status: answer.status, ...answer.body.error, requestId: "" });
    const foreign = await house.execute("activity.log", entry, { target: { subscriptionId: "subscription-bob" } });
    const absent = await house.execute("activity.log", entry, { target: { subscriptionId: "subscription-none" } });
    expect(strip(foreign)).toEqual(strip(absent));
    const foreignEntity = await house.prepare("entity.update", house.update({ a: 1 }, "entity-bob"));
    const absentEntity = await house.prepare("entity.update", house.update({ a: 1 }, "entity-none"));
    expect(strip(foreignEntity)).toEqual(strip(absentEntity));
    expect(foreignEntity.status).toBe(404);
  });

  it.each(["entity-bob", "entity-eve", "entity-ada-2", "entity-none", "__proto__"])("does not touch entity %s", async (id) => {
    const house = createBrokerHouse();
    const before = JSON.stringify([...house.state.entities]);
    const answer = await house.confirmed(house.update({ weight: 1 }, id));
    expect(answer.body.error.code).toBe("NOT_FOUND");
    expect(JSON.stringify([...house.state.entities])).toBe(before);
  });

  it.each([
    [ada, "subscription-ada"],
    [ada, "subscription-ada-2"],
    [bob, "subscription-bob"],
  ] as const)("works for $id on the own $1", async (customer, subscriptionId) => {
    const house = createBrokerHouse();
    const answer = await house.execute("activity.log", entry, { customer, target: { subscriptionId } });
    expect(answer.status).toBe(200);
    expect(house.state.activities).toMatchObject([{ actorId: customer.id, subscriptionId }]);
  });
});

describe("what an admin decides counts at once, also between asking and doing", () => {
  const widget = (house: House) => {
    const stored = house.state.widgets.get("widget-1");
    if (!stored) throw new Error("The house has no widget-1");
    return stored;
  };
  const changes: readonly { name: string; change: (house: House) => void; code: string }[] = [
    {
      name: "the widget is switched off",
      change: (h) => void (widget(h).widget = { ...widget(h).widget, active: false }),
      code: "WIDGET_INACTIVE",
    },
    {
      name: "another version is live",
      change: (h) => void (widget(h).widget = { ...widget(h).widget, version: { ...widget(h).widget.version, id: "version-1b" } }),
      code: "WIDGET_INACTIVE",
    },
    { name: "the grant is taken back", change: (h) => void (widget(h).grantedScopes = []), code: "SCOPE_NOT_GRANTED" },
    {
      name: "only other scopes are granted",
      change: (h) => void (widget(h).grantedScopes = ["entity.update2", "ENTITY.UPDATE", "*", "subscription"]),
      code: "SCOPE_NOT_GRANTED",
    },
    {
      name: "the scopes are switched off",
      change: (h) => void h.state.disabledScopes.push("entity.update", "subscription.activity_log", "media.upload"),
      code: "CAPABILITY_DISABLED",
    },
    {
      name: "the methods are switched off by name",
      change: (h) => void h.state.disabledScopes.push("entity.update", "activity.log", "media.upload"),
      code: "CAPABILITY_DISABLED",
    },
    {
      name: "the product no longer matches",
      change: (h) => {
        widget(h).widget = { ...widget(h).widget, conditionId: "product-title-contains", conditionOptions: { text: "kitten" } };
      },
      code: "WIDGET_INACTIVE",
    },
    {
      name: "the condition's plugin is gone",
      change: (h) => void (widget(h).widget = { ...widget(h).widget, conditionId: "gone" }),
      code: "WIDGET_INACTIVE",
    },
    {
      name: "the condition's options are damaged",
      change: (h) => void (widget(h).widget = { ...widget(h).widget, conditionId: "product-title-contains", conditionOptions: {} }),
      code: "WIDGET_INACTIVE",
    },
    {
      name: "the condition is called __proto__",
      change: (h) => void (widget(h).widget = { ...widget(h).widget, conditionId: "__proto__" }),
      code: "WIDGET_INACTIVE",
    },
    {
      name: "the destination is unknown",
      change: (h) => void (widget(h).widget = { ...widget(h).widget, destination: "constructor" as "new_tab" }),
      code: "WIDGET_INACTIVE",
    },
  ];

  it.each(changes)("when $name", async ({ change, code }) => {
    const house = createBrokerHouse();
    const params = house.update({ weight: 13.1 });
    const asked = await house.prepare("entity.update", params);
    expect(asked.status).toBe(200);
    change(house);
    const answers = [
      await house.execute("entity.update", params, { token: asked.body.confirmation.token }),
      await house.prepare("entity.update", params),
      await house.execute("activity.log", entry),
      await house.upload(Buffer.from("x")),
    ];
    for (const answer of answers) expect(answer.body.error?.code).toBe(code);
    expect(house.state.entities.get("entity-ada")?.attributes["weight"]).toBe(12.4);
    expect(house.state.activities).toEqual([]);
    expect(house.state.media).toEqual([]);
  });

  it("when the matching condition still holds, the call goes through", async () => {
    const house = createBrokerHouse();
    widget(house).widget = { ...widget(house).widget, conditionId: "product-title-contains", conditionOptions: { text: "PUPPY" } };
    expect((await house.confirmed(house.update({ weight: 13.1 }))).status).toBe(200);
  });

  it("a scope that is switched off leaves the others alone", async () => {
    const house = createBrokerHouse();
    house.state.disabledScopes.push("entity.update");
    expect((await house.execute("activity.log", entry)).status).toBe(200);
    expect((await house.prepare("entity.update", house.update({ a: 1 }))).body.error.code).toBe("CAPABILITY_DISABLED");
  });
});

describe("a method that does not exist", () => {
  it.each([
    "entity.delete",
    "entity.Update",
    "entity.update ",
    "__proto__",
    "constructor",
    "toString",
    "activity.read",
    "subscription.activity_log",
    "../entity.update",
  ])("%s is unknown", async (method) => {
    const house = createBrokerHouse();
    expect((await house.execute(method, {})).body.error).toMatchObject({ code: "UNKNOWN_METHOD", retryable: false });
    expect((await house.upload(Buffer.from("x"), { method })).body.error.code).toBe("UNKNOWN_METHOD");
  });

  it("each method has one door", async () => {
    const house = createBrokerHouse();
    expect((await house.execute("media.upload", {})).body.error.code).toBe("PROTOCOL");
    expect((await house.upload(Buffer.from("x"), { method: "activity.log" })).body.error.code).toBe("PROTOCOL");
    expect((await house.prepare("activity.log", entry)).body.error.code).toBe("PROTOCOL");
  });
});
