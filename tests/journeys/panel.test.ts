import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Activity, Customer, Widget } from "../../src/entities/index.js";
import { insertRows } from "../../src/store/index.js";
import { mediaSource, password, startForBrowser } from "../panel/start-panel.js";
import { sharedBrowser } from "../support/browser.js";
import { seedCustomer } from "../support/database.js";

const photo = `${mediaSource}abcdefgh12345678.png`;
const pixel = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const bad = Buffer.from("// a widget\nwindow.gro.onReady(() => {\n  const run = eval(atob('YQ=='));\n});\n");
const good = Buffer.from("window.gro.onReady(() => window.gro.resize());\n");
const hostileName = '<img src=x onerror="window.pwned=1">';

let panel: Awaited<ReturnType<typeof startForBrowser>>;
let context: BrowserContext;
let page: Page;
/** Everything that must not happen on any page of this file. */
const violations: string[] = [];
const foreign: string[] = [];

beforeAll(async () => {
  panel = await startForBrowser();
  await seedCustomer(panel.database, panel.portal.communityId, { name: hostileName });
  await insertRows(panel.database, Activity, [
    {
      communityId: panel.portal.communityId,
      subscriptionId: panel.portal.subscriptionId,
      actorKind: "customer",
      actorId: panel.portal.customerId,
      actorName: "Ada Lovelace",
      source: "widget",
      widgetId: panel.portal.widgetId,
      action: "widget_puppy_checkin",
      description: "Weight updated for Fluffy",
      changes: { weight: { from: 12.4, to: 13.1 } },
      metadata: { notes: hostileName, photos: [photo], elsewhere: "https://evil.example/x.png" },
      requestId: null,
    },
  ]);
  const browser = await sharedBrowser();
  context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
  await context.route(`${mediaSource}**`, (route) => route.fulfill({ contentType: "image/png", body: pixel }));
  page = await open();
});
afterAll(async () => {
  await context.close();
  await panel.close();
});

async function open(): Promise<Page> {
  const opened = await context.newPage();
  opened.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("status of 4")) violations.push(message.text());
  });
  opened.on("pageerror", (error) => violations.push(error.message));
  opened.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(panel.origin) && !url.startsWith(mediaSource) && !url.startsWith("data:")) foreign.push(url);
  });
  return opened;
}

const go = (path: string) => page.goto(`${panel.origin}/admin${path}`);

async function axe(): Promise<string[]> {
  const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  // Over the DevTools protocol: the page's own policy would rightly refuse an injected script.
  await page.evaluate(source);
  const found: string[] = await page.evaluate(`axe.run().then(({ violations }) =>
    violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id, nodes }) => id + ": " + nodes[0].html))`);
  return found;
}

