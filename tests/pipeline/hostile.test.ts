import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Pipeline } from "../../src/contracts/index.js";
import { blockingRules, judgeText, startScanner } from "../support/scanner.js";

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await startScanner();
});
afterAll(() => pipeline.close());

// Two seconds of work. On a busy machine those may take four times as long on the wall, and a new worker has to start before.
const patienceMs = 15_000;

describe("bundles that would hold the scanner", () => {
  it.each([
    ["an endless loop", "let i = 0; while (i >= 0) { i = (i + 1) % 5 }", "resource-use/unbounded-loop"],
    ["endless promises", "const f = () => Promise.resolve().then(f); f()", "resource-use/unbounded-loop"],
    ["an endless generator", "function* g() { while (true) yield 1 } for (const x of g());", "resource-use/unbounded-loop"],
    [
      "a loop in a click",
      'document.body.innerHTML = "<button>x</button>"; document.querySelector("button").onclick = () => { let i = 0; while (i < 1) { i = 0 } }',
      "resource-use/unbounded-loop",
    ],
    ["a loop on leaving", "addEventListener('pagehide', () => { let i = 0; while (i < 1) { i = 0 } })", "resource-use/unbounded-loop"],
    ["a regular expression bomb", "/^(a+)+$/.test('a'.repeat(40) + '!')", "resource-use/unbounded-loop"],
    ["a native loop", "new Array(4294967295).join('x')", "pipeline/timeout"],
    ["a native search", "const s = 'a'.repeat(3e6); for (let i = 0; i < 1e9; i++) s.indexOf('b')", "pipeline/timeout"],
    ["arrays without end", "const a = []; while (a.length < 1e9) a.push(new Array(1000).fill(a.length))", "resource-use/memory"],
    ["a call without end", "function f() { f() } f()", "resource-use/memory"],
    ["eighty thousand declarations", Array.from({ length: 80_000 }, (_, index) => `let v${index}=1;`).join(""), "pipeline/timeout"],
    ["a hundred thousand brackets", `${"(".repeat(100_000)}1${")".repeat(100_000)}`, "pipeline/too-deep"],
    ["two hundred thousand calls in a row", `a${"()".repeat(200_000)}`, "pipeline/too-deep"],
  ])("rejects %s in time", async (_, text, rule) => {
    const started = performance.now();
    const report = await judgeText(pipeline, text);
    expect(report.verdict).toBe("reject");
    expect(blockingRules(report)).toContain(rule);
    expect(performance.now() - started).toBeLessThan(patienceMs);
  });

  it.each([
    ["a chain of twenty thousand members", `window.a${".b".repeat(20_000)}`],
    ["a text of almost two megabytes", `const s = "${"A".repeat(1_900_000)}"`],
    ["a thousand nested arrays", `const a = ${"[".repeat(1000)}${"]".repeat(1000)}`],
  ])("answers for %s", async (_, text) => {
    const report = await judgeText(pipeline, text);
    expect(blockingRules(report)).not.toContain("pipeline/crash");
  });

  it("does not let one submission delay another beyond the pool", async () => {
    const hanging = judgeText(pipeline, "new Array(4294967295).join('x')");
    const started = performance.now();
    const harmless = await judgeText(pipeline, "document.title = 'hello'");
    expect(harmless.verdict).toBe("publish");
    const waited = performance.now() - started;
    const report = await hanging;
    expect(waited).toBeLessThan(report.durationMs);
    expect(report.verdict).toBe("reject");
  });

  it("works on after every kind of end", async () => {
    for (const text of [
      "function f() { f() } f()",
      "new Array(4294967295).join('x')",
      "const a = []; while (1 + a.length) a.push(new Array(1e5).fill(1))",
    ]) {
      expect((await judgeText(pipeline, text)).verdict).toBe("reject");
      expect((await judgeText(pipeline, "document.title = 'hello'")).verdict).toBe("publish");
    }
  });

  it("keeps one bundle's traces from the next", async () => {
    await judgeText(
      pipeline,
      "globalThis.left = 1; Object.prototype.left = 1; document.body.setAttribute('left', '1'); localStorage.setItem('left', '1')",
    );
    const report = await judgeText(
      pipeline,
      "if (globalThis.left || document.body.getAttribute('left') || localStorage.getItem('left')) fetch('https://left.example')".replace(
        "'https://left.example'",
        "['https:/', 'left.example'].join('/')",
      ),
    );
    expect(report.behaviour.some(({ kind }) => kind === "request.fetch")).toBe(false);
  });
});

describe("bundles that try to blind the scanner", () => {
  it.each([
    [
      "breaks the built-ins first",
      "Array.prototype.push = () => { throw 1 }; JSON.stringify = null; String.prototype.slice = () => { throw 2 }; Function.prototype.call = Function.prototype.apply = null; Reflect.apply = null; const u = ['https:', '', 'late.example']; fetch(u[0] + '//' + u[2])",
    ],
    [
      "poisons Object.prototype",
      "Object.prototype.get = () => 1; Object.prototype.value = 1; Object.prototype.then = 1; fetch('https:' + '//late.example')",
    ],
    ["waits a month", "setTimeout(() => fetch(['https:', '', 'late.example'].join('/')), 2.6e9)"],
    [
      "waits for the second click",
      "let n = 0; document.addEventListener('click', () => { if (++n > 1) fetch(['https:', '', 'late.example'].join('/')) })",
    ],
    [
      "waits for typing",
      "document.body.innerHTML = '<input>'; document.querySelector('input').oninput = () => fetch(['https:', '', 'late.example'].join('/'))",
    ],
    ["waits for a message", "addEventListener('message', () => fetch(['https:', '', 'late.example'].join('/')))"],
    [
      "waits until it is hidden",
      "document.addEventListener('visibilitychange', () => navigator.sendBeacon(['https:', '', 'late.example'].join('/')))",
    ],
    ["hides behind a converter", "fetch({ toString: () => ['https:', '', 'late.example'].join('/') })"],
    ["hides in init(sdk)", "export function init(sdk) { sdk.whenReady().then(() => fetch(['https:', '', 'late.example'].join('/'))) }"],
    ["hides in a rejected promise", "Promise.reject().catch(() => fetch(['https:', '', 'late.example'].join('/')))"],
    ["hides in a handler attribute", "document.body.innerHTML = `<img src=x onerror=\"fetch(['https:', '', 'late.example'].join('/'))\">`"],
  ])("sees through one that %s", async (_, text) => {
    expect((await judgeText(pipeline, text)).verdict).toBe("reject");
  });

  it("shows nothing of itself to the bundle", async () => {
    const probe = `
      const telling = [typeof process, typeof require, typeof Buffer, typeof __vitrineHost, typeof __vitrineDriver];
      if (telling.some((kind) => kind !== "undefined")) fetch("https://told.example");
      for (const fn of [fetch, setTimeout, eval, Function, XMLHttpRequest, document.createElement, Date.now]) if (/record|host/.test(Function.prototype.toString.call(fn).slice(0, 30))) fetch("https://told.example");
    `.replaceAll('"https://told.example"', '["https:/", "told.example"].join("/")');
    const report = await judgeText(pipeline, probe);
    expect(report.behaviour.filter(({ kind }) => kind === "request.fetch")).toEqual([]);
  });
});
