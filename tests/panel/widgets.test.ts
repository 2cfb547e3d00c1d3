import type { Agent } from "supertest";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Activity, Grant, Widget, WidgetVersion } from "../../src/entities/index.js";
import { seedVersion, seedWidget } from "../support/database.js";
import { type StartedPanel, signIn, startForRequests } from "./start-panel.js";

let panel: StartedPanel;
let manager: Agent;
let developer: Agent;
beforeAll(async () => {
  panel = await startForRequests();
  manager = await signIn(panel, "manager");
  developer = await signIn(panel, "developer");
});
afterAll(() => panel.close());
beforeEach(() => void panel.changes.splice(0));

const good = Buffer.from("window.gro.onReady(() => window.gro.resize());\n");
const bad = Buffer.from("// a widget\n  const run = eval(atob('YQ=='));\n");
const read = () => panel.database.read;

function create(fields: Record<string, string>, bundle: Buffer | null = good, fileName = "widget.js") {
  const form: Record<string, string> = {
    name: "Size selector",
    description: "",
    communityId: panel.portal.communityId,
    destination: "new_tab",
    conditionId: "product-title-contains",
    conditionOptions: JSON.stringify({ text: "Puppy" }),
    scopes: JSON.stringify(["entity.update"]),
    active: "true",
    ...fields,
  };
  let post = manager.post("/admin/api/resources/widgets/actions/new");
  for (const [name, value] of Object.entries(form)) post = post.field(name, value);
  return bundle === null ? post : post.attach("bundle", bundle, fileName);
}

describe("create widget", () => {
  it("makes the widget, its grants and its first version in one go, and switches it on", async () => {
    const answer = await create({});
    expect(answer.status).toBe(200);
    const { id, params } = answer.body.record;
    expect(params).toMatchObject({
      name: "Size selector",
      active: true,
      version: 1,
      visibility: "Product title contains “Puppy”",
      scopeNames: '["entity.update"]',
    });
    expect(answer.body.report.verdict).toBe("publish");
    expect(await read().findOneByOrFail(Widget, { id })).toMatchObject({
      createdById: panel.staff.manager.id,
      runtime: "bundle",
      conditionOptions: { text: "Puppy" },
    });
    expect(await read().findOneByOrFail(Grant, { widgetId: id })).toMatchObject({
      scopeName: "entity.update",
      createdById: panel.staff.manager.id,
    });
    expect(panel.changes).toContainEqual({ kind: "widget", widgetId: id });
  });

  it("leaves it off when it was not asked to be active", async () => {
    const answer = await create({ active: "false", name: "Quiet" });
    expect(answer.body.record.params).toMatchObject({ active: false, version: 1 });
  });

  it("stores nothing when the bundle is rejected, and shows each finding with its place", async () => {
    const before = await read().count(Widget);
    const answer = await create({}, bad);
    expect(answer.body.report.verdict).toBe("reject");
    expect(answer.body.report.findings[0]).toMatchObject({
      place: { file: "widget.js", line: 2, column: 14 },
      excerpt: { highlightStart: 14, highlightEnd: 19 },
      fix: expect.any(String) as string,
    });
    expect(await read().count(Widget)).toBe(before);
    expect(await read().countBy(WidgetVersion, { verdict: "reject" })).toBe(0);
  });

  it.each([
    ["a missing bundle", {}, null, "bundle"],
    ["an empty name", { name: " " }, good, "name"],
    ["an unknown destination", { destination: "header" }, good, "destination"],
    ["a community that is gone", { communityId: "00000000-0000-4000-8000-000000000000" }, good, "communityId"],
    ["an unknown condition", { conditionId: "__proto__" }, good, "conditionId"],
    ["condition options that do not fit", { conditionOptions: '{"text":""}' }, good, "conditionOptions"],
    ["a scope that no plugin offers", { scopes: '["root"]' }, good, "scopes"],
    ["a direction mark in the name", { name: "Pay\u202eyap" }, good, "name"],
  ] as const)("says what is wrong with %s and stores nothing", async (_name, fields, bundle, field) => {
    const before = await read().count(Widget);
    const answer = await create(fields, bundle);
    expect(answer.status).toBe(422);
    expect(Object.keys(answer.body.record.errors)).toEqual([field]);
    expect(await read().count(Widget)).toBe(before);
  });

  it("takes no other kind of file", async () => {
    const answer = await create({}, good, "widget.html");
    expect(answer.body.record.errors.bundle.message).toMatch(/\.js/);
  });

  it("takes no text in place of the file", async () => {
    const answer = await manager
      .post("/admin/api/resources/widgets/actions/new")
      .send({ name: "x", bundle: { fileName: "x.js", bytes: "1" } });
    expect(answer.status).toBe(422);
  });

  it("refuses a file over the limit before it is judged", async () => {
    const answer = await create({}, Buffer.alloc(2 * 1024 * 1024 + 70_000, 32));
    expect(answer.status).toBe(413);
  });
});

