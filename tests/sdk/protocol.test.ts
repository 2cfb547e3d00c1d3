import { describe, expect, test } from "vitest";
import { checkJson, createTokenBucket, limits, parseFrameMessage, parseHello } from "../../sdk/src/protocol/index.js";

describe("messages of a frame", () => {
  test.each([
    { v: 1, type: "call", id: "1", method: "activity.log", params: { a: 1 } },
    { v: 1, type: "call", id: "1", method: "media.upload", params: {}, image: new Blob([]) },
    { v: 1, type: "cancel", id: "1" },
    { v: 1, type: "resize", height: 12.5 },
    { v: 1, type: "pong", n: 3 },
    { v: 1, type: "state", state: "ready" },
    { v: 1, type: "attested" },
  ])("$type is read", (message) => {
    expect(parseFrameMessage(message)).toEqual(message);
  });

  test.each([
    ["null", null],
    ["text", "call"],
    ["an array", [1]],
    ["another version", { v: 2, type: "cancel", id: "1" }],
    ["a version as text", { v: "1", type: "cancel", id: "1" }],
    ["an unknown type", { v: 1, type: "constructor" }],
    ["a prototype's name", { v: 1, type: "__proto__" }],
    ["a type that is an object", { v: 1, type: { toString: (): string => "cancel" }, id: "1" }],
    ["a missing key", { v: 1, type: "call", id: "1", method: "x" }],
    ["a strange key", { v: 1, type: "cancel", id: "1", admin: true }],
    ["a long id", { v: 1, type: "cancel", id: "x".repeat(65) }],
    ["an empty id", { v: 1, type: "cancel", id: "" }],
    ["a method that is no text", { v: 1, type: "call", id: "1", method: ["activity.log"], params: {} }],
    ["an endless height", { v: 1, type: "resize", height: Number.POSITIVE_INFINITY }],
    ["no height", { v: 1, type: "resize", height: Number.NaN }],
    ["an unknown state", { v: 1, type: "state", state: "admin" }],
    ["a date", new Date()],
    ["a map", new Map([["v", 1]])],
  ])("%s is malformed", (_name, message) => {
    expect(parseFrameMessage(message)).toBeUndefined();
  });

  test("a million strange keys are not looked at", () => {
    const big: Record<string, unknown> = { v: 1, type: "cancel", id: "1" };
    for (let index = 0; index < 1_000_000; index++) big[`k${index}`] = index;
    const started = performance.now();
    expect(parseFrameMessage(big)).toBeUndefined();
    // Only the keys' list is made.
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test("a hello has a version, a nonce and nothing else", () => {
    expect(parseHello({ v: 1, type: "hello", nonce: "n" })).toEqual({ v: 1, type: "hello", nonce: "n" });
    for (const wrong of [
      { v: 1, type: "hello" },
      { v: 1, type: "hello", nonce: 1 },
      { v: 1, type: "hello", nonce: "n", more: 1 },
      null,
      "hello",
    ]) {
      expect(parseHello(wrong)).toBeUndefined();
    }
  });
});

describe("parameters", () => {
  const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) });
  test.each([[{ a: [1, "x", null, true, { b: 1.5 }] }], ["text"], [0], [[]], [Object.assign(Object.create(null), { a: 1 })], [deep(15)]])(
    "%j is JSON",
    (value) => {
      expect(checkJson(value).ok).toBe(true);
    },
  );
  test.each([
    ["undefined", undefined, "shape"],
    ["a function", () => 1, "shape"],
    ["NaN", { a: Number.NaN }, "shape"],
    ["a bigint", 1n, "shape"],
    ["a date", { a: new Date() }, "shape"],
    ["a map", new Map(), "shape"],
    ["a buffer", new ArrayBuffer(8), "shape"],
    ["an own __proto__", JSON.parse('{"__proto__":{"admin":true}}'), "shape"],
    ["too deep nesting", deep(17), "size"],
    ["too long text", "x".repeat(limits.paramsSize + 1), "size"],
    ["too long keys", { ["x".repeat(limits.paramsSize + 1)]: 1 }, "size"],
    ["too many items", Array.from({ length: 5_001 }, () => 0), "size"],
    ["a sparse array", Object.assign([], { length: 4_294_967_295 }), "size"],
  ])("%s is not", (_name, value, reason) => {
    expect(checkJson(value)).toEqual({ ok: false, reason });
  });
});

test("a bucket gives its burst, then what comes back with time, never more than the burst", () => {
  const bucket = createTokenBucket(3, 2);
  expect([0, 0, 0, 0].map((now) => bucket.take(now))).toEqual([true, true, true, false]);
  expect(bucket.retryAfter(0)).toBe(500);
  expect(bucket.take(500)).toBe(true);
  expect(bucket.take(500)).toBe(false);
  expect([1e6, 1e6, 1e6, 1e6].map((now) => bucket.take(now))).toEqual([true, true, true, false]);
});
