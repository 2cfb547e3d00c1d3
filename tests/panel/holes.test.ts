import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import request from "supertest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { User } from "../../src/entities/index.js";
import { appOrigin, password, type StartedPanel, signIn, startForRequests } from "./start-panel.js";

/** Each of the holes that AdminJS has as shipped, by its number in the design notes, and the harmless use beside it. */
let panel: StartedPanel;
let admin: Awaited<ReturnType<typeof signIn>>;
let manager: Awaited<ReturnType<typeof signIn>>;
let viewer: Awaited<ReturnType<typeof signIn>>;
beforeAll(async () => {
  panel = await startForRequests();
  admin = await signIn(panel, "admin");
  manager = await signIn(panel, "manager");
  viewer = await signIn(panel, "viewer");
});
afterAll(() => panel.close());

const api = (path: string) => `/admin/api/resources/${path}`;
const fetchUser = (role: keyof StartedPanel["staff"]) => panel.database.read.findOneByOrFail(User, { id: panel.staff[role].id });

describe("hole 1: a name cannot become script in the page", () => {
  it("escapes markup of the signed-in person's name in the page's state", async () => {
    const name = "</script><script>window.pwned=1</script><!--";
    await panel.database.execute("UPDATE users SET name = $1 WHERE id = $2", [name, panel.staff.viewer.id]);
    const { text } = await viewer.get("/admin/");
    await panel.database.execute("UPDATE users SET name = $1 WHERE id = $2", ["Viewer Person", panel.staff.viewer.id]);
    expect(text).not.toContain("<script>window.pwned");
    expect(text).toContain("\\u003c/script\\u003e\\u003cscript\\u003ewindow.pwned=1");
  });

  it("escapes what is echoed on the sign-in page", async () => {
    const { text } = await request(panel.app)
      .post("/admin/login")
      .set("Origin", appOrigin)
      .type("form")
      .send({ email: '"><script>x</script>', password: "x", next: '"><img src=x>' });
    expect(text).not.toContain("<script>x");
    expect(text).not.toContain("<img src=x");
  });
});

