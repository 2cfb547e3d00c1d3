import type { Agent } from "supertest";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AccountSettings, Activity, Customer, Entity, User } from "../../src/entities/index.js";
import { verifyPassword } from "../../src/store/index.js";
import { seedSettings, seedUser } from "../support/database.js";
import { type StartedPanel, signIn, startForRequests, unknownId } from "./start-panel.js";

let panel: StartedPanel;
let admin: Agent;
let manager: Agent;
beforeAll(async () => {
  panel = await startForRequests();
  admin = await signIn(panel, "admin");
  manager = await signIn(panel, "manager");
});
afterAll(() => panel.close());
beforeEach(() => void panel.changes.splice(0));

const api = (path: string) => `/admin/api/resources/${path}`;
const read = () => panel.database.read;

describe("staff", () => {
  const edit = (id: string, body: object) => admin.post(api(`users/records/${id}/edit`)).send(body);

  it("always keep one active admin", async () => {
    const { id } = panel.staff.admin;
    expect((await edit(id, { active: false })).status).toBe(422);
    expect((await admin.post(api(`users/records/${id}/delete`))).status).toBe(422);
    const second = await seedUser(panel.database, { role: "admin", email: "second@staff.example" });
    expect((await edit(second, { role: "viewer" })).status).toBe(200);
    expect(await read().countBy(User, { role: "admin", active: true })).toBe(1);
  });

  it("have a password that is written and never read", async () => {
    const made = await admin
      .post(api("users/actions/new"))
      .send({ name: "Linus", email: "Linus@Staff.Example ", role: "viewer", password: "correct horse" });
    expect(made.status).toBe(200);
    const stored = await read().findOneByOrFail(User, { email: "linus@staff.example" });
    expect(await verifyPassword("correct horse", stored.passwordHash)).toBe(true);
    await edit(stored.id, { password: "", name: "Linus T" });
    expect((await read().findOneByOrFail(User, { id: stored.id })).passwordHash).toBe(stored.passwordHash);
    expect((await edit(stored.id, { password: "short" })).body.record.errors.password.message).toMatch(/10 characters/);
  });

  it.each([{ role: "root" }, { role: ["admin"] }, { active: "banana" }, { email: "not an address" }, { name: { first: "x" } }])(
    "refuse %j",
    async (body) => {
      expect((await edit(panel.staff.viewer.id, body)).status).toBe(422);
    },
  );
});

