import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Stage, type StagePage, startStage } from "./stage.js";

let stage: Stage;
let shown: StagePage;

beforeAll(async () => {
  stage = await startStage();
});
afterEach(() => shown.close());
afterAll(() => stage.close());

const modules = path.join(import.meta.dirname, "../../../node_modules");
const source = async (...files: string[]) =>
  (await Promise.all(files.map((file) => readFile(path.join(modules, file), "utf8")))).join("\n;");

async function show(bundle: string, format: "script" | "module" = "script") {
  const widget = await stage.publish(bundle, { format });
  shown = await stage.open();
  await shown.mount(widget);
  await shown.page.locator('#one[data-vitrine-state="ready"]').waitFor({ state: "attached" });
  return shown.page.frameLocator("#one iframe").locator("#gro-widget-root");
}

describe("ordinary bundles in the frame", () => {
  test("React renders, handles events and updates", async () => {
    const root = await show(`${await source("react/umd/react.production.min.js", "react-dom/umd/react-dom.production.min.js")}
      ;function App() { var s = React.useState(0); return React.createElement("button", { onClick: function () { s[1](s[0] + 1); } }, "count " + s[0]); }
      gro.onReady(function () { ReactDOM.createRoot(document.getElementById("gro-widget-root")).render(React.createElement(App)); });`);
    await root.getByText("count 0").click();
    await root.getByText("count 1").waitFor();
  });

  test("Preact renders and updates", async () => {
    const root = await show(`${await source("preact/dist/preact.umd.js")}
      ;var h = preact.h; class App extends preact.Component { constructor() { super(); this.state = { n: 0 }; }
        render() { return h("button", { onClick: () => this.setState({ n: this.state.n + 1 }) }, "count " + this.state.n); } }
      preact.render(h(App), document.getElementById("gro-widget-root"));`);
    await root.getByText("count 0").click();
    await root.getByText("count 1").waitFor();
  });

  test("Vue renders and updates", async () => {
    const root = await show(`${await source("vue/dist/vue.runtime.global.prod.js")}
      ;Vue.createApp({ setup() { const n = Vue.ref(0); return () => Vue.h("button", { onClick: () => n.value++ }, "count " + n.value); } }).mount("#gro-widget-root");`);
    await root.getByText("count 0").click();
    await root.getByText("count 1").waitFor();
  });

  test("a module with exports, import.meta and top-level await runs in strict mode", async () => {
    const root = await show(
      `export const version = "1"; export default function init() {}
       const later = await Promise.resolve("later"); let n = 3, m = 1; const order = m<!--n;
       document.getElementById("gro-widget-root").textContent = [later, typeof import.meta, this === undefined, version, order, n].join(" ");`,
      "module",
    );
    expect(await root.innerText()).toBe("later object true 1 false 2");
  });

  test("top-level names are live on the window, and names of the window stay its own", async () => {
    const root = await show(`var Foo = 1; function bar() { return Foo; } if (true) { var Inner = 5; } var name = "mine"; let hidden = 1;
      window.Foo = 7; var seen = [Foo, window.bar(), window.Inner, typeof window.name, name, typeof window.hidden, typeof this.Foo];
      document.getElementById("gro-widget-root").textContent = seen.join(" ");`);
    expect(await root.innerText()).toBe("7 7 5 string mine undefined number");
  });

  test("handlers of DOMContentLoaded and load run, and onReady runs once each", async () => {
    const root = await show(`var seen = [];
      document.addEventListener("DOMContentLoaded", function () { seen.push("dom"); });
      window.addEventListener("load", function () { seen.push("load"); });
      gro.onReady(function () { seen.push("ready"); gro.onReady(function () { seen.push("again"); document.getElementById("gro-widget-root").textContent = seen.join(" "); }); });
      seen.push("run");`);
    await expect.poll(() => root.innerText()).toBe("run dom load ready again");
  });

  test("an error after the set-up does not undo the set-up", async () => {
    const root = await show(
      `gro.onReady(function () { document.getElementById("gro-widget-root").textContent = "set up"; }); undefined.x;`,
    );
    expect(await root.innerText()).toBe("set up");
  });
});

