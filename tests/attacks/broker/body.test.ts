import request from "supertest";
import { describe, expect, it } from "vitest";
import { appOrigin, createBrokerHouse, home } from "../../broker/broker-house.js";

const call = { phase: "execute", ...home, method: "activity.log", params: { action: "x" } };
const text = (more: object = {}) => JSON.stringify({ ...call, ...more });
const nest = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
const withParams = (params: string) => text({ params: "@" }).replace('"@"', params);

describe("a body that is not exactly a call is refused", () => {
  const cases: readonly { name: string; body: string; code?: string; status?: number }[] = [
    { name: "nothing", body: "" },
    { name: "no JSON", body: "hello" },
    { name: "half a JSON text", body: text().slice(0, -1) },
    { name: "two JSON texts", body: text() + text() },
    { name: "a comment", body: `${text()} // hi` },
    { name: "a list", body: `[${text()}]` },
    { name: "null", body: "null" },
    { name: "a number", body: "42" },
    { name: "text", body: '"execute"' },
    { name: "a byte order mark", body: `\ufeff${text()}` },
    { name: "a phase of our invention", body: text({ phase: "confirm" }) },
    { name: "no phase", body: text({ phase: undefined }) },
    { name: "the phase as a list", body: text({ phase: ["execute"] }) },
    { name: "no widget", body: text({ widgetId: undefined }) },
    { name: "the widget as an object", body: text({ widgetId: { $gt: "" } }) },
    { name: "the widget as a list", body: text({ widgetId: ["widget-1"] }) },
    { name: "the widget as a number", body: text({ widgetId: 1 }) },
    { name: "an empty widget", body: text({ widgetId: "" }) },
    { name: "an id of 65 characters", body: text({ widgetId: "w".repeat(65) }) },
    { name: "no version", body: text({ versionId: undefined }) },
    { name: "no subscription", body: text({ subscriptionId: undefined }) },
    { name: "no method", body: text({ method: undefined }) },
    { name: "no parameters", body: text({ params: undefined }) },
    { name: "a customer", body: text({ customerId: "customer-bob" }) },
    { name: "a customer object", body: text({ customer: { id: "customer-bob" } }) },
    { name: "scopes", body: text({ scopes: ["entity.update"] }) },
    { name: "confirmed: true", body: text({ confirmed: true }) },
    { name: "a preview flag", body: text({ isPreview: false }) },
    { name: "a token when asking", body: text({ phase: "prepare", confirmationToken: "x" }) },
    { name: "a token that is an object", body: text({ confirmationToken: { a: 1 } }) },
    { name: "a token of 2,000 characters", body: text({ confirmationToken: "x".repeat(2000) }) },
    { name: "the method twice", body: text().replace('"method"', '"method":"entity.update","method"') },
    { name: "the widget twice", body: text().replace('"widgetId"', '"widgetId":"widget-2","widgetId"') },
    { name: "the widget twice, once escaped", body: text().replace('"widgetId"', '"\\u0077idgetId":"widget-2","widgetId"') },
    { name: "the parameters twice", body: text().replace('"params"', '"params":{},"params"') },
    { name: "__proto__ beside the fields", body: text().replace('"phase"', '"__proto__":{"customer":1},"phase"') },
    { name: "constructor beside the fields", body: text().replace('"phase"', '"constructor":{"prototype":{}},"phase"') },
    { name: "a NUL in the widget's id", body: text({ widgetId: "widget-1\u0000" }) },
    { name: "half a surrogate in the method", body: text({ method: "activity.log\ud800" }) },
    { name: "raw line breaks inside a string", body: text().replace("activity.log", "activity\n.log") },
    { name: "ten thousand brackets", body: nest(10_000) },
    { name: "thirty thousand open brackets", body: "[".repeat(30_000) },
    { name: "an endless string of escaped quotes", body: `"${'a\\"'.repeat(20_000)}` },
    { name: "64 KiB and a byte", body: text({ params: { action: "x".repeat(65_536) } }), code: "TOO_LARGE", status: 413 },
    { name: "a megabyte", body: text({ params: { action: "x".repeat(1_000_000) } }), code: "TOO_LARGE", status: 413 },
    { name: "__proto__ in the parameters", body: withParams('{"action":"x","__proto__":{"actor":"staff"}}'), code: "INVALID_PARAMS" },
    { name: "an escaped __proto__ in the parameters", body: withParams('{"action":"x","\\u005f_proto__":1}'), code: "INVALID_PARAMS" },
    { name: "constructor in metadata", body: withParams('{"action":"x","metadata":{"constructor":1}}'), code: "INVALID_PARAMS" },
    { name: "prototype deep in metadata", body: withParams('{"action":"x","metadata":{"a":[{"prototype":1}]}}'), code: "INVALID_PARAMS" },
    { name: "the action twice", body: withParams('{"action":"x","action":"y"}'), code: "INVALID_PARAMS" },
    { name: "the same key twice in metadata", body: withParams('{"action":"x","metadata":{"a":1,"a":2}}'), code: "INVALID_PARAMS" },
    { name: "metadata nested too deeply", body: withParams(`{"action":"x","metadata":{"a":${nest(6)}}}`), code: "INVALID_PARAMS" },
    { name: "a NUL in the description", body: withParams('{"action":"x","description":"a\\u0000b"}'), code: "INVALID_PARAMS" },
    { name: "half a surrogate in metadata", body: withParams('{"action":"x","metadata":{"a":"\\ud83d"}}'), code: "INVALID_PARAMS" },
    { name: "a number beyond all bounds", body: withParams('{"action":"x","metadata":{"a":1e999}}'), code: "INVALID_PARAMS" },
  ];

  it.each(cases)("$name", async ({ body, code = "PROTOCOL", status }) => {
    const house = createBrokerHouse();
    const started = performance.now();
    const answer = await house.send(body);
    expect(answer.body.error?.code).toBe(code);
    expect(answer.status).toBe(status ?? (code === "PROTOCOL" ? 400 : 422));
    expect(answer.body.error.requestId).toEqual(expect.any(String));
    expect(performance.now() - started).toBeLessThan(2000);
    expect(house.state.activities).toEqual([]);
  });

  it("bytes that are no UTF-8", async () => {
    const house = createBrokerHouse();
    const bytes = Buffer.from(text({ params: { action: "@@" } }).replace("@@", "\xff\xfe"), "latin1");
    const answer = await request(house.app)
      .post("/portal/api/calls")
      .set({
        cookie: "session=customer-ada",
        "x-csrf-token": "csrf-customer-ada",
        "content-type": "application/json",
        "idempotency-key": "12345678",
      })
      .serialize((value: unknown) => value as string)
      .send(bytes as unknown as string);
    expect(answer.body.error).toMatchObject({ code: "PROTOCOL", details: { reason: "utf8" } });
  });

  const controls: readonly { name: string; body: string }[] = [
    { name: "a plain call", body: text() },
    { name: "white space around", body: ` \n${JSON.stringify(call, null, 2)}\n ` },
    { name: "the fields in another order", body: JSON.stringify(Object.fromEntries(Object.entries(call).toReversed())) },
    { name: "an escaped pair of surrogates", body: withParams('{"action":"x","description":"\\ud83d\\udc36"}') },
    { name: "the same key in two objects", body: withParams('{"action":"x","metadata":{"a":{"b":1},"b":{"a":[{"a":1},{"a":2}]}}}') },
    { name: "metadata nested as far as allowed", body: withParams(`{"action":"x","metadata":{"a":${nest(5)}}}`) },
    { name: "text that looks like a key", body: withParams('{"action":"x","description":"\\"__proto__\\":{ \\"action\\":"}') },
    { name: "__proto__ as a value", body: withParams('{"action":"x","description":"__proto__"}') },
    { name: "numbers of every form", body: withParams('{"action":"x","metadata":{"a":[0,-0,1.5,1e3,-2E-2]}}') },
  ];
  it.each(controls)("but not $name", async ({ body }) => {
    const house = createBrokerHouse();
    expect((await house.send(body)).status).toBe(200);
  });
});