describe("a staff member in the panel", () => {
  it("signs in and comes to the page that was asked for", async () => {
    await go("/resources/widgets");
    expect(await axe()).toEqual([]);
    await page.fill("#email", panel.staff.manager.email);
    await page.fill("#password", "wrong");
    await page.click("button[type=submit]");
    expect(await page.textContent("[role=alert]")).toContain("not right");
    await page.fill("#password", password);
    await page.click("button[type=submit]");
    await page.waitForSelector(".v-table tbody tr");
    expect(page.url()).toBe(`${panel.origin}/admin/resources/widgets`);
    expect(await page.textContent("h1")).toBe("Widgets");
  });

  it("sees names, labels and relative times in a list", async () => {
    const row = await page.textContent(".v-table tbody tr");
    expect(row).toContain("Check-in");
    expect(row).toContain("Detail · Main · Top");
    expect(row).toContain("Puppy Club");
    expect(row).not.toContain(panel.portal.communityId);
    expect(await page.getAttribute(".v-table time", "title")).toBeTruthy();
  });

  it("creates a widget with its bundle in one form", async () => {
    await page.click("text=Create widget");
    await page.fill("[name=name]", "Size selector");
    await page.selectOption("[name=communityId]", { label: "Puppy Club" });
    await page.selectOption("[name=destination]", { label: "New tab" });
    await page.selectOption("[name=conditionId]", { label: "Product title contains" });
    await page.fill("[name='conditionOptions.text']", "Puppy");
    await page.check("[name=scopes][value='entity.update']");
    await page.check("[name=active]", { force: true });
    await page.setInputFiles("[name=bundle]", { name: "size.js", mimeType: "text/javascript", buffer: bad });
    await page.click(".v-form button[type=submit]");
    await page.waitForSelector(".v-result .v-finding");
    expect(await page.textContent(".v-result")).toContain("The widget was not created");
    expect(await panel.database.read.countBy(Widget, { name: "Size selector" })).toBe(0);
    expect(await axe()).toEqual([]);
    await page.setInputFiles("[name=bundle]", { name: "size.js", mimeType: "text/javascript", buffer: good });
    await page.click(".v-form button[type=submit]");
    await page.waitForSelector("#versions");
    expect(await page.textContent("h1")).toBe("Size selector");
    expect(await page.textContent(".v-main")).toContain("Product title contains “Puppy”");
    expect(await panel.database.read.findOneByOrFail(Widget, { name: "Size selector" })).toMatchObject({
      active: true,
      destination: "new_tab",
    });
  });

  it("drops a bad bundle on Replace bundle, reads each finding, and the old version stays live", async () => {
    await go(`/resources/widgets/records/${panel.portal.widgetId}/show`);
    await page.click("text=Replace bundle");
    await page.waitForSelector(".v-drop");
    const transfer = await page.evaluateHandle(`(() => {
      const data = new DataTransfer();
      data.items.add(new File([${JSON.stringify(bad.toString())}], "check-in.js", { type: "text/javascript" }));
      return data;
    })()`);
    await page.dispatchEvent(".v-drop", "drop", { dataTransfer: transfer });
    await page.click("text=Check and publish");
    await page.waitForSelector(".v-finding");
    const result = (await page.textContent(".v-result")) ?? "";
    expect(result).toContain("stays live");
    expect(result).toContain("check-in.js:3:15");
    expect(result).toContain("Write the code directly");
    expect(await page.textContent(".v-code mark")).toBe("eval(");
    expect(await page.evaluate("document.activeElement?.id")).toBe("result");
    expect(await axe()).toEqual([]);
    expect((await panel.database.read.findOneByOrFail(Widget, { id: panel.portal.widgetId })).activeVersionId).toBe(panel.portal.versionId);
  });

  it("replaces it with a good one, then makes the first active again", async () => {
    await page.setInputFiles("[name=bundle]", { name: "check-in.js", mimeType: "text/javascript", buffer: good });
    await page.click("text=Check and publish");
    await page.waitForSelector("text=Version 3 is live");
    await page.click("text=Go to Check-in");
    await page.waitForSelector("#versions");
    await page.click("text=Make active");
    const activeVersion = async () => (await panel.database.read.findOneByOrFail(Widget, { id: panel.portal.widgetId })).activeVersionId;
    await expect.poll(activeVersion).toBe(panel.portal.versionId);
  });

  it("switches a widget off with the keyboard", async () => {
    await page.focus("[aria-label=State] input[role=switch]");
    await page.keyboard.press("Space");
    await page.waitForSelector("[aria-label=State] >> text=Nobody sees it");
    expect((await panel.database.read.findOneByOrFail(Widget, { id: panel.portal.widgetId })).active).toBe(false);
  });

  it("reads a subscription's activity, and opens a photo with the keyboard", async () => {
    await go(`/resources/subscriptions/records/${panel.portal.subscriptionId}/feed`);
    await page.waitForSelector(".v-entry");
    const entry = (await page.textContent(".v-entry")) ?? "";
    for (const part of ["Ada Lovelace", "Customer", "source: widget", "12.4", "13.1", "https://evil.example/x.png", hostileName])
      expect(entry).toContain(part);
    expect(await page.locator(".v-entry img").count()).toBe(1);
    expect(await page.locator("optgroup[label=Widgets] option").allTextContents()).toEqual(["puppy checkin"]);
    await page.focus(".v-thumb");
    await page.keyboard.press("Enter");
    await page.waitForSelector("dialog[open] img");
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog", { state: "detached" });
    expect(await page.evaluate("document.activeElement?.className")).toBe("v-thumb");
    expect(await axe()).toEqual([]);
  });

  it("is asked before a deletion, with the name and the effect", async () => {
    const customer = await panel.database.read.findOneByOrFail(Customer, { name: hostileName });
    await go(`/resources/customers/records/${customer.id}/show`);
    await page.click("text=Delete");
    expect(await page.textContent("dialog h2")).toBe(`Delete ${hostileName}?`);
    expect(await page.evaluate("document.activeElement?.textContent")).toBe("Cancel");
    await page.click("dialog >> text=Delete customer");
    await page.waitForURL(`${panel.origin}/admin/resources/customers`);
    expect(await panel.database.read.countBy(Customer, { id: customer.id })).toBe(0);
  });

  it.each(["light", "dark"] as const)("meets nothing serious of axe on the other pages in %s", async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    const pages = [
      ["", ".v-count"],
      ["/resources/customers?filters.active=true", ".v-table tbody tr"],
      [`/resources/communities/records/${panel.portal.communityId}/edit`, ".v-form"],
      [`/resources/entities/records/${panel.portal.entityId}/edit`, ".v-attributes"],
      [`/resources/widgets/records/${panel.portal.widgetId}/edit`, ".v-scope"],
      [`/resources/widget-versions/records/${panel.portal.versionId}/show`, ".v-result"],
      ["/resources/activities", ".v-entry"],
      ["/resources/media", ".v-empty"],
    ] as const;
    for (const [path, ready] of pages) {
      await go(path);
      await page.waitForSelector(ready);
      expect(await axe(), path).toEqual([]);
    }
  });

  it("finds everything on a phone, without scrolling sideways", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const path of [
      "",
      "/resources/widgets",
      `/resources/widgets/records/${panel.portal.widgetId}/show`,
      "/resources/widgets/actions/new",
    ]) {
      await go(path);
      await page.waitForSelector("h1");
      await page.waitForLoadState("networkidle");
      expect(await page.evaluate("document.documentElement.scrollWidth"), path).toBeLessThanOrEqual(390);
    }
    await page.click("[aria-label='Open menu']");
    await page.click("a.v-nav__link:has-text('Customers')");
    await page.waitForURL(`${panel.origin}/admin/resources/customers`);
    await page.setViewportSize({ width: 1280, height: 860 });
  });

  it("signs out", async () => {
    await page.click("[aria-label='Sign out']");
    await page.waitForSelector("#email");
    await go("/resources/widgets");
    expect(page.url()).toContain("/admin/login");
  });

  it("saw no violation of the page's policy, no script error, and asked nobody else for anything", async () => {
    expect(violations).toEqual([]);
    expect(foreign).toEqual([]);
    expect(await page.evaluate("window.pwned")).toBeUndefined();
  });
});
