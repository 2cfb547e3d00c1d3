import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Activity } from "../../src/entities/index.js";
import { createId, insertRows } from "../../src/store/index.js";
import { openPortalStage, type PortalStage, password } from "./stage.js";

let stage: PortalStage;
let cookie: string;
beforeAll(async () => {
  stage = await openPortalStage();
  cookie = await stage.signIn();
});
afterAll(() => stage.close());

const detail = (id = stage.seeded.subscriptionId) => `/portal/subscriptions/${id}`;
const form = (fields: Record<string, string>) => ({ method: "POST", body: new URLSearchParams(fields) });
const signIn = (fields: Record<string, string>, init: RequestInit & { cookie?: string } = {}) =>
  stage.fetch("/portal/sign-in", { ...form({ method: "password", ...fields }), ...init });
const cookieOf = (response: Response) => /vitrine_portal=([^;]*)/.exec(response.headers.get("set-cookie") ?? "")?.[1];

describe("page headers", () => {
  it("the policy allows nothing inline and frames exactly the sandbox paths", async () => {
    const { widgetId } = await stage.publish("1", { name: "Framed" });
    const response = await stage.fetch(detail(), { cookie });
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).not.toMatch(/unsafe|nonce|sha256|\*|blob:/);
    expect(policy).toContain(`frame-src ${stage.sandbox.addresses.frameSources([widgetId]).join(" ")};`);
    expect(policy).toContain("frame-ancestors 'none'");
    const page = await response.text();
    expect(page).not.toMatch(/<script(?! type="application\/json"| src="\/portal\/assets\/)/);
    expect(page).not.toMatch(/<style|style="| on[a-z]+="/);
  });

  it("every page carries the whole set, errors and redirects included", async () => {
    for (const path of ["/portal", detail(), "/portal/sign-in", "/portal/nothing", "/portal/preview"]) {
      const { headers } = await stage.fetch(path, { cookie });
      expect(headers.get("cache-control"), path).toBe("no-store");
      if (headers.has("location")) continue;
      expect(headers.get("x-content-type-options"), path).toBe("nosniff");
      expect(headers.get("cross-origin-opener-policy"), path).toBe("same-origin");
      expect(headers.get("cross-origin-resource-policy"), path).toBe("same-origin");
      expect(headers.get("referrer-policy"), path).toBe("same-origin");
      expect(headers.get("permissions-policy"), path).toContain("camera=()");
      expect(headers.get("content-security-policy"), path).toContain("base-uri 'none'");
    }
  });

  it("a page without widgets frames nothing", async () => {
    const { headers } = await stage.fetch("/portal", { cookie });
    expect(headers.get("content-security-policy")).toContain("frame-src 'none'");
  });

  it("in production there is HSTS and a secure cookie name", async () => {
    const production = await openPortalStage({ production: true });
    const { headers } = await production.fetch("/portal/sign-in");
    expect(headers.get("strict-transport-security")).toMatch(/max-age=31536000/);
    const page = await (await production.fetch("/portal/sign-in")).text();
    expect(page).not.toContain("Demo customers");
    const demo = await production.fetch("/portal/sign-in", form({ method: "demo", choice: production.seeded.mayaId }));
    expect(demo.status).toBe(401);
    await production.close();
  });
});

describe("files", () => {
  it("are compressed, immutable and named by their bytes", async () => {
    const page = await (await stage.fetch("/portal/sign-in")).text();
    const [script] = /\/portal\/assets\/portal\.[\w-]+\.js/.exec(page) ?? [""];
    const response = await stage.fetch(script, { headers: { "Accept-Encoding": "br" } });
    expect(response.headers.get("content-encoding")).toBe("br");
    expect(response.headers.get("cache-control")).toContain("immutable");
    expect(response.headers.get("content-type")).toContain("javascript");
    expect((await stage.fetch(script.replace(/\.[\w-]+\.js/, ".other.js"))).status).toBe(404);
    expect((await stage.fetch("/portal/assets/..%2f..%2fpackage.json")).status).toBe(404);
  });

  it("the brand's style sheet holds the community's colour, and a stale address is not kept", async () => {
    const page = await (await stage.fetch("/portal", { cookie })).text();
    const [address] = /\/portal\/brand\/[^"]+/.exec(page) ?? [""];
    const style = await stage.fetch(address);
    expect(style.headers.get("cache-control")).toContain("immutable");
    expect(await style.text()).toContain("--accent: #0f766e");
    const stale = await stage.fetch(`${address.slice(0, -6)}xx.css`);
    expect(stale.headers.get("cache-control")).toBe("no-store");
    expect((await stage.fetch("/portal/brand/nobody/x.css")).status).toBe(404);
  });
});

describe("signing in", () => {
  it("by password, with a new token, and to the asked page", async () => {
    const planted = cookie;
    const response = await signIn(
      { email: " Maya@Customer.Example ", password, next: detail(), timeZone: "Europe/Berlin" },
      { cookie: planted },
    );
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe(detail());
    const token = cookieOf(response);
    expect(planted).not.toContain(token);
    expect((await stage.fetch("/portal", { cookie: `vitrine_portal=${token}` })).status).toBe(200);
    // The session that the browser had before is over.
    expect((await stage.fetch("/portal", { cookie: planted })).status).toBe(303);
    cookie = await stage.signIn();
  });

  it("by a demo customer's button", async () => {
    const response = await stage.fetch("/portal/sign-in", form({ method: "demo", choice: stage.seeded.oliverId }));
    expect(response.status).toBe(303);
    expect(cookieOf(response)).toBeTruthy();
  });

  it("answers every refusal alike", async () => {
    const bodies = new Set<string>();
    for (const fields of [
      { email: "maya@customer.example", password: "wrong" },
      { email: "nobody@customer.example", password },
      { email: "oliver@customer.example", password },
      { method: "unknown" },
      { method: "constructor" },
      { method: "demo", choice: createId() },
      { email: "x".repeat(2000), password },
    ]) {
      const response = await signIn(fields);
      expect(response.status).toBe(401);
      expect(response.headers.get("set-cookie")).toBeNull();
      bodies.add(await response.text());
    }
    expect(bodies.size).toBe(1);
  });

  it.each(["https://evil.example/", "//evil.example", "/\\evil.example", "/portal/../admin"])("never leads to %s", async (next) => {
    const response = await stage.fetch("/portal/sign-in", form({ method: "demo", choice: stage.seeded.mayaId, next }));
    expect(response.headers.get("location")).toBe("/portal");
    const page = await (await stage.fetch(`/portal/sign-in?${new URLSearchParams({ next }).toString()}`)).text();
    expect(page).not.toContain("evil");
  });

  it.each(["https://evil.example", "null", "", "http://127.0.0.1:1"])("is refused from origin %j", async (origin) => {
    const response = await signIn({ email: "maya@customer.example", password }, { headers: { Origin: origin } });
    expect(response.status).toBe(403);
    expect(response.headers.get("set-cookie")).toBeNull();
  });

  it("is refused when the body is too large or malformed", async () => {
    expect((await signIn({ email: "a@b.example", password: "x".repeat(10_000) })).status).toBe(413);
    const json = { method: "POST", body: '{"method":"demo"}', headers: { "Content-Type": "application/json" } };
    expect((await stage.fetch("/portal/sign-in", json)).status).toBe(401);
    const nested = { method: "POST", body: new URLSearchParams("method[a]=demo&method=demo&method=demo&__proto__[x]=1") };
    expect((await stage.fetch("/portal/sign-in", nested)).status).toBe(401);
  });

  it("is limited by account, whatever the spelling", async () => {
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 12; attempt += 1) {
      const email = attempt % 2 ? "Limited@customer.example" : "  limited@CUSTOMER.example";
      const response = await signIn({ email, password: `guess-${attempt}` });
      statuses.push(response.status);
      if (response.status === 429) expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
  });

  it("is limited by address", async () => {
    let limited = false;
    for (let attempt = 0; attempt < 45 && !limited; attempt += 1) {
      limited = (await signIn({ email: `spray-${attempt}@customer.example`, password: "guess" })).status === 429;
    }
    expect(limited).toBe(true);
  });

  it("signing out needs the session's token and ends the session", async () => {
    const mine = await stage.signIn();
    const page = await (await stage.fetch("/portal", { cookie: mine })).text();
    const csrf = /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? "";
    expect((await stage.fetch("/portal/sign-out", { ...form({ csrf: "wrong" }), cookie: mine })).status).toBe(403);
    expect((await stage.fetch("/portal/sign-out", { cookie: mine })).status).toBe(404);
    expect((await stage.fetch("/portal", { cookie: mine })).status).toBe(200);
    const out = await stage.fetch("/portal/sign-out", { ...form({ csrf }), cookie: mine });
    expect(out.status).toBe(303);
    expect((await stage.fetch("/portal/session", { cookie: mine })).status).toBe(401);
  });
});

describe("a signed-out or foreign visitor", () => {
  it("is sent to sign in and back", async () => {
    const response = await stage.fetch(`${detail()}?tab=activity`);
    expect(response.status).toBe(303);
    const location = new URL(response.headers.get("location") ?? "", stage.appOrigin);
    expect(location.searchParams.get("next")).toBe(`${detail()}?tab=activity`);
  });

  it.each(["/overview", "/activity"])("gets 401 from the fragment %s", async (part) => {
    expect((await stage.fetch(detail() + part)).status).toBe(401);
  });

  it("cannot tell somebody else's subscription from one that is not there", async () => {
    const strip = async (id: string) => {
      const response = await stage.fetch(detail(id), { cookie });
      expect(response.status).toBe(404);
      return (await response.text()).replace(/<code>[^<]*/, "");
    };
    expect(await strip(stage.seeded.oliversSubscriptionId)).toBe(await strip(createId()));
    for (const part of ["/overview", "/activity"]) {
      expect((await stage.fetch(detail(stage.seeded.oliversSubscriptionId) + part, { cookie })).status).toBe(404);
    }
  });

  it.each(["..%2f..%2fadmin", "%00", "a'--", "%F0%9F%90%B6", "x".repeat(500)])("gets a calm answer for the id %s", async (id) => {
    const response = await stage.fetch(`/portal/subscriptions/${id}`, { cookie });
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("Request number");
  });

  it("gets 400 for a broken escape, without a stack", async () => {
    const response = await stage.fetch("/portal/subscriptions/%E0%A4%A", { cookie });
    expect(response.status).toBe(400);
    expect(await response.text()).not.toMatch(/URIError|node_modules|\n\s+at /);
  });

  it("is nobody when the customer was switched off", async () => {
    const theirs = await stage.signIn(stage.seeded.oliverId);
    expect((await stage.fetch("/portal", { cookie: theirs })).status).toBe(200);
    await stage.database.execute("UPDATE customers SET active = $1 WHERE id = $2", [false, stage.seeded.oliverId]);
    expect((await stage.fetch("/portal", { cookie: theirs })).status).toBe(303);
    await stage.database.execute("UPDATE customers SET active = $1 WHERE id = $2", [true, stage.seeded.oliverId]);
  });

  it("authenticate gives a token that differs by session, and nothing without one", async () => {
    const first = await stage.portal.authenticate({ headers: { cookie } });
    const second = await stage.portal.authenticate({ headers: { cookie: await stage.signIn() } });
    expect(first?.customer).toEqual({
      kind: "customer",
      id: stage.seeded.mayaId,
      name: "Maya Lindqvist",
      communityId: stage.seeded.communityId,
    });
    expect(first?.csrfToken).not.toBe(second?.csrfToken);
    expect(await stage.portal.authenticate({ headers: {} })).toBeUndefined();
  });
});

describe("a subscription's page", () => {
  it("works by address alone: ?tab= opens its panel, an unknown tab the overview", async () => {
    const { widgetId } = await stage.publish("1", { name: "A tab", destination: "new_tab" });
    const open = async (tab: string) => {
      const page = await (await stage.fetch(`${detail()}?tab=${tab}`, { cookie })).text();
      return [...page.matchAll(/data-panel="([^"]+)" >/g)].map((match) => match[1]);
    };
    expect(await open("overview")).toEqual(["overview"]);
    expect(await open("activity")).toEqual(["activity"]);
    expect(await open(widgetId)).toEqual([widgetId]);
    expect(await open("constructor")).toEqual(["overview"]);
    expect(await open("activity&tab=overview")).toEqual(["overview"]);
  });

  it("shows hostile names, attributes and log entries as text", async () => {
    const hostile = `</script><img src=x onerror=alert(1)>"'\u202E`;
    const attributes = JSON.stringify({ [hostile]: hostile, nested: { a: [hostile] } });
    await stage.database.execute("UPDATE entities SET name = $1, attributes = $2 WHERE id = $3", [
      hostile,
      attributes,
      stage.seeded.entityId,
    ]);
    const { widgetId } = await stage.publish("1", { name: "x" });
    await stage.database.execute("UPDATE widgets SET name = $1, description = $1 WHERE id = $2", [hostile, widgetId]);
    await insertRows(stage.database, Activity, [
      {
        communityId: stage.seeded.communityId,
        subscriptionId: stage.seeded.subscriptionId,
        actorKind: "customer",
        actorId: stage.seeded.mayaId,
        actorName: hostile,
        source: "widget",
        widgetId,
        action: `widget_${hostile}`,
        description: hostile,
        changes: { [hostile]: { from: hostile, to: [hostile] }, odd: hostile as never },
        metadata: {
          link: "https://evil.example/x.png",
          script: "javascript:alert(1)",
          photo: stage.sandbox.addresses.mediaUrl("A".repeat(22)),
        },
        requestId: null,
      },
    ]);
    for (const path of [detail(), `${detail()}?tab=activity`]) {
      const page = await (await stage.fetch(path, { cookie })).text();
      expect(page).not.toContain("<img src=x");
      expect(page).not.toContain("\u202E");
      expect(page.match(/<\/script>/g)).toHaveLength(2);
    }
    const feed = await (await stage.fetch(`${detail()}/activity`, { cookie })).text();
    expect(feed).toContain("https://evil.example/x.png");
    expect(feed).not.toMatch(/(src|href)="(https:\/\/evil|javascript:)/);
    expect(feed).toContain(`<img src="${stage.sandbox.addresses.mediaUrl("A".repeat(22))}"`);
  });

  it("pages through the feed with a cursor that works without scripts", async () => {
    await insertRows(
      stage.database,
      Activity,
      Array.from({ length: 40 }, (_, index) => ({
        communityId: stage.seeded.communityId,
        subscriptionId: stage.seeded.subscriptionId,
        actorKind: "system" as const,
        actorId: null,
        actorName: "System",
        source: "system" as const,
        widgetId: null,
        action: "reminder",
        description: `Reminder ${index}`,
        changes: {},
        metadata: {},
        requestId: null,
      })),
    );
    const first = await (await stage.fetch(`${detail()}?tab=activity`, { cookie })).text();
    const older = (/href="(\?tab=activity&amp;before=[^"]+)"/.exec(first)?.[1] ?? "").replaceAll("&amp;", "&");
    expect(older).not.toBe("");
    const second = await (await stage.fetch(detail() + older, { cookie })).text();
    const entries = (page: string) => new Set(page.match(/Reminder \d+/g));
    expect(entries(first).size).toBe(25);
    expect([...entries(second)].some((entry) => entries(first).has(entry))).toBe(false);
    expect((await stage.fetch(`${detail()}?tab=activity&before=nonsense`, { cookie })).status).toBeLessThan(500);
  });
});

describe("previews", () => {
  it.each(["/portal/preview", "/apps/gro/portal/preview"])("%s shows active widgets with sample data to anybody", async (path) => {
    const response = await stage.fetch(`${path}?community=pawsome`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-security-policy")).toContain("frame-ancestors 'self'");
    const page = await response.text();
    expect(page).toContain("nothing is saved");
    expect(page).toContain('"isPreview":true');
    expect(page).toContain("Fluffy");
    expect(page).not.toContain("Maya");
    expect(page).toContain('"csrfToken":""');
  });

  it("an unknown community is not found", async () => {
    expect((await stage.fetch("/portal/preview?community=nobody")).status).toBe(404);
  });

  it("a version that is not active needs a signed link", async () => {
    const { versionId } = await stage.publish("1", { name: "Not yet", active: false, destination: "new_tab" });
    expect(await (await stage.fetch("/portal/preview")).text()).not.toContain("Not yet");
    const link = new URL(stage.portal.previewLink(versionId));
    const page = await (await stage.fetch(link.pathname + link.search)).text();
    expect(page).toContain("Not yet");
    expect(page).toContain("/f/p.");
    link.searchParams.set("token", `${Date.now() + 60_000}.${"A".repeat(43)}`);
    expect((await stage.fetch(link.pathname + link.search)).status).toBe(404);
    expect((await stage.fetch(`/portal/preview?version=${versionId}`)).status).toBe(404);
  });
});
