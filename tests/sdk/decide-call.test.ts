import { describe, expect, test } from "vitest";
import { createCallDecider } from "../../sdk/src/host/decide-call.js";

const capability = (method: string, more: object = {}) => ({
  method,
  scope: method,
  confirms: false,
  takesImage: false,
  rateLimit: { calls: 2, perSeconds: 10 },
  ...more,
});
const settings = {
  capabilities: [capability("a.log"), capability("a.gone"), capability("a.foreign"), capability("a.image", { takesImage: true })],
  grantedScopes: ["a.log", "a.gone", "a.image"],
  disabledScopes: ["a.gone"],
  isPreview: false,
};
const call = (method: string, params: unknown = {}, image?: unknown) => ({
  v: 1 as const,
  type: "call" as const,
  id: "1",
  method,
  params,
  ...(image === undefined ? {} : { image }),
});

describe("what the host refuses before the server is asked", () => {
  const decide = createCallDecider(settings);
  test.each([
    ["an unknown method", call("b.x"), "UNKNOWN_METHOD"],
    ["a prototype's method", call("constructor"), "UNKNOWN_METHOD"],
    ["a scope that is not granted", call("a.foreign"), "SCOPE_NOT_GRANTED"],
    ["a scope that is switched off", call("a.gone"), "CAPABILITY_DISABLED"],
    ["parameters that are not JSON", call("a.log", { a: new Date() }), "INVALID_PARAMS"],
    ["too large parameters", call("a.log", "x".repeat(70_000)), "TOO_LARGE"],
    ["an image where none belongs", call("a.log", {}, new Blob([])), "INVALID_PARAMS"],
    ["no image where one belongs", call("a.image"), "INVALID_PARAMS"],
    ["something else as an image", call("a.image", {}, { size: 1 }), "INVALID_PARAMS"],
    ["a too large image", call("a.image", {}, new Blob([new Uint8Array(5 * 1024 * 1024 + 1)])), "TOO_LARGE"],
  ])("%s", (_name, message, code) => {
    expect(decide(message, 0)).toMatchObject({ allow: false, code });
  });

  test("calls over the rate, with the time to wait; other methods have their own", () => {
    const limited = createCallDecider(settings);
    expect([0, 0, 0].map((now) => limited(call("a.log"), now).allow)).toEqual([true, true, false]);
    expect(limited(call("a.log"), 0)).toMatchObject({ code: "RATE_LIMITED", retryable: true, details: { retryAfterMs: 5_000 } });
    expect(limited(call("a.image", {}, new Blob([])), 0).allow).toBe(true);
    expect(limited(call("a.log"), 5_000).allow).toBe(true);
  });

  test("everything, in preview", () => {
    expect(createCallDecider({ ...settings, isPreview: true })(call("a.log"), 0)).toMatchObject({ code: "USER_CANCELLED" });
  });
});