describe("records", () => {
  it("are written with who changed what, as was and now", async () => {
    await manager
      .post(api(`entities/records/${panel.portal.entityId}/edit`))
      .send({ name: "Fluffy II", attributes: { weight: 13, vaccinated: true } });
    const entity = await read().findOneByOrFail(Entity, { id: panel.portal.entityId });
    expect(entity).toMatchObject({ name: "Fluffy II", attributes: { weight: 13, vaccinated: true }, revision: 2 });
    const entry = await read().findOneByOrFail(Activity, { action: "panel_entities_updated" });
    expect(entry).toMatchObject({
      actorKind: "staff",
      actorId: panel.staff.manager.id,
      source: "panel",
      subscriptionId: panel.portal.subscriptionId,
      changes: { name: { from: "Fluffy", to: "Fluffy II" }, attributes: { from: { weight: 12.4 }, to: { weight: 13, vaccinated: true } } },
    });
  });

  it.each([
    [{ attributes: { nested: { a: 1 } } }],
    [{ attributes: '{"__proto__":{"polluted":1}}' }],
    [{ attributes: { constructor: 1 } }],
    [{ attributes: "[1,2]" }],
    [{ attributes: "{broken" }],
  ])("refuse attributes that are not flat: %j", async (body) => {
    const answer = await manager.post(api(`entities/records/${panel.portal.entityId}/edit`)).send(body);
    expect(answer.status).toBe(422);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("belong to the community of their parent, whatever the form says", async () => {
    const made = await manager
      .post(api("entities/actions/new"))
      .send({ name: "Rex", entityType: "dog", subscriptionId: panel.portal.subscriptionId, communityId: unknownId() });
    expect(made.body.record.params.communityId).toBe(panel.portal.communityId);
    expect(
      (await manager.post(api("entities/actions/new")).send({ name: "Rex", entityType: "dog", subscriptionId: unknownId() })).body.record
        .errors.subscriptionId.message,
    ).toMatch(/gone/);
  });

  it("are kept while something belongs to them", async () => {
    const answer = await manager.post(api(`customers/records/${panel.portal.customerId}/delete`));
    expect(answer.status).toBe(422);
    expect(answer.body.notice.message).toBe("1 subscription belongs to it. Delete that first.");
    expect(await read().countBy(Customer, { id: panel.portal.customerId })).toBe(1);
  });

  it("show names for references", async () => {
    const { body } = await manager.get(api("subscriptions/actions/list"));
    expect(body.records[0].populated.customerId.title).toBe("Ada Lovelace");
    expect(body.records[0].populated.communityId.title).toBe("Puppy Club");
  });

  it("are found by a part of their title", async () => {
    const { body } = await manager.get(api("customers/actions/search/LOVE"));
    expect(body.records.map((record: { title: string }) => record.title)).toEqual(["Ada Lovelace"]);
  });

  it("that are gone answer 404 to reading, saving and deleting", async () => {
    for (const id of [unknownId(), "x".repeat(200), "__proto__"]) {
      expect((await manager.get(api(`customers/records/${id}/show`))).status).toBe(404);
      expect((await manager.post(api(`customers/records/${id}/edit`)).send({ name: "x" })).status).toBe(404);
      expect((await manager.post(api(`customers/records/${id}/delete`))).status).toBe(404);
    }
  });

  it("are deleted in bulk one by one, until one is refused", async () => {
    const made = await manager
      .post(api("customers/actions/new"))
      .send({ name: "Zoe", email: "zoe@customer.example", communityId: panel.portal.communityId });
    const ids = [made.body.record.id, panel.portal.customerId].join(",");
    const answer = await manager.post(`${api("customers/bulk/bulkDelete")}?recordIds=${ids}`);
    expect(answer.body.notice).toMatchObject({ type: "error", message: expect.stringMatching(/^[01] of 2 deleted\./) as string });
    expect(await read().countBy(Customer, { id: panel.portal.customerId })).toBe(1);
  });
});

describe("communities and settings", () => {
  it("keep branding to what a page can safely hold", async () => {
    const edit = (body: object) => manager.post(api(`communities/records/${panel.portal.communityId}/edit`)).send(body);
    const hostile = [
      { "branding.primary_color": "red;background:url(https://evil.example)" },
      { "branding.font_family": "x;} body{display:none" },
      { "branding.border_radius": "8px;color:red" },
      { "branding.logo_url": "javascript:alert(1)" },
      { "branding.logo_url": "http://plain.example/logo.png" },
      { locale: "en_!" },
    ];
    for (const body of hostile) expect((await edit(body)).status, JSON.stringify(body)).toBe(422);
    const answer = await edit({ "branding.primary_color": "#0055aa" });
    expect(JSON.parse(answer.body.record.params.branding)).toMatchObject({
      primary_color: "#0055aa",
      font_family: "Inter",
      border_radius: "8px",
    });
    expect(panel.changes).toEqual([{ kind: "settings", communityId: panel.portal.communityId }]);
  });

  it("get their settings when they are made", async () => {
    const made = await manager.post(api("communities/actions/new")).send({ name: "Cat Club", slug: "cat-club" });
    expect(made.status).toBe(200);
    expect(await read().countBy(AccountSettings, { communityId: made.body.record.id })).toBe(1);
  });

  it("take only origins as storefronts and only known capabilities", async () => {
    const id = await seedSettings(panel.database, panel.portal.communityId);
    const edit = (body: object) => admin.post(api(`account-settings/records/${id}/edit`)).send(body);
    for (const origin of [
      "*",
      "https://*",
      "http://shop.example",
      "https://shop.example/",
      "https://shop.example/x",
      "https://a.example; script-src *",
      "javascript:1",
      "https://user@shop.example",
      "null",
    ])
      expect((await edit({ storefrontOrigins: [origin] })).status, origin).toBe(422);
    expect((await edit({ disabledCapabilities: ["root.access"] })).status).toBe(422);
    const answer = await edit({ storefrontOrigins: ["https://shop.example"], disabledCapabilities: ["media.upload"] });
    expect(answer.status).toBe(200);
    expect(panel.changes).toEqual([{ kind: "settings", communityId: panel.portal.communityId }]);
  });
});

describe("scopes", () => {
  it("can be switched, and nothing else of them changed", async () => {
    const { body } = await manager.get(`${api("scopes/actions/list")}?filters.name=media.upload`);
    const { id } = body.records[0];
    const answer = await manager
      .post(api(`scopes/records/${id}/edit`))
      .send({ enabled: false, name: "root", confirms: false, rateLimitCalls: 1_000_000 });
    expect(answer.body.record.params).toMatchObject({ enabled: false, name: "media.upload", rateLimitCalls: 10 });
    expect(panel.changes).toEqual([{ kind: "widget", widgetId: panel.portal.widgetId }]);
  });

  it("are granted once", async () => {
    const grant = { widgetId: panel.portal.widgetId, scopeName: "entity.update" };
    expect((await manager.post(api("grants/actions/new")).send(grant)).body.record.errors.scopeName.message).toMatch(/already/);
    expect((await manager.post(api("grants/actions/new")).send({ ...grant, scopeName: "root" })).status).toBe(422);
  });
});
