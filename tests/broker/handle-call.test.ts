import { describe, expect, it } from "vitest";
import { ada, createBrokerHouse } from "./broker-house.js";

describe("a capability call over HTTP", () => {
  it("asks with was and now from server data, then replaces the attributes and audits the change", async () => {
    const house = createBrokerHouse();
    const params = house.update({ weight: 13.1, colour: "brown" });
    const asked = await house.prepare("entity.update", params);
    expect(asked.status).toBe(200);
    expect(asked.body.confirmation).toMatchObject({
      subject: "Fluffy",
      action: "wants to update",
      changes: [{ label: "weight", was: "12.4", now: "13.1" }],
    });
    const done = await house.execute("entity.update", params, { token: asked.body.confirmation.token });
    expect(done.body).toEqual({ reply: { data: { id: "entity-ada", attributes: { weight: 13.1, colour: "brown" } } } });
    expect(done.headers["cache-control"]).toBe("no-store");
    expect(house.state.entities.get("entity-ada")?.attributes).toEqual({ weight: 13.1, colour: "brown" });
    expect(house.state.activities).toMatchObject([
      { action: "entity_updated", source: "widget", actorKind: "customer", actorId: ada.id, changes: { weight: { from: 12.4, to: 13.1 } } },
    ]);
  });

  it("writes nothing when it only asks", async () => {
    const house = createBrokerHouse();
    await house.prepare("entity.update", house.update({ weight: 99 }));
    expect(house.state.entities.get("entity-ada")?.attributes).toEqual({ weight: 12.4, colour: "brown" });
    expect(house.state.activities).toEqual([]);
  });

  it("logs activity as the seed page's examples do", async () => {
    const house = createBrokerHouse();
    const first = await house.execute("activity.log", {
      action: "widget_puppy_checkin",
      description: "Weight updated for Fluffy",
      changes: { weight: { from: 12.4, to: 13.1 } },
      metadata: { meals_per_day: "2", notes: "eating well" },
    });
    expect(first.status).toBe(200);
    expect(first.body.reply.data.id).toEqual(expect.any(String));
    const second = await house.execute("activity.log", {
      action: "widget_puppy_checkin",
      metadata: { puppy_club_photo_urls: ["http://127.0.0.1:3001/m/x.png"] },
    });
    expect(second.status).toBe(200);
    expect(house.state.activities.map((entry) => entry.action)).toEqual(["widget_puppy_checkin", "widget_puppy_checkin"]);
  });

  it("writes one log line per call, without parameters, names or tokens", async () => {
    const house = createBrokerHouse();
    await house.confirmed(house.update({ secret_diet: "raw-liver-4711" }));
    await house.execute("activity.log", { action: "x", description: "raw-liver-4711" });
    expect(house.log).toHaveLength(3);
    const text = JSON.stringify(house.log);
    expect(text).not.toMatch(/raw-liver|secret_diet|Fluffy|Ada"|csrf|token/);
    expect(house.log[1]?.fields).toMatchObject({ event: "broker.call", phase: "execute", method: "entity.update", outcome: "OK" });
  });

  it("answers an unknown failure with INTERNAL and the request id, and logs it as an error", async () => {
    const house = createBrokerHouse();
    house.records.write = async () => {
      throw new Error("disk on fire at /secret/path");
    };
    const answer = await house.execute("activity.log", { action: "x" });
    expect(answer.status).toBe(500);
    expect(answer.body.error).toMatchObject({ code: "INTERNAL", message: "INTERNAL", requestId: expect.any(String) });
    expect(answer.text).not.toContain("fire");
    expect(house.log[0]?.level).toBe("error");
  });

  it("logs a failure that came before the call was known, under the id that the answer names", async () => {
    const house = createBrokerHouse();
    house.state.sessionsFail = true;
    const answer = await house.execute("activity.log", { action: "x" });
    expect(answer.body.error).toMatchObject({ code: "INTERNAL", requestId: expect.any(String) });
    expect(answer.text).not.toContain("away");
    expect(house.log).toMatchObject([{ level: "error", fields: { requestId: answer.body.error.requestId } }]);
  });

  it("lists what it can do", () => {
    const house = createBrokerHouse();
    expect(house.broker.catalogue()).toMatchObject([
      { method: "entity.update", scope: { name: "entity.update" }, confirms: true, takesImage: false },
      { method: "activity.log", scope: { name: "subscription.activity_log" }, confirms: false, takesImage: false },
      { method: "media.upload", scope: { name: "media.upload" }, confirms: false, takesImage: true },
    ]);
  });
});
