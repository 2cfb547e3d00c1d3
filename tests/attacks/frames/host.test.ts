import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { allScopes, answerAll, type Stage, type StagePage, startStage } from "./stage.js";

let stage: Stage;
let opened: StagePage[] = [];

beforeAll(async () => {
  stage = await startStage();
});
afterEach(async () => {
  await Promise.all(opened.map((page) => page.close()));
  opened = [];
  stage.answer = answerAll;
  stage.calls.length = 0;
});
afterAll(() => stage.close());

async function open(options?: Parameters<Stage["open"]>[0]): Promise<StagePage> {
  const page = await stage.open(options);
  opened.push(page);
  return page;
}

const frameOf = (shown: StagePage, id = "one") => shown.page.frameLocator(`#${id} iframe`);
const stateOf = async (shown: StagePage, state: string, id = "one") => {
  await shown.page.locator(`#${id}[data-vitrine-state="${state}"]`).waitFor({ state: "attached" });
};

/** The seed page's worked example, unchanged. */
const workedExample = `
window.gro.onReady(function () {
  const root = document.getElementById("gro-widget-root");
  const entity = (window.gro.context.entities || [])[0];
  if (!entity) { root.textContent = "No profile on this subscription."; window.gro.resize(); return; }
  const was = entity.attributes && entity.attributes.weight;
  root.innerHTML =
    "<label>Weight (kg)</label>" +
    '<input id="w" type="number" step="0.1" value="' + (was ?? "") + '" /> ' +
    '<button id="save">Save</button> <span id="s"></span>';
  document.getElementById("save").addEventListener("click", function () {
    const now = Number(document.getElementById("w").value);
    const status = document.getElementById("s");
    status.textContent = "Saving…";
    const attributes = Object.assign({}, entity.attributes, { weight: now });
    window.gro.entity
      .update(entity.id, { attributes })
      .then(function () {
        return window.gro.activity
          .log({
            action: "widget_weight_updated",
            description: "Weight updated for " + entity.name,
            changes: { weight: { from: was ?? null, to: now } },
          })
          .catch(function () {});
      })
      .then(function () { status.textContent = "Saved!"; })
      .catch(function (err) { status.textContent = err.message === "USER_CANCELLED" ? "Cancelled" : "Failed"; });
    window.gro.resize();
  });
  window.gro.resize();
});`;