describe("replace bundle", () => {
  const replace = (agent: Agent, bundle: Buffer) =>
    agent.post(`/admin/api/resources/widgets/records/${panel.portal.widgetId}/replaceBundle`).attach("bundle", bundle, "next.js");
  const live = async () => (await read().findOneByOrFail(Widget, { id: panel.portal.widgetId })).activeVersionId;

  it("keeps the old version live when the new one is rejected, and records the rejected one", async () => {
    const before = await live();
    const answer = await replace(developer, bad);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ activated: false, report: { verdict: "reject" }, notice: { type: "error" } });
    expect(await live()).toBe(before);
    expect(await read().findOneByOrFail(WidgetVersion, { id: answer.body.version.id })).toMatchObject({
      verdict: "reject",
      createdById: panel.staff.developer.id,
    });
  });

  it("makes an accepted one live", async () => {
    const answer = await replace(developer, good);
    expect(answer.body).toMatchObject({ activated: true, notice: { type: "success" } });
    expect(await live()).toBe(answer.body.version.id);
    expect(panel.changes).toContainEqual({ kind: "widget", widgetId: panel.portal.widgetId });
  });

  it("makes an older accepted version active again, and never a rejected or a foreign one", async () => {
    const activate = (versionId: unknown) =>
      developer.post(`/admin/api/resources/widgets/records/${panel.portal.widgetId}/activateVersion`).send({ versionId });
    expect((await activate(panel.portal.versionId)).status).toBe(200);
    expect(await live()).toBe(panel.portal.versionId);
    const rejected = await read().findOneByOrFail(WidgetVersion, { widgetId: panel.portal.widgetId, verdict: "reject" });
    expect((await activate(rejected.id)).status).toBe(409);
    const other = await seedWidget(panel.database, panel.portal.communityId, { name: "Other" });
    const foreign = await seedVersion(panel.database, other);
    for (const id of [foreign, "nothing", null, { $ne: "" }]) expect((await activate(id)).status).toBe(404);
    expect(await live()).toBe(panel.portal.versionId);
  });
});

describe("a widget's record", () => {
  it("lists its versions with who and when", async () => {
    const { body } = await developer.get(`/admin/api/resources/widgets/records/${panel.portal.widgetId}/overview`);
    expect(body.versions.map((version: { number: number }) => version.number)).toEqual([3, 2, 1]);
    expect(body.versions[1]).toMatchObject({ verdict: "reject", createdBy: "Developer Person", findings: { block: 1 } });
  });

  it("gives a fresh preview link for an accepted version only", async () => {
    const link = await developer.get(`/admin/api/resources/widget-versions/records/${panel.portal.versionId}/preview`);
    expect(link.body.url).toContain(`/portal/preview?version=${panel.portal.versionId}`);
    const followed = await developer.get(`/admin/preview/${panel.portal.versionId}`);
    expect([followed.status, followed.headers["location"]]).toEqual([303, link.body.url]);
    const rejected = await read().findOneByOrFail(WidgetVersion, { verdict: "reject" });
    expect((await developer.get(`/admin/preview/${rejected.id}`)).status).toBe(404);
    expect((await developer.get(`/admin/api/resources/widget-versions/records/${rejected.id}/preview`)).status).toBe(404);
  });

  it("is switched off and on with the change told at once", async () => {
    const url = `/admin/api/resources/widgets/records/${panel.portal.widgetId}/switchActive`;
    expect((await manager.post(url).send({ active: false })).body.record.params.active).toBe(false);
    expect(panel.changes).toEqual([{ kind: "widget", widgetId: panel.portal.widgetId }]);
    expect((await manager.post(url).send({ active: "perhaps" })).status).toBe(422);
    expect((await manager.post(url).send({ active: true })).body.record.params.active).toBe(true);
  });

  it("cannot be switched on without an accepted version", async () => {
    const empty = await seedWidget(panel.database, panel.portal.communityId, { name: "Empty", active: false });
    for (const action of ["switchActive", "edit"])
      expect(
        (await manager.post(`/admin/api/resources/widgets/records/${empty}/${action}`).send({ active: true })).body.record.errors.active
          .message,
      ).toMatch(/no accepted version/);
  });

  it("changes scopes as a set", async () => {
    const url = `/admin/api/resources/widgets/records/${panel.portal.widgetId}/edit`;
    await manager.post(url).send({ scopes: ["media.upload"] });
    expect((await read().findBy(Grant, { widgetId: panel.portal.widgetId })).map((grant) => grant.scopeName)).toEqual(["media.upload"]);
    await manager.post(url).send({ scopes: [] });
    expect(await read().countBy(Grant, { widgetId: panel.portal.widgetId })).toBe(0);
    await manager.post(url).send({ name: "Check-in" });
    expect(await read().countBy(Grant, { widgetId: panel.portal.widgetId })).toBe(0);
  });

  it("takes its versions and grants with it when it is deleted, and the record of it stays", async () => {
    const made = await create({ name: "Short-lived" });
    const { id } = made.body.record;
    expect((await manager.post(`/admin/api/resources/widgets/records/${id}/delete`)).status).toBe(200);
    expect(await read().countBy(WidgetVersion, { widgetId: id })).toBe(0);
    expect(await read().countBy(Grant, { widgetId: id })).toBe(0);
    expect(await read().countBy(Activity, { widgetId: id, action: "panel_widgets_deleted" })).toBe(1);
  });
});
