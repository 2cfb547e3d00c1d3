import { expect, test } from "vitest";
import { Scope } from "../../src/entities/index.js";
import { createCatalogueRecords, createStaffRecords } from "../../src/store/index.js";
import { describeEachDatabase } from "../support/each-database.js";

describeEachDatabase("staff records", (subject) => {
  const staff = () => createStaffRecords(subject.database);

  test("create a member once per address, in any case, and find them", async () => {
    expect(await staff().count()).toBe(0);
    const member = { email: "Grace@Staff.Example", name: "Grace", role: "manager", passwordHash: "h" } as const;
    const id = await staff().create(member);
    await expect(staff().create({ ...member, email: "grace@staff.example " })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await staff().count()).toBe(1);
    const found = {
      id,
      email: "grace@staff.example",
      role: "manager",
      active: true,
      sessionEpoch: 0,
      lastSignInAt: null,
      passwordHash: "h",
    };
    expect(await staff().findByEmail(" GRACE@staff.example")).toMatchObject(found);
    expect(await staff().findById(id)).toMatchObject(found);
    expect(await staff().findByEmail("%")).toBeUndefined();
    expect(await staff().findById("\0")).toBeUndefined();
  });

  test("note sign-ins and end sessions by raising the epoch", async () => {
    const id = await staff().create({ email: "epoch@staff.example", name: "E", role: "viewer", passwordHash: "h" });
    await staff().touchSignIn(id);
    await Promise.all([staff().bumpSessionEpoch(id), staff().bumpSessionEpoch(id), staff().bumpSessionEpoch(id)]);
    await staff().setPassword(id, "new");
    const found = await staff().findById(id);
    expect(found).toMatchObject({ sessionEpoch: 4, passwordHash: "new" });
    expect(Math.abs((found?.lastSignInAt?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
  });
});

describeEachDatabase("the catalogue", (subject) => {
  const register = (...names: string[]) =>
    createCatalogueRecords(subject.database).registerScopes(
      names.map((name) => ({
        scope: { name, title: `${name} title`, allows: "x" },
        confirms: name === "b",
        rateLimit: { calls: 5, perSeconds: 60 },
      })),
    );
  const list = async () =>
    (await subject.database.read.find(Scope, { order: { name: "ASC" } })).map(({ name, enabled, registered }) => ({
      name,
      enabled,
      registered,
    }));

  test("says what the capabilities say, keeps a person's choice, and unregisters scopes of no capability", async () => {
    await register("b", "a");
    expect(await subject.database.read.findOneByOrFail(Scope, { name: "b" })).toMatchObject({
      title: "b title",
      allows: "x",
      confirms: true,
      rateLimitCalls: 5,
      rateLimitSeconds: 60,
      enabled: true,
      registered: true,
    });
    await subject.database.execute("UPDATE scopes SET enabled = $1, title = 'old' WHERE name = $2", [false, "a"]);
    await register("a", "c");
    expect(await list()).toEqual([
      { name: "a", enabled: false, registered: true },
      { name: "b", enabled: true, registered: false },
      { name: "c", enabled: true, registered: true },
    ]);
    expect((await subject.database.read.findOneByOrFail(Scope, { name: "a" })).title).toBe("a title");
    await Promise.all([register("a", "b"), register("b", "a"), register("a", "b")]);
    expect(await list()).toHaveLength(3);
    await register();
    expect((await list()).every(({ registered }) => !registered)).toBe(true);
  });

  test("confirms a shared scope when one of its capabilities does", async () => {
    const one = { scope: { name: "shared", title: "t", allows: "a" }, rateLimit: { calls: 1, perSeconds: 1 } };
    await createCatalogueRecords(subject.database).registerScopes([
      { ...one, confirms: false },
      { ...one, confirms: true },
      { ...one, confirms: false },
    ]);
    expect(await subject.database.read.findOneByOrFail(Scope, { name: "shared" })).toMatchObject({ confirms: true });
  });
});
