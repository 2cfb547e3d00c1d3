import http from "node:http";
import type { AddressInfo } from "node:net";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BlobStore, ServableVersion } from "../../src/contracts/index.js";
import { createArtifactBuilder, createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { createMemoryBlobs, createMemoryBus } from "./memory.js";

const appOrigin = "http://localhost:3000";
let sandbox: Sandbox;
let server: http.Server;
let port: number;
let origin: string;
let versions: Map<string, ServableVersion>;
let lookups: number;
let clock: number;
let logged: unknown[];
let blobs: BlobStore;
const media = new Map<string, { digest: string; contentType: string; size: number }>();
let bus = createMemoryBus();

beforeEach(async () => {
  server = http.createServer((req, res) => sandbox.handle(req, res));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ({ port } = server.address() as AddressInfo);
  origin = `http://127.0.0.1:${port}`;
  versions = new Map();
  lookups = 0;
  clock = Date.now();
  logged = [];
  blobs = createMemoryBlobs();
  media.clear();
  start(origin);
});
afterEach(async () => {
  sandbox.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function start(sandboxOrigin: string) {
  bus = createMemoryBus();
  sandbox = createSandbox({
    origin: sandboxOrigin,
    appOrigin,
    records: {
      findServable: async (id) => {
        lookups += 1;
        if (id === "broken") throw new Error("database is away");
        return versions.get(id);
      },
      findMedia: async (key) => media.get(key),
    },
    blobs,
    artifacts: createArtifactBuilder({ frameSdk: "/*lockdown*/function VITRINE(){}" }),
    signingKey: Buffer.alloc(32, 7),
    bus,
    logger: { error: (fields, message) => void logged.push([fields, message]) },
    now: () => clock,
  });
}

async function publish(id: string, more: Partial<ServableVersion> = {}, source = `console.log("${"x".repeat(2_000)}")`) {
  const digest = await blobs.put(Buffer.from(source));
  const version: ServableVersion = {
    versionId: id,
    widgetId: `widget-${id}`,
    digest,
    format: "script",
    active: true,
    storefrontOrigins: [],
    ...more,
  };
  versions.set(id, version);
  return version;
}

interface Reply {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

function get(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const req = http.request({ host: "127.0.0.1", port, path, method, headers }, (res) => {
      const chunks: Buffer[] = [];
      res.on("data", (chunk: Buffer) => chunks.push(chunk));
      res.on("end", () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(chunks) }));
    });
    req.on("error", reject);
    req.end();
  });
}

const scriptOf = (reply: Reply) => new URL(/<script src="([^"]+)"/.exec(reply.body.toString())?.[1] ?? "").pathname;