describe("who sends, and how", () => {
  const headers: readonly { name: string; headers: Record<string, string | undefined>; code: string }[] = [
    { name: "no session", headers: { cookie: undefined }, code: "UNAUTHENTICATED" },
    { name: "a made-up session", headers: { cookie: "session=nobody" }, code: "UNAUTHENTICATED" },
    { name: "no CSRF token", headers: { "x-csrf-token": undefined }, code: "UNAUTHENTICATED" },
    { name: "an empty CSRF token", headers: { "x-csrf-token": "" }, code: "UNAUTHENTICATED" },
    { name: "another customer's CSRF token", headers: { "x-csrf-token": "csrf-customer-bob" }, code: "UNAUTHENTICATED" },
    { name: "a longer CSRF token", headers: { "x-csrf-token": "csrf-customer-adaa" }, code: "UNAUTHENTICATED" },
    { name: "a CSRF token in other letters", headers: { "x-csrf-token": "CSRF-CUSTOMER-ADA" }, code: "UNAUTHENTICATED" },
    { name: "another site's page", headers: { "sec-fetch-site": "cross-site" }, code: "UNAUTHENTICATED" },
    { name: "another page of the same site", headers: { "sec-fetch-site": "same-site" }, code: "UNAUTHENTICATED" },
    { name: "a typed address", headers: { "sec-fetch-site": "none" }, code: "UNAUTHENTICATED" },
    { name: "another origin", headers: { origin: "https://evil.example" }, code: "UNAUTHENTICATED" },
    { name: "the frame's origin", headers: { origin: "null" }, code: "UNAUTHENTICATED" },
    { name: "the sandbox's origin", headers: { origin: "http://127.0.0.1:3001" }, code: "UNAUTHENTICATED" },
    { name: "the own origin over another scheme", headers: { origin: "https://localhost:3000" }, code: "UNAUTHENTICATED" },
    { name: "the own origin on another port", headers: { origin: "http://localhost:3001" }, code: "UNAUTHENTICATED" },
    { name: "an origin that begins like ours", headers: { origin: `${appOrigin}.evil.example` }, code: "UNAUTHENTICATED" },
    { name: "an empty origin", headers: { origin: "" }, code: "UNAUTHENTICATED" },
    {
      name: "an origin without Fetch Metadata, not ours",
      headers: { origin: "http://x", "sec-fetch-site": undefined },
      code: "UNAUTHENTICATED",
    },
    { name: "text/plain", headers: { "content-type": "text/plain" }, code: "PROTOCOL" },
    { name: "text/plain that names JSON", headers: { "content-type": "text/plain; application/json" }, code: "PROTOCOL" },
    { name: "a form", headers: { "content-type": "application/x-www-form-urlencoded" }, code: "PROTOCOL" },
    { name: "a multipart form", headers: { "content-type": "multipart/form-data; boundary=x" }, code: "PROTOCOL" },
    { name: "no content type", headers: { "content-type": "" }, code: "PROTOCOL" },
    { name: "application/json5", headers: { "content-type": "application/json5" }, code: "PROTOCOL" },
    { name: "text/json", headers: { "content-type": "text/json" }, code: "PROTOCOL" },
    { name: "problem+json", headers: { "content-type": "application/problem+json" }, code: "PROTOCOL" },
    { name: "JSON in UTF-16", headers: { "content-type": "application/json; charset=utf-16" }, code: "PROTOCOL" },
    { name: "two types", headers: { "content-type": "application/json, text/plain" }, code: "PROTOCOL" },
    { name: "a compressed body", headers: { "content-encoding": "gzip" }, code: "PROTOCOL" },
    { name: "no idempotency key", headers: { "idempotency-key": undefined }, code: "PROTOCOL" },
    { name: "a short idempotency key", headers: { "idempotency-key": "1234567" }, code: "PROTOCOL" },
    { name: "a long idempotency key", headers: { "idempotency-key": "k".repeat(101) }, code: "PROTOCOL" },
    { name: "an idempotency key with a colon", headers: { "idempotency-key": "confirmation:1234" }, code: "PROTOCOL" },
    { name: "two idempotency keys", headers: { "idempotency-key": "12345678, 87654321" }, code: "PROTOCOL" },
  ];
  it.each(headers)("$name is refused", async ({ headers: more, code }) => {
    const house = createBrokerHouse();
    const answer = await house.send(call, { headers: more });
    expect(answer.body.error?.code).toBe(code);
    expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(house.state.activities).toEqual([]);
  });

  it.each(["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])("%s is not allowed on either door", async (method) => {
    const house = createBrokerHouse();
    for (const door of ["/portal/api/calls", "/portal/api/calls/", "/portal/api/calls/image"]) {
      const verb = method.toLowerCase() as "get";
      const answer = await request(house.app)[verb](door).set({ cookie: "session=customer-ada", origin: appOrigin });
      expect(answer.status).toBe(405);
      expect(answer.headers["allow"]).toBe("POST");
      expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
    }
  });

  it.each(["/portal/api/calls/other", "/portal/api/calls/image/x", "/portal/api/calls/IMAGE", "/portal/api/calls/..%2fimage"])(
    "%s is no door",
    async (door) => {
      const house = createBrokerHouse();
      const answer = await request(house.app).post(door).set({ cookie: "session=customer-ada" });
      expect(answer.status).toBe(404);
    },
  );

  it.each([
    ["without Fetch Metadata and origin", { origin: undefined, "sec-fetch-site": undefined }],
    ["with a charset", { "content-type": "application/json; charset=utf-8" }],
    ["with a content type in other letters", { "content-type": "Application/JSON" }],
    ["with a UUID as its key", { "idempotency-key": "7d9f3c1e-0b8a-4a51-9d55-2f8f4b0f2a11" }],
  ] as [string, Record<string, string | undefined>][])("a call %s works", async (_name, more) => {
    const house = createBrokerHouse();
    expect((await house.send(call, { headers: more })).status).toBe(200);
  });
});