describe("forms in the frame", () => {
  const form = (markup: string, more = "") => `
    var root = document.getElementById("gro-widget-root"); root.innerHTML = ${JSON.stringify(markup)} + '<output></output>'; var seen = [];
    function say() { document.querySelector("output").textContent = seen.join(","); }
    document.querySelectorAll("form").forEach(function (f) { f.addEventListener("submit", function (e) {
      seen.push((f.id || "form") + ":" + (e.submitter ? e.submitter.value || e.submitter.textContent : "none") + ":" + new FormData(f, e.submitter).get("a") + ":" + e.cancelable);
      say(); }); });
    document.addEventListener("invalid", function () { seen.push("invalid"); say(); }, true);
    ${more}`;
  const output = () => shown.page.frameLocator("#one iframe").locator("output");

  test("a click on the button, or on something in it, submits once with the submitter", async () => {
    const root = await show(form('<form><input name="a" value="1"><button value="go"><b>Go</b></button></form>'));
    await root.locator("b").click();
    expect(await output().innerText()).toBe("form:go:1:true");
    await root.locator("button").focus();
    await shown.page.keyboard.press("Enter");
    expect(await output().innerText()).toBe("form:go:1:true,form:go:1:true");
  });

  test("Enter submits once, with the first button and without any", async () => {
    const root = await show(
      form(
        '<form id="with"><input name="a" value="1"><button>Go</button></form><form id="without"><input class="w" name="a" value="2"></form><form id="two"><input class="t" name="a"><input></form>',
      ),
    );
    await root.locator("#with input").press("Enter");
    await root.locator(".w").press("Enter");
    await root.locator(".t").press("Enter");
    await expect.poll(() => output().innerText()).toBe("with:Go:1:true,without:none:2:true");
  });

  test("required fields are checked, novalidate and formnovalidate are not", async () => {
    const root = await show(
      form(
        '<form id="f"><input name="a" required><button class="a">A</button><button class="b" formnovalidate>B</button></form><form id="n" novalidate><input name="a" required><button class="c">C</button></form>',
      ),
    );
    await root.locator(".a").click();
    expect(await output().innerText()).toBe("invalid");
    await root.locator(".b").click();
    await root.locator(".c").click();
    expect(await output().innerText()).toBe("invalid,f:B::true,n:C::true");
    await root.locator("#f input").fill("x");
    await root.locator(".a").click();
    expect(await output().innerText()).toBe("invalid,f:B::true,n:C::true,f:A:x:true");
  });

  test("owners by attribute, disabled buttons, cancelled clicks, other buttons and shadow trees behave as in any page", async () => {
    const root = await show(
      form(
        '<form id="f"><input name="a" value="1"><button class="off" disabled>Off</button><button class="plain" type="button">Plain</button><button class="reset" type="reset">R</button><button class="stopped">Stopped</button><button class="halted">Halted</button></form><button class="far" form="f">Far</button><div class="shadow"></div>',
        `document.querySelector(".stopped").addEventListener("click", function (e) { e.preventDefault(); });
         document.querySelector(".halted").addEventListener("click", function (e) { e.stopPropagation(); });
         var shadow = document.querySelector(".shadow").attachShadow({ mode: "closed" });
         shadow.innerHTML = "<form><button>In shadow</button></form>";
         shadow.querySelector("form").addEventListener("submit", function (e) { seen.push("shadow:" + e.submitter.textContent); say(); });
         window.inShadow = shadow.querySelector("button");`,
      ),
    );
    await root.locator(".off").click({ force: true });
    await root.locator(".plain").click();
    await root.locator(".reset").click();
    await root.locator(".stopped").click();
    expect(await output().innerText()).toBe("");
    await root.locator(".far").click();
    expect(await output().innerText()).toBe("f:Far:1:true");
    await root.locator(".halted").click();
    await expect.poll(() => output().innerText()).toBe("f:Far:1:true,f:Halted:1:true");
    await root.evaluate(() => (window as unknown as { inShadow: HTMLButtonElement }).inShadow.click());
    expect(await output().innerText()).toBe("f:Far:1:true,f:Halted:1:true,shadow:In shadow");
  });

  test("requestSubmit fires once, checks its argument, and does not recurse", async () => {
    const root = await show(
      form(
        '<form id="f"><input name="a" value="1"><button>Go</button></form><button class="other">O</button>',
        `var f = document.querySelector("form"); f.addEventListener("submit", function () { f.requestSubmit(); });
         f.requestSubmit(); f.requestSubmit(document.querySelector("button"));
         try { f.requestSubmit(document.querySelector(".other")); } catch (e) { seen.push(e.name); }
         try { f.requestSubmit(document.querySelector("input")); } catch (e) { seen.push(e.name); } f.submit(); say();`,
      ),
    );
    await root.waitFor();
    expect(await output().innerText()).toBe("f:none:1:true,f:Go:1:true,NotFoundError,TypeError");
  });
});

describe("one origin per widget", () => {
  test("with a wildcard origin a spinning widget does not touch its siblings", async () => {
    const wide = await startStage({ wildcard: true });
    try {
      const calm = await wide.publish(
        `document.getElementById("gro-widget-root").innerHTML = "<button>0</button>"; document.querySelector("button").onclick = function () { this.textContent = "1"; };`,
      );
      const loop = await wide.publish(`setTimeout(function () { while (true) {} }, 100);`, { name: "Looper" });
      expect(new URL(calm.frameUrl).host).not.toBe(new URL(loop.frameUrl).host);
      shown = await wide.open();
      await shown.mount(calm, { id: "calm" });
      await shown.mount(loop);
      await shown.page.locator('#calm[data-vitrine-state="ready"]').waitFor({ state: "attached" });
      await shown.page.locator('#one[data-vitrine-state="ready"]').waitFor({ state: "attached" });
      await shown.page.frameLocator("#calm iframe").locator("button").click({ timeout: 3_000 });
      await shown.page.frameLocator("#calm iframe").getByText("1").waitFor({ timeout: 3_000 });
      await shown.page.locator('#one[data-vitrine-reason="unresponsive"]').waitFor({ state: "attached", timeout: 20_000 });
      expect(await shown.page.getAttribute("#calm", "data-vitrine-state")).toBe("ready");
    } finally {
      await wide.close();
    }
  });
});
