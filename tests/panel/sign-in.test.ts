import request from "supertest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { signInLimits } from "../../src/app/http/panel/index.js";
import { appOrigin, password, type StartedPanel, startForRequests } from "./start-panel.js";

/** Hole 13: the sign-in's limits, its answers, and where it leads. */
let panel: StartedPanel;
beforeEach(async () => {
  panel = await startForRequests();
});
afterEach(() => panel.close());

const attempt = (body: object, address = "203.0.113.7") =>
  request(panel.app).post("/admin/login").set("Origin", appOrigin).set("X-Forwarded-For", address).type("form").send(body);

describe("the sign-in", () => {
  it("answers alike for an unknown account, a wrong password and a locked account", async () => {
    await panel.database.execute("UPDATE users SET active = $1 WHERE id = $2", [false, panel.staff.viewer.id]);
    const answers = [
      await attempt({ email: "nobody@staff.example", password: "x" }),
      await attempt({ email: panel.staff.admin.email, password: "x" }),
      await attempt({ email: panel.staff.viewer.email, password }),
    ];
    const pages = answers.map(({ text }) => text.replace(/value="[^"]*"/g, ""));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(new Set(pages).size).toBe(1);
    for (const answer of answers) expect(answer.headers["set-cookie"]).toBeUndefined();
  });

  it("stops guessing one account, from wherever it comes, and says when to come back", async () => {
    for (let turn = 0; turn < signInLimits.account.calls; turn += 1)
      expect((await attempt({ email: panel.staff.admin.email, password: "guess" }, `198.51.100.${turn}`)).status).toBe(401);
    const limited = await attempt({ email: panel.staff.admin.email.toUpperCase(), password }, "198.51.100.99");
    expect(limited.status).toBe(429);
    expect(Number(limited.headers["retry-after"])).toBeGreaterThan(0);
    expect((await attempt({ email: panel.staff.viewer.email, password }, "198.51.100.99")).status).toBe(303);
  });

  it("stops guessing many accounts from one address", async () => {
    for (let turn = 0; turn < signInLimits.address.calls; turn += 1) await attempt({ email: `${turn}@staff.example`, password: "" });
    expect((await attempt({ email: panel.staff.admin.email, password })).status).toBe(429);
    expect((await attempt({ email: panel.staff.admin.email, password }, "203.0.113.8")).status).toBe(303);
  });

  it("does not use the limits up by signing in", async () => {
    for (let turn = 0; turn < signInLimits.account.calls + 2; turn += 1)
      expect((await attempt({ email: panel.staff.admin.email, password })).status).toBe(303);
  });

  it.each([
    ["//evil.example"],
    ["https://evil.example/admin"],
    ["/admin/../portal"],
    ["/admin/\\evil.example"],
    ["/admin@evil.example"],
    ["/admin/resources//evil.example"],
    ["javascript:alert(1)"],
    ["/adminevil"],
    ["/admin/logout"],
  ])("never leads to %s", async (next) => {
    const answer = await attempt({ email: panel.staff.admin.email, password, next });
    expect(answer.headers["location"]).toBe("/admin");
  });

  it("leads back to the page that was asked for", async () => {
    const asked = await request(panel.app).get("/admin/resources/widgets");
    expect(asked.headers["location"]).toBe("/admin/login?next=%2Fadmin%2Fresources%2Fwidgets");
    const answer = await attempt({ email: panel.staff.admin.email, password, next: "/admin/resources/widgets" });
    expect(answer.headers["location"]).toBe("/admin/resources/widgets");
  });

  it.each([["a".repeat(5000)], ["a".repeat(1025)]])("refuses an endless password without verifying it", async (long) => {
    const answer = await attempt({ email: panel.staff.admin.email, password: long });
    expect([400, 401, 413]).toContain(answer.status);
  });

  it("serves its page with headers that forbid framing and caching", async () => {
    const page = await request(panel.app).get("/admin/login");
    expect(page.headers).toMatchObject({
      "cache-control": "no-store",
      "x-frame-options": "DENY",
      "x-content-type-options": "nosniff",
      "cross-origin-opener-policy": "same-origin",
    });
    expect(page.headers["x-powered-by"]).toBeUndefined();
  });
});