describe("a frame document", () => {
  test("has the whole header set and names one exact script", async () => {
    await publish("v1", { storefrontOrigins: ["https://shop.example"] });
    const reply = await get("/f/v1", { "Sec-Fetch-Dest": "iframe" });
    expect(reply.status).toBe(200);
    const script = `${origin}${scriptOf(reply)}`;
    const policy = String(reply.headers["content-security-policy"]);
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      `script-src ${script}`,
      "style-src 'unsafe-inline'",
      "img-src data: blob:",
      "font-src data:",
      "connect-src 'none'",
      "frame-src 'none'",
      "child-src 'none'",
      "worker-src 'none'",
      "object-src 'none'",
      "media-src 'none'",
      "manifest-src 'none'",
      "form-action 'none'",
      "base-uri 'none'",
      "webrtc 'block'",
      "sandbox allow-scripts",
      `frame-ancestors ${appOrigin} https://shop.example`,
      "report-to iso",
    ]);
    expect(reply.headers).toMatchObject({
      "connection-allowlist": `("${script}");report-to=iso`,
      "referrer-policy": "no-referrer",
      "x-dns-prefetch-control": "off",
      "x-content-type-options": "nosniff",
      "cache-control": "no-cache",
    });
    expect(String(reply.headers["permissions-policy"])).toMatch(/camera=\(\).*usb=\(\)/);
    expect(reply.headers["set-cookie"]).toBeUndefined();
    expect(reply.body.toString()).toContain(`<meta name="vitrine-hosts" content="${appOrigin} https://shop.example">`);
    expect(reply.body.toString()).toContain('<div id="gro-widget-root" spellcheck="false" translate="no" autocomplete="off">');
  });

  test.each([
    "https://evil.example; script-src *",
    "https://evil.example\r\nSet-Cookie: a=b",
    "*",
    "https://*.example",
    "https://[::1]",
    "https://shop.example/path",
    "javascript:alert(1)",
    `https://shop.example"><script>`,
    "null",
    "https://user@shop.example",
  ])("storefront origin %j never reaches a header", async (bad) => {
    await publish("v1", { storefrontOrigins: [bad] });
    const reply = await get("/f/v1");
    expect(reply.headers["content-security-policy"]).toContain(`frame-ancestors ${appOrigin}; report-to`);
    expect(reply.body.toString()).toContain(`content="${appOrigin}">`);
  });

  test("is answered with 304 while nothing changed, and not after", async () => {
    const version = await publish("v1");
    const etag = String((await get("/f/v1")).headers.etag);
    expect(await get("/f/v1", { "If-None-Match": etag })).toMatchObject({ status: 304 });
    expect(await get("/f/v1", { "If-None-Match": `W/"x", ${etag}` })).toMatchObject({ status: 304 });
    versions.set("v1", { ...version, storefrontOrigins: ["https://shop.example"] });
    bus.publish({ kind: "settings", communityId: "c" });
    expect(await get("/f/v1", { "If-None-Match": etag })).toMatchObject({ status: 200 });
  });

  test("stops at once on an announced change, and within a second without one", async () => {
    const version = await publish("v1");
    const script = scriptOf(await get("/f/v1"));
    expect((await get(script)).status).toBe(200);
    versions.set("v1", { ...version, active: false });
    expect((await get("/f/v1")).status).toBe(200);
    clock += 1_001;
    expect((await get("/f/v1")).status).toBe(404);
    expect((await get(script)).status).toBe(404);

    versions.set("v1", version);
    bus.publish({ kind: "widget", widgetId: version.widgetId });
    expect((await get("/f/v1")).status).toBe(200);
    expect((await get(script)).status).toBe(200);
    versions.set("v1", { ...version, active: false });
    bus.publish({ kind: "widget", widgetId: version.widgetId });
    expect((await get("/f/v1")).status).toBe(404);
    expect((await get(script)).status).toBe(404);
  });

  test("costs one database lookup a second, also for many at once", async () => {
    await publish("v1");
    await Promise.all(Array.from({ length: 50 }, () => get("/f/v1")));
    expect(lookups).toBe(1);
  });

  test("is only for iframes", async () => {
    await publish("v1");
    for (const destination of ["document", "script", "empty", "object", "embed", "serviceworker"]) {
      expect((await get("/f/v1", { "Sec-Fetch-Dest": destination })).status).toBe(403);
    }
  });
});

describe("a preview", () => {
  test("shows a version that is not active for ten minutes, and nothing longer or other", async () => {
    const version = await publish("v2", { active: false });
    const path = new URL(sandbox.addresses.previewUrl(version.widgetId, "v2")).pathname;
    expect((await get("/f/v2")).status).toBe(404);
    const shown = await get(path);
    expect(shown).toMatchObject({ status: 200, headers: { "cache-control": "no-store" } });
    expect((await get(scriptOf(shown))).status).toBe(200);
    clock += 599_000;
    expect((await get(path)).status).toBe(200);
    clock += 2_000;
    expect((await get(path)).status).toBe(404);
    expect((await get(scriptOf(shown))).status).toBe(404);
  });

  test("cannot be forged, stretched or moved to another version", async () => {
    await publish("v2", { active: false });
    await publish("v3", { active: false });
    const name = new URL(sandbox.addresses.previewUrl("widget-v2", "v2")).pathname.slice(3);
    const [p, versionId, expires, signature] = name.split(".");
    for (const forged of [
      `${p}.v3.${expires}.${signature}`,
      `${p}.${versionId}.${Number(expires) + 1}.${signature}`,
      `${p}.${versionId}.0${expires}.${signature}`,
      `${p}.${versionId}.${expires}.${"A".repeat(43)}`,
      `${p}.${versionId}.${expires}.${signature?.slice(0, 42)}`,
      `${name}.x`,
    ]) {
      expect((await get(`/f/${forged}`)).status).toBe(404);
    }
    expect((await get(`/f/${name}`)).status).toBe(200);
  });
});