describe("hole 2: nothing is fetched from elsewhere", () => {
  it("names no other origin in the pages or the policy, apart from our media store", async () => {
    for (const page of [await admin.get("/admin/"), await request(panel.app).get("/admin/login")]) {
      expect(page.text).not.toMatch(/(src|href)="(https?:)?\/\//);
      const policy = String(page.headers["content-security-policy"]).replace("http://127.0.0.1:3001/media/", "");
      expect(policy).not.toMatch(/https?:|\*/);
    }
  });
});

describe("hole 3: no body is read before the gate, and no file ever reaches the disk", () => {
  const big = Buffer.alloc(300_000, 97);
  const uploads = async () => (await readdir(tmpdir())).filter((name) => name.startsWith("upload_"));

  it.each(["/admin/login", "/admin/frontend/assets/x.js", "/admin/api/resources/widgets/actions/new"])(
    "leaves nothing of a stranger's upload to %s",
    async (path) => {
      const before = await uploads();
      const answer = await request(panel.app).post(path).set("Origin", appOrigin).attach("bundle", big, "x.js");
      expect([400, 401, 404]).toContain(answer.status);
      expect(await uploads()).toEqual(before);
    },
  );

  it("leaves nothing of a signed-in upload either", async () => {
    const before = await uploads();
    const answer = await admin
      .post(api(`widgets/records/${panel.portal.widgetId}/replaceBundle`))
      .attach("bundle", Buffer.from("1"), "x.js");
    expect(answer.status).toBe(200);
    expect(await uploads()).toEqual(before);
  });

  it("takes files only where a bundle is uploaded", async () => {
    const answer = await admin.post(api("communities/actions/new")).field("name", "x").attach("bundle", Buffer.from("1"), "x.js");
    expect(answer.status).toBe(400);
  });
});

describe("hole 4: other sites cannot act for a signed-in person", () => {
  const edit = () => admin.post(api(`communities/records/${panel.portal.communityId}/edit`)).send({ name: "Changed by another site" });

  it.each([
    ["another origin", { Origin: "https://evil.example" }],
    ["no origin at all", { Origin: "" }],
    ["the null origin", { Origin: "null" }],
    ["a cross-site fetch", { Origin: appOrigin, "Sec-Fetch-Site": "cross-site" }],
    ["a same-site fetch", { Origin: appOrigin, "Sec-Fetch-Site": "same-site" }],
  ])("refuses a change from %s", async (_name, headers) => {
    const answer = await edit().set(headers);
    expect(answer.status).toBe(403);
  });

  it("takes one from its own pages", async () => {
    const answer = await admin
      .post(api(`communities/records/${panel.portal.communityId}/edit`))
      .set("Sec-Fetch-Site", "same-origin")
      .send({ name: "Puppy Club" });
    expect(answer.status).toBe(200);
  });

  it("does not sign out by a link", async () => {
    const agent = await signIn(panel, "viewer");
    expect((await agent.get("/admin/logout")).status).toBe(404);
    expect((await agent.get("/admin/api/dashboard")).status).toBe(200);
    expect((await agent.post("/admin/logout")).status).toBe(303);
    expect((await agent.get("/admin/api/dashboard")).status).toBe(401);
  });

  it("sets a cookie that other sites' requests do not carry and scripts cannot read", async () => {
    const answer = await request(panel.app)
      .post("/admin/login")
      .set("Origin", appOrigin)
      .type("form")
      .send({ email: panel.staff.viewer.email, password });
    expect(String(answer.headers["set-cookie"])).toMatch(/^vitrine_panel=[\w-]{43}; Path=\/admin; HttpOnly; SameSite=Strict$/);
  });
});

describe("hole 5: secrets are in no answer", () => {
  const secrets = /password|scrypt|sessionEpoch|session_epoch/i;

  it("has none in lists, records, searches and after saving", async () => {
    const { id } = panel.staff.viewer;
    for (const path of [
      "users/actions/list",
      "users/actions/search/Viewer",
      `users/records/${id}/show`,
      `users/records/${id}/edit`,
      "customers/actions/list",
    ])
      expect((await admin.get(api(path))).text).not.toMatch(secrets);
    const saved = await admin.post(api(`users/records/${id}/edit`)).send({ name: "Viewer Person" });
    expect(saved.status).toBe(200);
    expect(saved.text).not.toMatch(secrets);
  });
});

describe("hole 6: a reference shows a name and nothing else", () => {
  it("gives viewers the name of who uploaded a version, and no other column", async () => {
    await panel.database.execute("UPDATE widget_versions SET created_by_id = $1", [panel.staff.admin.id]);
    const { body, text } = await viewer.get(api("widget-versions/actions/list"));
    expect(body.records[0].populated.createdById.params).toEqual({ id: panel.staff.admin.id, name: "Admin Person" });
    expect(text).not.toContain("admin@staff.example");
  });
});

describe("hole 7: every action is denied unless the policy names it", () => {
  it.each(["list", "search", "search/a"])("refuses users/actions/%s to a viewer", async (action) => {
    const answer = await viewer.get(api(`users/actions/${action}`));
    expect(answer.status).toBe(403);
    expect(answer.text).not.toContain("@staff.example");
  });

  it("does not know AdminJS's deprecated search address", async () => {
    expect((await admin.get(api("users/search/admin"))).status).toBe(404);
  });

  it("does not list its resources when one is unknown", async () => {
    const answer = await admin.get(api("nothing/actions/list"));
    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain("account-settings");
  });

  it.each(["__proto__", "constructor", "toString", "hasOwnProperty"])("is not fooled by the name %s", async (name) => {
    expect((await admin.get(api(`${name}/actions/list`))).status).toBe(404);
    expect((await admin.get(api(`widgets/actions/${name}`))).status).toBe(404);
  });
});

describe("hole 8: hidden columns cannot be guessed, and a bad filter does not answer with everything", () => {
  it.each([
    "filters.passwordHash=scrypt",
    "filters.sessionEpoch=0",
    "sortBy=passwordHash&direction=asc",
    "sortBy=nothing",
    "filters.active=banana",
    "filters.createdAt~~from=yesterday",
    "filters.nothing=1",
    "filters.role=emperor",
    "perPage=0",
    "perPage=101",
    "perPage=-1",
    "page=0",
    "direction=sideways",
    "searchProperty=passwordHash",
    "filters.name=a&filters.name=b",
    "filters.name=",
  ])("refuses ?%s", async (query) => {
    const answer = await admin.get(`${api("users/actions/list")}?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.body.records ?? []).toEqual([]);
    expect(answer.text).not.toMatch(/ at |node_modules/);
  });

  it("refuses to search another column than the title", async () => {
    expect((await admin.get(`${api("users/actions/search/scrypt")}?searchProperty=passwordHash`)).status).toBe(400);
  });

  it("filters and sorts by what is shown", async () => {
    const { body } = await admin.get(`${api("users/actions/list")}?filters.role=viewer&sortBy=email&direction=desc&perPage=5`);
    expect(body.records.map((record: { params: { email: string } }) => record.params.email)).toEqual(["viewer@staff.example"]);
  });
});

describe("hole 9: only the fields of the form can be written", () => {
  it("ignores columns that are no fields", async () => {
    const { id } = panel.staff.developer;
    const before = await fetchUser("developer");
    const answer = await admin
      .post(api(`users/records/${id}/edit`))
      .send({ name: "Developer Person", passwordHash: "hacked", sessionEpoch: 99, id: "x", createdAt: "2000-01-01" });
    expect(answer.status).toBe(200);
    const after = await fetchUser("developer");
    expect(after).toMatchObject({ passwordHash: before.passwordHash, sessionEpoch: before.sessionEpoch, createdAt: before.createdAt });
  });

  it("lets nobody raise their own role", async () => {
    expect((await manager.post(api(`users/records/${panel.staff.manager.id}/edit`)).send({ role: "admin" })).status).toBe(403);
    expect((await admin.post(api(`users/records/${panel.staff.admin.id}/edit`)).send({ role: "viewer" })).status).toBe(422);
    expect((await fetchUser("manager")).role).toBe("manager");
    expect((await fetchUser("admin")).role).toBe("admin");
  });

  it("does not move a widget, its owner or its active version through the form", async () => {
    const answer = await manager
      .post(api(`widgets/records/${panel.portal.widgetId}/edit`))
      .send({ activeVersionId: null, communityId: panel.staff.admin.id, createdById: panel.staff.viewer.id, runtime: "iframe" });
    expect(answer.status).toBe(200);
    expect(answer.body.record.params).toMatchObject({ communityId: panel.portal.communityId, createdById: null, runtime: "bundle" });
  });
});

describe("hole 10: scripts run by nonce or from our own files only", () => {
  it("has no unsafe source, and a new nonce for each page", async () => {
    const pages = [await admin.get("/admin/"), await admin.get("/admin/")];
    const nonces = pages.map((page) => /'nonce-([^']+)'/.exec(String(page.headers["content-security-policy"]))?.[1]);
    expect(nonces[0]).toMatch(/^[\w+/=]{24}$/);
    expect(nonces[0]).not.toBe(nonces[1]);
    for (const page of pages) expect(String(page.headers["content-security-policy"])).not.toMatch(/unsafe|data:.*script/);
    expect(pages[0]?.text.match(/<script(?![^>]*(nonce=|src=))/g)).toBeNull();
    expect(pages[0]?.text).not.toMatch(/ on[a-z]+="|style="/);
  });
});

describe("hole 11: access is decided before anything runs, and never by a promise", () => {
  it("answers a role that may not before the record is looked up", async () => {
    const answer = await viewer.post(api(`widgets/records/${panel.portal.widgetId}/delete`));
    expect(answer.status).toBe(403);
    expect((await viewer.get(api(`widgets/records/${panel.portal.widgetId}/show`))).status).toBe(200);
  });
});

describe("hole 12: a session begins at sign-in and follows the account", () => {
  it("gives a new token and ends the one that the browser had", async () => {
    const first = await request(panel.app)
      .post("/admin/login")
      .set("Origin", appOrigin)
      .type("form")
      .send({ email: panel.staff.viewer.email, password });
    const cookie = String(first.headers["set-cookie"]).split(";")[0] ?? "";
    const second = await request(panel.app)
      .post("/admin/login")
      .set("Origin", appOrigin)
      .set("Cookie", cookie)
      .type("form")
      .send({ email: panel.staff.viewer.email, password });
    expect(String(second.headers["set-cookie"]).split(";")[0]).not.toBe(cookie);
    expect((await request(panel.app).get("/admin/api/dashboard").set("Cookie", cookie)).status).toBe(401);
  });

  it("does not take a token that somebody else chose", async () => {
    const planted = `vitrine_panel=${"A".repeat(43)}`;
    const answer = await request(panel.app)
      .post("/admin/login")
      .set("Origin", appOrigin)
      .set("Cookie", planted)
      .type("form")
      .send({ email: panel.staff.viewer.email, password });
    expect(String(answer.headers["set-cookie"])).not.toContain("AAAA");
    expect((await request(panel.app).get("/admin/api/dashboard").set("Cookie", planted)).status).toBe(401);
  });

  it("follows a demotion and a lock at once", async () => {
    const agent = await signIn(panel, "developer");
    const { id } = panel.staff.developer;
    expect((await agent.get(api("widgets/actions/list"))).status).toBe(200);
    await panel.database.execute("UPDATE users SET role = 'viewer' WHERE id = $1", [id]);
    expect(
      (await agent.post(api(`widgets/records/${panel.portal.widgetId}/replaceBundle`)).attach("bundle", Buffer.from("1"), "x.js")).status,
    ).toBe(403);
    await panel.database.execute("UPDATE users SET role = 'developer', active = $1 WHERE id = $2", [false, id]);
    expect((await agent.get(api("widgets/actions/list"))).status).toBe(401);
    await panel.database.execute("UPDATE users SET active = $1 WHERE id = $2", [true, id]);
    expect((await agent.get(api("widgets/actions/list"))).status).toBe(401);
  });

  it("ends every session when the password changes", async () => {
    const agent = await signIn(panel, "developer");
    const changed = await admin.post(api(`users/records/${panel.staff.developer.id}/edit`)).send({ password: "another long password" });
    expect(changed.status).toBe(200);
    expect((await agent.get("/admin/api/dashboard")).status).toBe(401);
    await admin.post(api(`users/records/${panel.staff.developer.id}/edit`)).send({ password });
  });
});

describe("hole 14: nothing is reported as saved that was not", () => {
  it("says so when the database refuses", async () => {
    panel.broken.writes = true;
    const answer = await admin.post(api(`communities/records/${panel.portal.communityId}/edit`)).send({ name: "Never stored" });
    panel.broken.writes = false;
    expect(answer.status).toBe(422);
    expect(answer.body.notice.type).toBe("error");
    expect(answer.body.record.errors.form.message).toMatch(/could not be saved/);
    expect(panel.log.some((entry) => entry.level === "error")).toBe(true);
  });

  it("names the field of a value that is taken", async () => {
    const answer = await admin
      .post(api("users/actions/new"))
      .send({ name: "Twin", email: "ADMIN@staff.example", role: "viewer", password: "long enough password" });
    expect(answer.status).toBe(422);
    expect(answer.body.record.errors.email.message).toBe("Another staff member has this e-mail address.");
  });
});

describe("hole 15: text filters ignore case and take % and _ as they are", () => {
  const names = async (filter: string) => {
    const { body } = await admin.get(api("customers/actions/list")).query({ "filters.name": filter });
    return body.records.map((record: { params: { name: string } }) => record.params.name) as string[];
  };
  it.each([
    ["ada", 1],
    ["ADA LOVE", 1],
    ["%", 0],
    ["A_a", 0],
    ["\\", 0],
    ["' OR 1=1 --", 0],
  ])("finds %s in %i names", async (filter, count) => {
    expect(await names(filter)).toHaveLength(count);
  });

  it("keeps two filters of one kind apart", async () => {
    const { body } = await admin
      .get(api("entities/actions/list"))
      .query({ "filters.subscriptionId": panel.portal.subscriptionId, "filters.communityId": panel.portal.communityId });
    expect(body.meta.total).toBe(1);
  });
});

describe("hole 16: errors have no stacks", () => {
  it.each([
    ["get", "/admin/api/resources/widgets/records/nothing/show"],
    ["get", "/admin/api/resources/%E0%A4%A/actions/list"],
    ["get", "/admin/nothing"],
    ["post", "/admin/api/resources/widgets/actions/new"],
  ] as const)("%s %s answers with a code and a request id", async (method, path) => {
    const answer = await admin[method](path)
      .set("Content-Type", "application/json")
      .send(method === "post" ? '{"a":' : undefined);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.text).not.toMatch(/node_modules|\.ts:|\n\s+at /);
  });
});

describe("hole 17: a secret that is sent is not echoed", () => {
  it("has no password in the answers of a form, right or wrong", async () => {
    const secret = "a very secret password";
    const made = await admin
      .post(api("users/actions/new"))
      .send({ name: "New One", email: "new.one@staff.example", role: "viewer", password: secret });
    expect(made.status).toBe(200);
    const wrong = await admin
      .post(api("users/actions/new"))
      .send({ name: "", email: "new.one@staff.example", role: "viewer", password: secret });
    expect(wrong.status).toBe(422);
    const edited = await admin.post(api(`users/records/${made.body.record.id}/edit`)).send({ password: secret });
    for (const answer of [made, wrong, edited]) expect(answer.text).not.toContain(secret);
    expect(JSON.stringify(panel.log)).not.toContain(secret);
    const activity = await admin.get(api("activities/actions/list"));
    expect(activity.text).not.toContain(secret);
  });
});
