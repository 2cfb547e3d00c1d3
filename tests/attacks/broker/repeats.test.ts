import { describe, expect, it } from "vitest";
import { bob, createBrokerHouse } from "../../broker/broker-house.js";

const key = { "idempotency-key": "the-same-key" };

describe("a repeated call", () => {
  it("is answered alike and done once", async () => {
    const house = createBrokerHouse();
    const first = await house.execute("activity.log", { action: "x" }, { headers: key });
    const second = await house.execute("activity.log", { action: "x" }, { headers: key });
    expect(second.status).toBe(200);
    expect(second.body).toEqual(first.body);
    expect(house.state.activities).toHaveLength(1);
    expect(house.log.map((line) => line.fields["replayed"])).toEqual([false, true]);
  });

  it("is done once when ten arrive together", async () => {
    const house = createBrokerHouse();
    const answers = await Promise.all(Array.from({ length: 10 }, () => house.execute("activity.log", { action: "x" }, { headers: key })));
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    expect(house.state.activities).toHaveLength(1);
  });

  it.each([
    ["other parameters", { action: "y" }, {}],
    ["another subscription", { action: "x" }, { target: { subscriptionId: "subscription-ada-2" } }],
  ])("with %s is a conflict", async (_name, params, more) => {
    const house = createBrokerHouse();
    await house.execute("activity.log", { action: "x" }, { headers: key });
    const answer = await house.execute("activity.log", params, { headers: key, ...more });
    expect(answer.body.error.code).toBe("CONFLICT");
    expect(house.state.activities).toHaveLength(1);
  });

  it("with another method is a conflict, even when it was confirmed", async () => {
    const house = createBrokerHouse();
    await house.execute("activity.log", { action: "x" }, { headers: key });
    const answer = await house.confirmed(house.update({ weight: 13 }));
    expect(answer.status).toBe(200);
    const params = house.update({ weight: 14 });
    const asked = await house.prepare("entity.update", params);
    const reused = await house.execute("entity.update", params, { token: asked.body.confirmation.token, headers: key });
    expect(reused.body.error.code).toBe("CONFLICT");
    expect(house.state.entities.get("entity-ada")?.attributes).toEqual({ weight: 13 });
  });

  it.each([
    ["another customer's", { customer: bob, target: { subscriptionId: "subscription-bob" } }],
    ["another widget's", { target: { widgetId: "widget-2", versionId: "version-2" } }],
  ])("%s same key is a call of its own", async (_name, more) => {
    const house = createBrokerHouse();
    await house.execute("activity.log", { action: "x" }, { headers: key });
    expect((await house.execute("activity.log", { action: "y" }, { headers: key, ...more })).status).toBe(200);
    expect(house.state.activities).toHaveLength(2);
  });

  it("of a confirmed write with the same key and yes gets the first answer", async () => {
    const house = createBrokerHouse();
    const params = house.update({ weight: 13.1 });
    const { token } = (await house.prepare("entity.update", params)).body.confirmation;
    const first = await house.execute("entity.update", params, { token, headers: key });
    const second = await house.execute("entity.update", params, { token, headers: key });
    expect(second.body).toEqual(first.body);
    expect(second.status).toBe(200);
    expect(house.state.activities).toHaveLength(1);
  });

  it("is not answered from memory after the grant was taken back", async () => {
    const house = createBrokerHouse();
    await house.execute("activity.log", { action: "x" }, { headers: key });
    house.state.widgets.get("widget-1")!.grantedScopes = [];
    expect((await house.execute("activity.log", { action: "x" }, { headers: key })).body.error.code).toBe("SCOPE_NOT_GRANTED");
  });

  it("after a failure may succeed: nothing of the failure is kept", async () => {
    const house = createBrokerHouse();
    const failed = await house.execute("activity.log", { action: "!" }, { headers: key });
    expect(failed.body.error.code).toBe("INVALID_PARAMS");
    expect((await house.execute("activity.log", { action: "ok" }, { headers: key })).status).toBe(200);
  });
});