describe("the script", () => {
  test("is immutable, compressed, and readable by a frame without an origin", async () => {
    await publish("v1");
    const path = scriptOf(await get("/f/v1"));
    const plain = await get(path);
    expect(plain.headers).toMatchObject({
      "cache-control": "public, max-age=31536000, immutable",
      "cross-origin-resource-policy": "cross-origin",
      "access-control-allow-origin": "*",
      "x-content-type-options": "nosniff",
      "content-type": "text/javascript; charset=utf-8",
      vary: "Accept-Encoding",
    });
    expect(plain.headers["content-encoding"]).toBeUndefined();
    const brotli = await get(path, { "Accept-Encoding": "gzip, deflate, br, zstd" });
    expect(brotli.headers["content-encoding"]).toBe("br");
    expect(brotliDecompressSync(brotli.body).equals(plain.body)).toBe(true);
    const gzip = await get(path, { "Accept-Encoding": "gzip, br;q=0" });
    expect(gzip.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
    expect((await get(path, { "Accept-Encoding": "br;q=0, *;q=0" })).headers["content-encoding"]).toBeUndefined();
    expect((await get(path, { "If-None-Match": String(plain.headers.etag) })).status).toBe(304);
    const head = await get(path, {}, "HEAD");
    expect(head).toMatchObject({ status: 200, headers: { "content-length": String(plain.body.length) } });
    expect(head.body.length).toBe(0);
  });

  test("is found by another process, but bare bundles and other blobs of the store are not served", async () => {
    const version = await publish("v1");
    const path = scriptOf(await get("/f/v1"));
    const before = await get(path);
    sandbox.close();
    start(origin);
    expect((await get(path)).body.equals(before.body)).toBe(true);
    expect((await get(`/b/${version.digest}.js`)).status).toBe(404);
    expect((await get(`/b/${"0".repeat(64)}.js`)).status).toBe(404);
  });
});

describe("everything else", () => {
  test.each([
    "/",
    "/f",
    "/f/",
    "/f/v1/",
    "/f/v1?x=1",
    "/f/v1?",
    "/f/v1#x",
    "/f//v1",
    "/f/./v1",
    "/f/../f/v1",
    "/F/v1",
    "/f/v%31",
    "/f/v1%00",
    "/f/v1;x",
    "//evil.example/f/v1",
    "/\\evil.example",
    "/b/x.js",
    "/m/../f/v1",
    "/favicon.ico",
    "/robots.txt",
    "/.well-known/x",
    "http://evil.example/f/v1",
  ])("%s is the same 404", async (path) => {
    await publish("v1");
    const reply = await get(path);
    expect(reply.status).toBe(404);
    expect(reply.body.toString()).toBe("Not found.\n");
    expect(reply.headers["location"]).toBeUndefined();
    expect(reply.headers["x-content-type-options"]).toBe("nosniff");
    expect(logged).toEqual([]);
  });

  test.each(["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])("%s is not allowed", async (method) => {
    await publish("v1");
    expect(await get("/f/v1", {}, method)).toMatchObject({ status: 405, headers: { allow: "GET, HEAD" } });
  });

  test("a failing database is a 503 without a path in the log", async () => {
    const reply = await get("/f/broken");
    expect(reply.status).toBe(503);
    expect(JSON.stringify(logged)).not.toContain("broken");
    expect(logged).toHaveLength(1);
  });

  test("an uploaded image has a policy of its own; other types and keys are nothing", async () => {
    const digest = await blobs.put(Buffer.from("image"));
    media.set("a".repeat(32), { digest, contentType: "image/png", size: 5 });
    media.set("b".repeat(32), { digest, contentType: "image/svg+xml", size: 5 });
    const reply = await get(new URL(sandbox.addresses.mediaUrl("a".repeat(32))).pathname);
    expect(reply.status).toBe(200);
    expect(reply.headers).toMatchObject({
      "content-type": "image/png",
      "content-security-policy": "default-src 'none'; sandbox",
      "cross-origin-resource-policy": "cross-origin",
      "x-content-type-options": "nosniff",
      "content-disposition": 'inline; filename="image.png"',
    });
    expect((await get(`/m/${"b".repeat(32)}`)).status).toBe(404);
    expect((await get(`/m/${"c".repeat(32)}`)).status).toBe(404);
  });
});

describe("an origin per widget", () => {
  test("each widget answers on its own host name only, media on another", async () => {
    start(`http://*.localhost:${port}`);
    const first = await publish("v1");
    const second = await publish("v2");
    const url = new URL(sandbox.addresses.frameUrl(first.widgetId, "v1"));
    const other = new URL(sandbox.addresses.frameUrl(second.widgetId, "v2"));
    expect(url.hostname).toMatch(/^w[0-9a-f]{24}\.localhost$/);
    expect(other.host).not.toBe(url.host);
    const reply = await get("/f/v1", { Host: url.host });
    expect(reply.status).toBe(200);
    expect(reply.headers["content-security-policy"]).toContain(`script-src ${url.origin}/b/`);
    for (const host of [other.host, `localhost:${port}`, `127.0.0.1:${port}`, `media.localhost:${port}`]) {
      expect((await get("/f/v1", { Host: host })).status).toBe(404);
    }
    expect(sandbox.addresses.frameSources([first.widgetId, second.widgetId])).toEqual([`${url.origin}/f/`, `${other.origin}/f/`]);
    expect(sandbox.addresses.mediaSource).toBe(`http://media.localhost:${port}/m/`);
    media.set("a".repeat(32), { digest: await blobs.put(Buffer.from("image")), contentType: "image/png", size: 5 });
    expect((await get(`/m/${"a".repeat(32)}`, { Host: `media.localhost:${port}` })).status).toBe(200);
    expect((await get(`/m/${"a".repeat(32)}`, { Host: url.host })).status).toBe(404);
  });
});
