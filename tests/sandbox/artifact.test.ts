import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { createArtifactBuilder } from "../../src/sandbox/index.js";

const frameSdk = "/* lockdown */ var ran; function VITRINE(bundle, isModule) { ran = { bundle, isModule }; }";
const builder = createArtifactBuilder({ frameSdk });
const build = (source: string | Uint8Array, format: "script" | "module" = "script") => builder.build(Buffer.from(source), format);

/** Evaluates the file as a browser would and then calls the bundle. */
function run(source: string, format: "script" | "module" = "script", window: Record<string, unknown> = {}) {
  window["log"] ??= [];
  const expose = (accessors: Record<string, [() => unknown, (value: unknown) => void]>) => {
    for (const [name, [get, set]] of Object.entries(accessors)) Object.defineProperty(window, name, { get, set, configurable: true });
  };
  runInNewContext(build(source, format).body.toString(), window);
  const { bundle, isModule } = window["ran"] as { bundle: (this: unknown, expose: unknown) => unknown; isModule: boolean };
  return { result: bundle.call(isModule ? undefined : window, expose), window };
}

describe("the one file of a version", () => {
  test("begins with the lockdown and does nothing of the bundle before it is called", () => {
    const { body, digest } = build("globalThis.touched = true;");
    expect(body.toString().startsWith(frameSdk)).toBe(true);
    expect(builder.isArtifact(body)).toBe(true);
    expect(builder.isArtifact(Buffer.from("globalThis.touched = true;"))).toBe(false);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(build("globalThis.touched = true;").digest).toBe(digest);
    const window: Record<string, unknown> = {};
    runInNewContext(body.toString(), window);
    expect(window["touched"]).toBeUndefined();
  });

  test.each([
    ["a closed wrapper", "}), false); globalThis.out = 1; VITRINE((function () {"],
    ["a closed wrapper in a module", "}), true); globalThis.out = 1; VITRINE((function () {", "module"],
    ["an HTML-like comment", "<!-- x\nlet a = 1;"],
    ["the end of one", "let a = 1;\n--> x"],
    ["a hashbang", "#!/usr/bin/env node\n1"],
    ["a top-level return", "return 1"],
    ["an unfinished comment", "let a; /* "],
    ["an unfinished template", "let a = `"],
    ["invalid UTF-8", new Uint8Array([0x61, 0x3d, 0x22, 0xff, 0x22])],
    ["a static import", `import x from "y"; x();`, "module"],
    ["a re-export", `export * from "y";`, "module"],
    ["too deep nesting", `${"(".repeat(60_000)}1${")".repeat(60_000)}`],
  ] satisfies (readonly [string, string | Uint8Array, "module"?])[])("%s is refused", (_name, source, format?: "module") => {
    expect(() => build(source, format ?? "script")).toThrow(/.+/);
  });

  test("a script keeps its `this`, its directives and its line numbers", () => {
    const { window } = run(`"use strict";\nlog.push(this === undefined, (function () { return this; })() === undefined);`);
    expect(window["log"]).toEqual([false, true]);
    const { window: sloppy } = run(`log.push((function () { return this !== undefined; })());`);
    expect(sloppy["log"]).toEqual([true]);
    const line = (text: string, needle: string) => text.split("\n").findIndex((part) => part.includes(needle));
    const file = build("var a;\nvar b;\nneedle();").body.toString();
    expect(line(file, "needle") - line(file, "VITRINE((function(")).toBe(3);
  });

  test("var and function names are live on the window, let, const, class and inner names are not", () => {
    const { window } = run(
      `var a = 1, { b, c: [d = 4, ...e], ...f } = { b: 2, c: [undefined, 5], g: 6 }; for (var i = 0; i < 2; i++) { var j = i; }
       function fn() { var inner = 1; return a; } let l = 1; const k = 2; class C {} try { throw 1 } catch (x) { var t = x }
       switch (1) { case 1: var s = 1 } label: { var n = 3 } window = this; a = 9;`,
    );
    const read = (name: string) => (window["window"] as Record<string, unknown>)[name] ?? window[name];
    expect(["a", "b", "d", "i", "j", "t", "s", "n"].map(read)).toEqual([9, 2, 4, 2, 1, 1, 1, 3]);
    expect(read("e")).toEqual([5]);
    expect(read("f")).toEqual({ g: 6 });
    expect((read("fn") as () => number)()).toBe(9);
    expect(["inner", "l", "k", "C", "x"].map(read)).toEqual([undefined, undefined, undefined, undefined, undefined]);
    window["a"] = 11;
    expect((read("fn") as () => number)()).toBe(11);
  });

  test("a module's exports are collected and its code is strict", async () => {
    const { result } = run(
      `export const one = 1; export function two() { return this; } export class Three {}; const four = 4; export { four, four as "fo ur" };
       export let { five, six: [six] } = { five: 5, six: [6] }; export default class {}`,
      "module",
    );
    const exports = result as Record<string, unknown>;
    expect(Object.keys(exports).sort()).toEqual(["Three", "default", "five", "fo ur", "four", "one", "six", "two"]);
    const two = exports["two"] as () => unknown;
    expect(two()).toBeUndefined();
    expect((exports["default"] as { name: string }).name).toContain("default");
  });

  test.each([
    ["an expression", "export default 1 + 1", 2],
    ["an arrow function", "export default () => 3", 3],
    ["an anonymous function", "export default function () { return 3 }\n[1].length", 3],
    ["a named function that is used before", "log.push(f()); export default function f() { return 3 }", 3],
  ])("default export of %s", (_name, source, expected) => {
    const value = (run(source, "module").result as Record<string, unknown>)["default"];
    expect(typeof value === "function" ? (value as () => unknown)() : value).toBe(expected);
  });

  test("top-level await waits, import.meta is an empty object, and comment look-alikes stay operators", async () => {
    const { result, window } = run(
      `let m = 1, n = 2; log.push(m<!--n); let k = 3; k-->0;
       log.push(JSON.stringify(import.meta), k); for await (const x of [Promise.resolve(7)]) log.push(x); export const done = await 8;`,
      "module",
    );
    expect(await result).toMatchObject({ done: 8 });
    expect(window["log"]).toEqual([false, "{}", 2, 7]);
  });

  test("source map comments are gone, strings that look like them are not", () => {
    const text = build(
      "a();//# sourceMappingURL=https://evil.example/x\nb(); /*# sourceMappingURL=https://evil.example/y\n */ c('//# sourceMappingURL=kept'); //@ sourceURL=https://evil.example/z",
    ).body.toString();
    expect(text).not.toContain("evil.example");
    expect(text).toContain("//# sourceMappingURL=kept");
  });

  test("names that the wrapper needs are chosen around the bundle's own", () => {
    const { window } = run(`var $expose = 1, $value = 2, $expose0 = 3; log.push($expose, $value, $expose0);`);
    expect(window["log"]).toEqual([1, 2, 3]);
  });

  test("the time grows with the number of names, not with its square", () => {
    const timeOf = (count: number) => {
      const source = Array.from({ length: count }, (_, index) => `let v${index};`).join("");
      const started = performance.now();
      build(source);
      return performance.now() - started;
    };
    timeOf(5_000);
    // Ten times the names in about ten times the time; a quadratic check would need a hundred times.
    expect(timeOf(80_000)).toBeLessThan(timeOf(8_000) * 40);
  });
});