describe("too many calls", () => {
  const log = (house: ReturnType<typeof createBrokerHouse>, more = {}) => house.execute("activity.log", { action: "x" }, more);

  it("are refused with the time to wait, and taken again after it", async () => {
    const house = createBrokerHouse();
    for (let call = 0; call < 60; call += 1) expect((await log(house)).status).toBe(200);
    const answer = await log(house);
    expect(answer.status).toBe(429);
    expect(answer.body.error).toMatchObject({ code: "RATE_LIMITED", retryable: true, details: { retryAfterMs: 60_000 } });
    expect(answer.headers["retry-after"]).toBe("60");
    expect((await log(house, { target: { widgetId: "widget-2", versionId: "version-2" } })).status).toBe(200);
    expect((await log(house, { customer: bob, target: { subscriptionId: "subscription-bob" } })).status).toBe(200);
    house.time.now += 60_000;
    expect((await log(house)).status).toBe(200);
  });

  it("count for the customer over all subscriptions, and invalid ones count too", async () => {
    const house = createBrokerHouse();
    for (let call = 0; call < 30; call += 1) await house.execute("activity.log", { action: 5 });
    for (let call = 0; call < 30; call += 1) await log(house, { target: { subscriptionId: "subscription-ada-2" } });
    expect((await log(house)).body.error.code).toBe("RATE_LIMITED");
  });

  it("of asking are limited as well, without using up the doing", async () => {
    const house = createBrokerHouse();
    const params = house.update({ weight: 13 });
    let token = "";
    for (let call = 0; call < 30; call += 1) token = (await house.prepare("entity.update", params)).body.confirmation.token;
    expect((await house.prepare("entity.update", params)).body.error.code).toBe("RATE_LIMITED");
    expect((await house.execute("entity.update", params, { token })).status).toBe(200);
  });

  it("that are refused for their grant do not use up the limit", async () => {
    const house = createBrokerHouse();
    const stored = house.state.widgets.get("widget-1")!;
    stored.grantedScopes = [];
    for (let call = 0; call < 70; call += 1) await log(house);
    stored.grantedScopes = ["subscription.activity_log"];
    expect((await log(house)).status).toBe(200);
  });

  it("of uploads end a customer's day at 200 files, over all widgets", async () => {
    const house = createBrokerHouse();
    house.limiter.buckets.set("broker:files:customer-ada", { used: 200, until: house.time.now + 3_600_000 });
    const answer = await house.upload(Buffer.from("x"), { target: { widgetId: "widget-2", versionId: "version-2" } });
    expect(answer.body.error).toMatchObject({ code: "RATE_LIMITED", details: { retryAfterMs: 3_600_000 } });
  });

  it("of uploads end a customer's day at 300 MiB", async () => {
    const house = createBrokerHouse();
    house.limiter.buckets.set("broker:mebibytes:customer-ada", { used: 300, until: house.time.now + 3_600_000 });
    expect((await house.upload(Buffer.from("x"))).body.error.code).toBe("RATE_LIMITED");
  });

  it("about nothing are not free: a customer's calls count together, also refused ones", async () => {
    const house = createBrokerHouse();
    house.limiter.buckets.set("broker:calls:customer-ada", { used: 1_199, until: house.time.now + 30_000 });
    let lookups = 0;
    const { findCallSubject } = house.records;
    house.records.findCallSubject = (...asked) => {
      lookups += 1;
      return findCallSubject(...asked);
    };
    expect((await log(house, { target: { widgetId: "widget-none" } })).body.error.code).toBe("NOT_FOUND");
    const answer = await log(house, { target: { widgetId: "widget-none" } });
    expect(answer.body.error).toMatchObject({ code: "RATE_LIMITED", details: { retryAfterMs: 30_000 } });
    expect(lookups).toBe(1);
    expect((await log(house, { customer: bob, target: { subscriptionId: "subscription-bob" } })).status).toBe(200);
  });

  it("that write end a customer's day at 5,000, over all widgets, and asking still works", async () => {
    const house = createBrokerHouse();
    house.limiter.buckets.set("broker:writes:customer-ada", { used: 5_000, until: house.time.now + 3_600_000 });
    const answer = await log(house, { target: { widgetId: "widget-2", versionId: "version-2" } });
    expect(answer.body.error).toMatchObject({ code: "RATE_LIMITED", details: { retryAfterMs: 3_600_000 } });
    expect(house.state.activities).toEqual([]);
    expect((await house.prepare("entity.update", house.update({ weight: 13 }))).status).toBe(200);
  });
});
