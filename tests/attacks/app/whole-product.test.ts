import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "../../support/app.js";

const addresses = [
  "/",
  "/healthz",
  "/readyz",
  "/none",
  "/%ff",
  "/portal",
  "/portal/none",
  "/portal/%ff",
  "/portal/sign-in",
  "/portal/preview",
  "/portal/api/calls",
  "/portal/api/calls/none",
  "/portal/assets/none.js",
  "/admin",
  "/admin/login",
  "/admin/none",
  "/admin/api/none",
  "/admin/frontend/assets/none.js",
];

describe("the product in development", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it.each(addresses)("says at %s that nothing is to be sniffed, and in which frames it may stand", async (address) => {
    const answer = await fetch(app.appOrigin + address, { redirect: "manual" });
    expect(answer.status).toBeLessThan(500);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(answer.headers.get("content-security-policy")).toContain("frame-ancestors");
    expect(answer.headers.get("x-powered-by")).toBeNull();
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });

  it("answers nobody's preflight, so no other site may read or send anything special", async () => {
    for (const address of addresses) {
      const answer = await fetch(app.appOrigin + address, {
        method: "OPTIONS",
        headers: {
          Origin: "https://evil.example",
          "Access-Control-Request-Method": "POST",
          "Access-Control-Request-Headers": "x-csrf-token",
        },
      });
      expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
  });
});

describe("a NUL character in an address of the panel", () => {
  let app: TestApp;
  let cookie: string;
  beforeAll(async () => {
    app = await startTestApp();
    const answer = await fetch(`${app.appOrigin}/admin/login`, {
      method: "POST",
      redirect: "manual",
      headers: { Origin: app.appOrigin },
      body: new URLSearchParams({ email: app.adminEmail, password: app.adminPassword }),
    });
    cookie = answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  });
  afterAll(() => app.close());

  const ask = (path: string) => fetch(`${app.appOrigin}/admin/api/resources${path}`, { headers: { cookie } });

  it.each([
    "/customers/actions/list?filters.name=%00",
    "/customers/actions/list?filters.name=a%00b",
    "/customers/actions/search/a%00",
    "/customers/records/%00/show",
    "/activities/actions/feedAll?action=%00",
    "/%00/actions/list",
  ])("is refused, on either database: %s", async (path) => {
    expect((await ask(path)).status).toBe(400);
  });

  it("but what merely looks like one is not", async () => {
    expect((await ask("/customers/actions/list?filters.name=%2500")).status).toBe(200);
  });
});

describe("the product in production", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({
      NODE_ENV: "production",
      VITRINE_DEMO: "on",
      VITRINE_SECRET: "k3J9x0PqLmN7vB2cT5yR8wE1sD4fG6hZ+aUiOpQw",
    });
  });
  afterAll(() => app.close());

  const signIn = (fields: Record<string, string>) =>
    fetch(`${app.appOrigin}/portal/sign-in`, {
      method: "POST",
      redirect: "manual",
      headers: { Origin: app.appOrigin },
      body: new URLSearchParams(fields),
    });

  it("names no demo customer and lets nobody in as one, not even with the id", async () => {
    const page = await (await fetch(`${app.appOrigin}/portal/sign-in`)).text();
    expect(page).toContain('type="password"');
    expect(page).not.toMatch(/Maya|Oliver|Noor|name="choice"/);
    for (const method of ["demo", "DEMO", "demo ", "__proto__", "toString"]) {
      for (const choice of ["", "1", "maya@customer.example"]) {
        const answer = await signIn({ method, choice });
        expect([401, 429]).toContain(answer.status);
        expect(answer.headers.get("set-cookie")).toBeNull();
      }
    }
  });

  it("does not let a customer without a password in with an empty one", async () => {
    for (const password of ["", "null", "undefined"]) {
      const answer = await signIn({ method: "password", email: "maya@customer.example", password });
      expect(answer.status).toBe(401);
      expect(answer.headers.get("set-cookie")).toBeNull();
    }
  });
});
