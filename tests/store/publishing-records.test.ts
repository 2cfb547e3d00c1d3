import { beforeAll, expect, test } from "vitest";
import type { NewVersion, StaffActor } from "../../src/contracts/index.js";
import { Activity, Widget, WidgetVersion } from "../../src/entities/index.js";
import { createId, createPageRecords, createPublishingRecords, createSandboxRecords } from "../../src/store/index.js";
import { sampleReport, seedCommunity, seedGrant, seedScope, seedSettings, seedUser, seedWidget } from "../support/database.js";
import { describeEachDatabase } from "../support/each-database.js";

const digest = "b".repeat(64);

describeEachDatabase("publishing records", (subject) => {
  let communityId: string;
  let actor: StaffActor;
  beforeAll(async () => {
    communityId = await seedCommunity(subject.database);
    const id = await seedUser(subject.database, { name: "Grace Hopper" });
    actor = { kind: "staff", id, name: "Grace Hopper", email: "g@staff.example", role: "developer" };
  });
  const records = () => createPublishingRecords(subject.database);
  const upload = (widgetId: string, change: Partial<NewVersion> = {}): NewVersion => ({
    widgetId,
    digest,
    size: 100,
    fileName: "widget.js",
    format: "script",
    report: sampleReport(digest),
    activate: true,
    actor,
    ...change,
  });
  const rejected = { report: sampleReport(digest, "reject") };
  const live = async (id: string) => (await subject.database.read.findOneByOrFail(Widget, { id })).activeVersionId;
  const entries = (widgetId: string) => subject.database.read.find(Activity, { where: { widgetId }, order: { id: "ASC" } });

  test("number versions from 1, make an accepted one live and write down who did it", async () => {
    const widgetId = await seedWidget(subject.database, communityId, { name: "Check-in" });
    const { version, activated } = await records().recordVersion(upload(widgetId));
    expect(activated).toBe(true);
    expect(version).toMatchObject({ number: 1, verdict: "publish", digest, fileName: "widget.js", widgetId });
    expect(await live(widgetId)).toBe(version.id);
    expect(await records().findVersion(version.id)).toEqual(version);
    expect(await entries(widgetId)).toMatchObject([
      {
        source: "panel",
        actorKind: "staff",
        actorId: actor.id,
        actorName: "Grace Hopper",
        communityId,
        subscriptionId: null,
        action: "version_uploaded",
        changes: { activeVersion: { from: null, to: 1 } },
      },
    ]);
  });

  test("keep the old version live when the new one is rejected, whatever was asked", async () => {
    const widgetId = await seedWidget(subject.database, communityId);
    const good = await records().recordVersion(upload(widgetId));
    const bad = await records().recordVersion(upload(widgetId, rejected));
    expect(bad).toMatchObject({ activated: false, version: { number: 2, verdict: "reject" } });
    expect(await live(widgetId)).toBe(good.version.id);
    await expect(records().activateVersion({ widgetId, versionId: bad.version.id, actor })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await live(widgetId)).toBe(good.version.id);
    expect((await entries(widgetId)).map(({ action }) => action)).toEqual(["version_uploaded", "version_rejected"]);
  });

  test("activate any accepted version, once", async () => {
    const widgetId = await seedWidget(subject.database, communityId);
    const first = await records().recordVersion(upload(widgetId));
    const second = await records().recordVersion(upload(widgetId, { activate: false }));
    expect(await live(widgetId)).toBe(first.version.id);
    await records().activateVersion({ widgetId, versionId: second.version.id, actor });
    await records().activateVersion({ widgetId, versionId: second.version.id, actor });
    expect(await live(widgetId)).toBe(second.version.id);
    const activations = (await entries(widgetId)).filter(({ action }) => action === "version_activated");
    expect(activations).toMatchObject([{ changes: { activeVersion: { from: 1, to: 2 } } }]);
  });

  test("answer NOT_FOUND for an unknown widget, and for a version of another widget", async () => {
    const widgetId = await seedWidget(subject.database, communityId);
    const other = await seedWidget(subject.database, communityId);
    const { version } = await records().recordVersion(upload(other));
    await expect(records().recordVersion(upload(createId()))).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(records().activateVersion({ widgetId, versionId: version.id, actor })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(records().activateVersion({ widgetId, versionId: "nope", actor })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await records().findVersion("nope")).toBeUndefined();
    expect(await live(widgetId)).toBeNull();
  });

  test("give 20 concurrent uploads 20 numbers without a gap", async () => {
    const widgetId = await seedWidget(subject.database, communityId);
    const uploads = Array.from({ length: 20 }, (_, index) => upload(widgetId, index % 3 === 0 ? rejected : {}));
    const results = await Promise.all(uploads.map((one) => records().recordVersion(one)));
    const numbers = results.map(({ version }) => version.number).toSorted((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    const newest = results.filter(({ activated }) => activated).toSorted((a, b) => b.version.number - a.version.number)[0];
    expect(await live(widgetId)).toBe(newest?.version.id);
    expect(await entries(widgetId)).toHaveLength(20);
  });

  test("write the system down as the actor of a publication without a person", async () => {
    const widgetId = await seedWidget(subject.database, communityId);
    const { version } = await records().recordVersion(
      upload(widgetId, { actor: { kind: "system", name: "Demo" }, fileName: "é".repeat(500) }),
    );
    expect(await entries(widgetId)).toMatchObject([{ actorKind: "system", actorId: null, actorName: "Demo", source: "system" }]);
    expect(await subject.database.read.findOneByOrFail(WidgetVersion, { id: version.id })).toMatchObject({ createdById: null });
    expect(version.fileName).toHaveLength(200);
  });

  test("serve accepted versions only, and say whether one is live and who may embed it", async () => {
    const sandbox = createSandboxRecords(subject.database);
    await seedSettings(subject.database, communityId, { storefrontOrigins: ["https://shop.example"] });
    const widgetId = await seedWidget(subject.database, communityId);
    const first = (await records().recordVersion(upload(widgetId, { format: "module" }))).version;
    const second = (await records().recordVersion(upload(widgetId, { activate: false }))).version;
    const bad = (await records().recordVersion(upload(widgetId, rejected))).version;
    const odd = (await records().recordVersion(upload(widgetId, { activate: false, format: "unknown" }))).version;
    expect(await sandbox.findServable(first.id)).toEqual({
      versionId: first.id,
      widgetId,
      digest,
      format: "module",
      active: true,
      storefrontOrigins: ["https://shop.example"],
    });
    expect(await sandbox.findServable(second.id)).toMatchObject({ active: false, format: "script" });
    for (const id of [bad.id, odd.id, "nope", ""]) expect(await sandbox.findServable(id)).toBeUndefined();
    await subject.database.execute("UPDATE widgets SET active = $1 WHERE id = $2", [false, widgetId]);
    expect(await sandbox.findServable(first.id)).toMatchObject({ active: false });
  });

  test("list a community's live widgets by name with their granted scopes, and any accepted version for previews", async () => {
    const pages = createPageRecords(subject.database);
    const mine = await seedCommunity(subject.database);
    await seedScope(subject.database, "page.scope", { confirms: true });
    const make = (name: string, active = true) => seedWidget(subject.database, mine, { name, active });
    const [b, a, off, empty] = [await make("B"), await make("A"), await make("C", false), await make("D")];
    await seedGrant(subject.database, b, "page.scope");
    await seedGrant(subject.database, b, "scope.of.nothing");
    for (const id of [b, a, off]) await records().recordVersion(upload(id));
    const draft = (await records().recordVersion(upload(empty, { activate: false }))).version;
    const bad = (await records().recordVersion(upload(empty, rejected))).version;
    const listed = await pages.listActiveWidgets(mine);
    expect(listed.map(({ name }) => name)).toEqual(["A", "B"]);
    expect(listed[1]).toMatchObject({
      id: b,
      communityId: mine,
      runtime: "bundle",
      destination: "detail.main.top",
      conditionId: "always",
      conditionOptions: {},
      version: { number: 1, createdBy: "Grace Hopper" },
      scopes: [{ name: "page.scope", title: "page.scope", allows: "Use page.scope", confirms: true }],
    });
    expect(await pages.findPreviewWidget(draft.id)).toMatchObject({ id: empty, version: { id: draft.id } });
    expect(await pages.findPreviewWidget(bad.id)).toBeUndefined();
    expect(await pages.listActiveWidgets("nope")).toEqual([]);
  });
});
