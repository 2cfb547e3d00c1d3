import { describe, expect, it } from "vitest";
import { ConfigError, readConfig } from "../../../src/config/index.js";

const production = {
  NODE_ENV: "production",
  APP_ORIGIN: "https://portal.example.com",
  SANDBOX_ORIGIN: "https://widgets.example.net",
  VITRINE_SECRET: "k3J9x0PqLmN7vB2cT5yR8wE1sD4fG6hZ+aUiOpQw",
};

function problemsOf(environment: Record<string, string>): string {
  try {
    readConfig(environment);
    return "";
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.join("\n");
    throw error;
  }
}

describe("a production start is refused when the sandbox is on the app's host by any other spelling", () => {
  it.each([
    ["a dot at the end", "https://portal.example.com", "https://portal.example.com."],
    ["a dot at the end of the app's", "https://portal.example.com.", "https://portal.example.com"],
    ["two dots at the end", "https://portal.example.com", "https://portal.example.com.."],
    ["capitals", "https://portal.example.com", "HTTPS://Portal.EXAMPLE.com:8443"],
    ["a child of a name with a dot", "https://portal.example.com.", "https://w.portal.example.com"],
    ["an international name", "https://bücher.example", "https://xn--bcher-kva.example"],
    ["IPv6 in full", "https://[::1]:3000", "https://[0:0:0:0:0:0:0:1]:3001"],
    ["IPv4 in short", "http://127.0.0.1:3000", "http://127.1:3001"],
    ["IPv4 as a number", "http://127.0.0.1:3000", "http://0x7f000001:3001"],
    ["a wildcard above the app", "https://portal.example.com", "https://*.example.com"],
    ["a wildcard below the app", "http://localhost:3000", "http://*.localhost:3001"],
    ["a tab in the name", "https://portal.example.com", "https://portal.exam\tple.com"],
  ])("%s", (_name, app, sandbox) => {
    expect(problemsOf({ ...production, APP_ORIGIN: app, SANDBOX_ORIGIN: sandbox })).toMatch(/(SANDBOX|APP)_ORIGIN:/);
  });

  it.each([
    ["another domain", "https://portal.example.com", "https://widgets.example.net"],
    ["another host of the domain", "https://portal.example.com", "https://widgets.example.com"],
    ["a wildcard of another domain", "https://portal.example.com", "https://*.widgets.example.net"],
    ["two names of this machine", "http://localhost:3000", "http://127.0.0.1:3001"],
    ["IPv6 and IPv4", "http://[::1]:3000", "http://127.0.0.1:3001"],
    ["one slash at the end", "https://portal.example.com/", "https://widgets.example.net/"],
  ])("but not for %s", (_name, app, sandbox) => {
    expect(problemsOf({ ...production, APP_ORIGIN: app, SANDBOX_ORIGIN: sandbox })).toBe("");
  });
});

describe("an origin that a content policy would read as something else is refused", () => {
  it.each([
    "https://w;x.example.net",
    "https://w,x.example.net",
    "https://w'x.example.net",
    "https://w*.example.net",
    "https://a.*.example.net",
    "https://*.*.example.net",
    "https://w.example.net;script-src *",
    "https://w.example.net?",
    "https://w.example.net#",
    "https:\\\\w.example.net",
    "https://@w.example.net",
    "https:w.example.net",
  ])("%s", (origin) => {
    expect(problemsOf({ ...production, SANDBOX_ORIGIN: origin })).toContain("SANDBOX_ORIGIN:");
    expect(problemsOf({ ...production, APP_ORIGIN: origin })).toContain("APP_ORIGIN:");
  });
});

describe("a deployment that forgot NODE_ENV", () => {
  it.each(["https://portal.example.com", "http://192.168.1.5:3000", "http://127.0.0.1.example.com", "http://localhost.example.com"])(
    "does not start with the demo sign-in at %s",
    (origin) => {
      expect(problemsOf({ APP_ORIGIN: origin })).toContain("NODE_ENV:");
      expect(problemsOf({ APP_ORIGIN: origin, NODE_ENV: "  " })).toContain("NODE_ENV:");
      expect(problemsOf({ APP_ORIGIN: origin, NODE_ENV: "development" })).toBe("");
    },
  );

  it.each(["http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]:3000", "http://app.localhost:3000"])(
    "but a developer's own machine needs none: %s",
    (origin) => {
      expect(problemsOf({ APP_ORIGIN: origin, SANDBOX_ORIGIN: "http://127.0.0.2:3001" })).toBe("");
    },
  );

  it.each(["Production", "prod", "PRODUCTION", "production;", "staging"])("NODE_ENV=%s is not taken for development", (value) => {
    expect(problemsOf({ ...production, NODE_ENV: value })).toContain("NODE_ENV:");
  });
});

describe("whose X-Forwarded-For is believed", () => {
  it.each(["true", "1", "10.0.0.0/99", "0.0.0.0/0", "::/0", "10.0.0.1/", "proxy.internal", "10.0.0.0/8/8", "10.0.0.0/255.0.0.0"])(
    "is not %s",
    (value) => {
      expect(problemsOf({ ...production, TRUSTED_PROXIES: `10.0.0.1, ${value}` })).toContain("TRUSTED_PROXIES:");
    },
  );

  it("is addresses, networks and express's names for private ones", () => {
    const value = "10.0.0.7, 10.0.0.0/8,fd00::/8 , ::1,loopback,uniquelocal";
    expect(readConfig({ ...production, TRUSTED_PROXIES: value }).trustedProxies).toHaveLength(6);
  });
});

it("says that two servers cannot share a port, and that a password cannot be endless", () => {
  expect(problemsOf({ PORT: "4000", SANDBOX_PORT: "4000" })).toContain("SANDBOX_PORT:");
  expect(problemsOf({ ADMIN_PASSWORD: "x".repeat(1025) })).toContain("ADMIN_PASSWORD:");
});

it("repeats no secret in what it says", () => {
  const text = problemsOf({
    ...production,
    VITRINE_SECRET: "weak-secret-4711",
    ADMIN_PASSWORD: "pw-4712",
    DATABASE_URL: "mysql://user:pw-4713@host/db",
    REDIS_URL: "http://user:pw-4714@host",
  });
  expect(text).toContain("VITRINE_SECRET:");
  expect(text).not.toMatch(/471\d/);
});
