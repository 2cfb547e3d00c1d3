import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { addressBucket } from "../../src/contracts/index.js";
import { chooseEncoding } from "../../src/portal/assets.js";
import { createCsrfToken, isSameToken } from "../../src/portal/csrf-token.js";
import { createFormat, isTimeZone, safeLocale } from "../../src/portal/format.js";
import { isOwnMedia } from "../../src/portal/media-link.js";
import { ownPath } from "../../src/portal/own-path.js";
import { createPreviewLinks } from "../../src/portal/preview-link.js";
import { isSameOrigin } from "../../src/portal/same-origin.js";
import { createSessionCookie } from "../../src/portal/session-cookie.js";

describe("where a sign-in leads", () => {
  it.each(["/portal", "/portal/subscriptions/abc-1", "/portal/subscriptions/abc?tab=activity"])("%s is ours", (path) => {
    expect(ownPath(path)).toBe(path);
  });

  it.each([
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/portal//evil.example",
    "/portal/../admin",
    "/portal@evil.example",
    "/portal/%2e%2e/admin",
    "/portal?next=//evil.example",
    "javascript:alert(1)",
    "/portal/subscriptions/a?tab=x&y=//evil",
    "/portal/sign-out",
    "/portal\r\nSet-Cookie: a=b",
    "",
    ["/portal"],
    undefined,
  ])("%s is not, and becomes the start page", (path) => {
    expect(ownPath(path)).toBe("/portal");
  });
});

describe("same-origin check", () => {
  const own = "http://localhost:3000";
  it.each([
    [{ origin: own }, true],
    [{ "sec-fetch-site": "same-origin" }, true],
    [{ origin: own, "sec-fetch-site": "same-origin" }, true],
    [{}, false],
    [{ origin: "null" }, false],
    [{ origin: "http://localhost:3001" }, false],
    [{ origin: own, "sec-fetch-site": "cross-site" }, false],
    [{ origin: "https://evil.example", "sec-fetch-site": "same-origin" }, false],
    [{ "sec-fetch-site": "same-site" }, false],
    [{ "sec-fetch-site": "none" }, false],
  ])("%o → %s", (headers, allowed) => {
    expect(isSameOrigin(headers, own)).toBe(allowed);
  });
});

describe("tokens", () => {
  it("a CSRF token belongs to one session and one key", () => {
    const key = randomBytes(32);
    const token = createCsrfToken(key, "session-1");
    expect(isSameToken(token, createCsrfToken(key, "session-1"))).toBe(true);
    expect(isSameToken(token, createCsrfToken(key, "session-2"))).toBe(false);
    expect(isSameToken(token, createCsrfToken(randomBytes(32), "session-1"))).toBe(false);
    for (const wrong of [undefined, null, "", [token], { length: token.length }, `${token}x`])
      expect(isSameToken(token, wrong)).toBe(false);
  });

  it("a preview link opens its version, for ten minutes, unaltered", () => {
    let now = 1_000_000;
    const links = createPreviewLinks({ key: randomBytes(32), appOrigin: "http://localhost:3000", now: () => now });
    const query = new URL(links.link("version-1")).searchParams;
    const token = query.get("token") ?? "";
    expect(links.isValid("version-1", token)).toBe(true);
    expect(links.isValid("version-2", token)).toBe(false);
    expect(links.isValid("version-1", token.replace(/^\d/, "9"))).toBe(false);
    expect(links.isValid("version-1", `${token}A`)).toBe(false);
    expect(links.isValid("version-1", "")).toBe(false);
    now += 10 * 60_000;
    expect(links.isValid("version-1", token)).toBe(false);
  });
});

describe("the session cookie", () => {
  it("is HttpOnly, Lax, for the portal only, and Secure with a prefix in production", () => {
    expect(createSessionCookie(false).set("t")).toMatch(/^vitrine_portal=t; Max-Age=\d+; Path=\/portal; HttpOnly; SameSite=Lax$/);
    expect(createSessionCookie(true).set("t")).toMatch(/^__Secure-vitrine_portal=t; .*HttpOnly; SameSite=Lax; Secure$/);
  });

  it("is read only when it is well formed and there is exactly one", () => {
    const cookie = createSessionCookie(false);
    const token = "a".repeat(43);
    expect(cookie.read({ cookie: `other=1; vitrine_portal=${token}` })).toBe(token);
    expect(cookie.read({ cookie: `vitrine_portal=${token}; vitrine_portal=${"b".repeat(43)}` })).toBeUndefined();
    for (const value of ["", "short", "../../etc", "a".repeat(600), `${token}"`]) {
      expect(cookie.read({ cookie: `vitrine_portal=${value}` })).toBeUndefined();
    }
    expect(cookie.read({ cookie: `not_vitrine_portal=${token}` })).toBeUndefined();
    expect(cookie.read({})).toBeUndefined();
  });
});

describe("our own media", () => {
  const addresses = { mediaUrl: (key: string) => `http://127.0.0.1:3001/m/${key}` };
  const key = "A".repeat(22);
  it("is recognised by its whole address", () => {
    expect(isOwnMedia(addresses, `http://127.0.0.1:3001/m/${key}.webp`)).toBe(true);
  });
  it.each([
    `https://evil.example/m/${key}.webp`,
    `http://127.0.0.1:3001@evil.example/m/${key}.webp`,
    `http://127.0.0.1:3001/m/${key}.webp?x=1`,
    `http://127.0.0.1:3001/m/${key}.webp#x`,
    `http://127.0.0.1:3001/m/../f/${key}`,
    `//127.0.0.1:3001/m/${key}.webp`,
    `http://127.0.0.1:3001/m/x/${key}.webp`,
    ` http://127.0.0.1:3001/m/${key}.webp`,
    `javascript:alert(1)//m/${key}`,
    "",
  ])("%s is not", (address) => {
    expect(isOwnMedia(addresses, address)).toBe(false);
  });
});

it("requests are counted per IPv4 address and per IPv6 household", () => {
  expect(addressBucket("203.0.113.9")).toBe("203.0.113.9");
  expect(addressBucket("::ffff:203.0.113.9")).toBe("203.0.113.9");
  expect(addressBucket("2001:db8:1:2:aaaa::1")).toBe(addressBucket("2001:0db8:1:2:bbbb:cccc:dddd:eeee"));
  expect(addressBucket("2001:db8:1:3::1")).not.toBe(addressBucket("2001:db8:1:2::1"));
  expect(addressBucket("::1")).toBe("0:0:0:0::/64");
});

it("codings are chosen from what the browser takes", () => {
  expect(chooseEncoding("gzip, deflate, br, zstd")).toBe("br");
  expect(chooseEncoding("gzip;q=0.8, br;q=0")).toBe("gzip");
  expect(chooseEncoding(undefined)).toBe("identity");
});

it("unknown zones and locales fall back instead of failing", () => {
  expect(isTimeZone("Europe/Berlin")).toBe(true);
  for (const zone of ["Mars/Olympus", "", 5, "../../etc/passwd", "x".repeat(100)]) expect(isTimeZone(zone)).toBe(false);
  expect(safeLocale("not a locale")).toBe("en");
  const format = createFormat("de-DE", "nowhere");
  expect(format.price(123456)).toBe("1.234,56");
  expect(format.relative(new Date("2026-01-07"), new Date("2026-01-01"))).toBe("in 6 days");
});