describe("a widget in the portal", () => {
  test("the documented example shows, asks, saves and logs", async () => {
    const widget = await stage.publish(workedExample);
    const shown = await open();
    await shown.mount(widget);
    await stateOf(shown, "ready");
    await frameOf(shown).locator("#w").fill("13.1");
    await frameOf(shown).locator("#save").click();
    const dialog = shown.page.getByRole("dialog");
    await dialog.waitFor();
    expect(await dialog.innerText()).toContain("“Puppy Club” wants to update Fluffy");
    expect(await dialog.locator("td").allInnerTexts()).toEqual(["12.4", "13.1"]);
    await dialog.getByRole("button", { name: "Confirm" }).click();
    await frameOf(shown).locator("#s", { hasText: "Saved!" }).waitFor();
    expect(stage.calls.map((call) => [call.body?.["phase"], call.body?.["method"]])).toEqual([
      ["prepare", "entity.update"],
      ["execute", "entity.update"],
      ["execute", "activity.log"],
    ]);
    const [prepare, execute] = stage.calls;
    expect(prepare?.body).toMatchObject({ ...ids(widget), params: { id: "ent-1", attributes: { weight: 13.1 } } });
    expect(execute?.body).toMatchObject({ ...ids(widget), confirmationToken: "token-1" });
    expect(execute?.headers).toMatchObject({ "x-csrf-token": "csrf-1", origin: stage.appOrigin });
    expect(execute?.headers["idempotency-key"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(await shown.page.evaluate(() => window.changes)).toHaveLength(2);
  });

  test("cancelling, Escape and preview all reject with USER_CANCELLED", async () => {
    const widget = await stage.publish(workedExample);
    const shown = await open();
    await shown.mount(widget);
    await stateOf(shown, "ready");
    await frameOf(shown).locator("#save").click();
    await shown.page.getByRole("button", { name: "Cancel" }).click();
    await frameOf(shown).locator("#s", { hasText: "Cancelled" }).waitFor();
    await frameOf(shown).locator("#save").click();
    await shown.page.getByRole("dialog").waitFor();
    await shown.page.keyboard.press("Escape");
    await shown.page.getByRole("dialog").waitFor({ state: "detached" });
    await frameOf(shown).locator("#s", { hasText: "Cancelled" }).waitFor();
    expect(stage.calls.every((call) => call.body?.["phase"] === "prepare")).toBe(true);

    stage.calls.length = 0;
    const preview = await open({ preview: true });
    await preview.mount(widget);
    await stateOf(preview, "ready");
    await frameOf(preview).locator("#save").click();
    await frameOf(preview).locator("#s", { hasText: "Cancelled" }).waitFor();
    expect(stage.calls).toEqual([]);
  });

  test("context, branding, locale and scopes are there before the first line runs, deep frozen", async () => {
    const widget = await stage.publish(`
      var seen = { name: gro.context.entities[0].name, lang: document.documentElement.lang, scopes: gro.scopes,
        color: getComputedStyle(document.documentElement).getPropertyValue("--gro-primary-color"),
        preview: gro.isPreview, locale: gro.locale, got: gro.entity.get("ent-1").name, missing: gro.entity.get("nope"),
        frozen: Object.isFrozen(gro) && Object.isFrozen(gro.context.entities[0].attributes),
        global: window.seen === seen, self: this === window };
      document.getElementById("gro-widget-root").textContent = JSON.stringify(seen);`);
    const shown = await open();
    await shown.mount(widget, { scopes: ["media.upload"] });
    await stateOf(shown, "ready");
    expect(JSON.parse(await frameOf(shown).locator("#gro-widget-root").innerText())).toEqual({
      name: "Fluffy",
      lang: "en-GB",
      scopes: ["media.upload"],
      color: "#0a7",
      preview: false,
      locale: "en-GB",
      got: "Fluffy",
      missing: null,
      frozen: true,
      global: true,
      self: true,
    });
  });

  test("the frame is as high as its content, and the next visit begins with that height", async () => {
    const widget = await stage.publish(`
      var box = document.createElement("div"); box.style.height = "345px"; document.getElementById("gro-widget-root").append(box);
      box.onclick = function () { box.style.height = "80px"; };`);
    const shown = await open();
    await shown.mount(widget);
    await expect.poll(() => shown.page.locator("#one iframe").evaluate((frame) => frame.clientHeight)).toBe(345);
    await frameOf(shown).locator("#gro-widget-root div").click();
    await expect.poll(() => shown.page.locator("#one iframe").evaluate((frame) => frame.clientHeight)).toBe(80);
    expect(await shown.mount(widget, { id: "two" })).toBe(80);
  });

  test("an image goes to the server as raw bytes", async () => {
    const widget = await stage.publish(`
      gro.media.upload(new File([new Uint8Array([1, 2, 3])], "Fluffy ☀.png", { type: "text/html" }))
        .then(function (res) { document.getElementById("gro-widget-root").textContent = res.data.url; });`);
    const shown = await open();
    await shown.mount(widget);
    await frameOf(shown).getByText("http://127.0.0.1/m/x").waitFor();
    const [call] = stage.calls;
    expect(call?.url).toBe(
      `/call/image?widgetId=${widget.widgetId}&versionId=${widget.versionId}&subscriptionId=sub-1&method=media.upload`,
    );
    expect([...(call?.bytes ?? [])]).toEqual([1, 2, 3]);
    expect(call?.headers).toMatchObject({
      "content-type": "application/octet-stream",
      "x-file-name": encodeURIComponent("Fluffy ☀.png"),
    });
  });

  test("errors carry code, retryable, requestId and details", async () => {
    stage.answer = () => ({
      status: 429,
      body: { error: { code: "RATE_LIMITED", message: "x", retryable: true, requestId: "r-1", details: { retryAfterMs: 5 } } },
    });
    const shown = await open();
    await shown.mount(await stage.publish(report(`gro.activity.log({ action: "a" })`)));
    expect(await reported(shown)).toEqual({ code: "RATE_LIMITED", retryable: true, requestId: "r-1", details: { retryAfterMs: 5 } });
  });

  test("a lost connection is tried once more with the same key", async () => {
    let attempts = 0;
    stage.answer = () => {
      attempts += 1;
      return attempts === 1 ? "drop" : { body: { reply: { ok: true } } };
    };
    const shown = await open();
    await shown.mount(await stage.publish(report(`gro.activity.log({ action: "a" })`)));
    expect(await reported(shown)).toBe("resolved");
    expect(new Set(stage.calls.map((call) => call.headers["idempotency-key"])).size).toBe(1);
    expect(attempts).toBeGreaterThanOrEqual(2);
  });

  test.each([
    ["a scope that was not granted", `gro.entity.update("ent-1", { attributes: {} })`, "SCOPE_NOT_GRANTED", ["media.upload"]],
    ["a number that JSON cannot carry", `gro.activity.log({ action: "a", metadata: { n: NaN } })`, "INVALID_PARAMS", allScopes],
    ["a circular value", `(function () { var a = {}; a.a = a; return gro.activity.log(a); })()`, "INVALID_PARAMS", allScopes],
    ["too long parameters", `gro.activity.log({ action: "x".repeat(70000) })`, "TOO_LARGE", allScopes],
    ["something else than a file", `gro.media.upload("photo")`, "INVALID_PARAMS", allScopes],
    ["a file over 5 MB", `gro.media.upload(new Blob([new Uint8Array(5242881)]))`, "TOO_LARGE", allScopes],
    ["a connector", `new WidgetServiceSDK().connectors.execute({})`, "UNKNOWN_METHOD", allScopes],
  ])("%s is refused without a request", async (_name, expression, code, scopes) => {
    const shown = await open();
    await shown.mount(await stage.publish(report(expression)), { scopes });
    expect(await reported(shown)).toMatchObject({ code });
    expect(stage.calls).toEqual([]);
  });

  test("a second question while one is open is RATE_LIMITED", async () => {
    const widget = await stage.publish(
      report(`(gro.entity.update("ent-1", { attributes: {} }).catch(function () {}), gro.entity.update("ent-1", { attributes: {} }))`),
    );
    const shown = await open();
    await shown.mount(widget);
    expect(await reported(shown)).toMatchObject({ code: "RATE_LIMITED" });
  });

  test("a version that is gone, a bundle that throws and a missing frame fail calmly and can be retried", async () => {
    const widget = await stage.publish(`throw new Error("no")`);
    const shown = await open();
    await shown.mount(widget);
    await stateOf(shown, "failed");
    expect(await shown.page.locator("#one .vitrine-notice").innerText()).toContain("“Puppy Club” could not be loaded.");
    await shown.page.locator("#one").getByRole("button", { name: "Retry" }).click();
    await stateOf(shown, "failed");

    stage.versions.delete(widget.versionId);
    stage.bus.publish({ kind: "widget", widgetId: widget.widgetId });
    await shown.mount(widget, { id: "two" });
    await stateOf(shown, "failed", "two");
  });

  test("isolation is proved where the browser can prove it", async () => {
    const shown = await open();
    await shown.mount(await stage.publish(`1`));
    await shown.page.locator('#one[data-vitrine-isolation="attested"]').waitFor({ state: "attached" });
  });
});

function ids({ widgetId, versionId }: { widgetId: string; versionId: string }) {
  return { widgetId, versionId, subscriptionId: "sub-1" };
}

/** A bundle that writes how a promise ended into its root. */
function report(expression: string): string {
  return `
    var say = function (value) { document.getElementById("gro-widget-root").textContent = JSON.stringify(value); };
    Promise.resolve(${expression}).then(function () { say("resolved"); }, function (error) {
      say(error.message === error.code ? { code: error.code, retryable: error.retryable, requestId: error.requestId, details: error.details } : String(error));
    });`;
}

async function reported(shown: StagePage): Promise<unknown> {
  const root = frameOf(shown).locator("#gro-widget-root");
  await expect.poll(() => root.innerText(), { timeout: 10_000 }).not.toBe("");
  return JSON.parse(await root.innerText());
}
