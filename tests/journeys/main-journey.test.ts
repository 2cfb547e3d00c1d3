import { readFile } from "node:fs/promises";
import type { BrowserContext, FrameLocator, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { startTestApp, type TestApp } from "../support/app.js";
import { sharedBrowser } from "../support/browser.js";

/** From "Create widget" to a customer's confirmed write and back to the old version: the product, nothing replaced. */

let app: TestApp;
let staff: Page;
let contexts: BrowserContext[] = [];
const documented = await readFile("examples/weight-from-docs/widget.js");
const refusedRequests: string[] = [];

async function openPage(): Promise<Page> {
  const context = await (await sharedBrowser()).newContext({ viewport: { width: 1280, height: 900 } });
  contexts.push(context);
  const page = await context.newPage();
  page.on("request", (request) => {
    const { origin } = new URL(request.url());
    if (!["null", app.appOrigin, app.sandboxOrigin].includes(origin)) refusedRequests.push(request.url());
  });
  return page;
}

async function signInStaff(): Promise<Page> {
  const page = await openPage();
  await page.goto(`${app.appOrigin}/admin`);
  await page.getByLabel("E-mail").fill(app.adminEmail);
  await page.getByLabel("Password").fill(app.adminPassword);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${app.appOrigin}/admin`);
  return page;
}

async function openSubscription(customer: string, title: string): Promise<Page> {
  const page = await openPage();
  await page.goto(`${app.appOrigin}/portal`);
  await page.getByRole("button", { name: customer }).click();
  await page.getByRole("link", { name: title }).first().click();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  return page;
}

/** The card of a widget and the inside of its frame, once it is ready. */
async function openWidget(page: Page, name: string): Promise<FrameLocator> {
  await page.locator(`[data-vitrine-state="ready"] iframe[title*="${name}"]`).waitFor();
  return page.frameLocator(`iframe[title*="${name}"]`);
}

async function chooseBundle(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/javascript", buffer });
}

async function openStaffWidget(name: string): Promise<void> {
  await staff.goto(`${app.appOrigin}/admin/resources/widgets`);
  await staff.getByText(name, { exact: true }).first().click();
  await staff.getByRole("heading", { level: 1, name }).waitFor();
}

beforeAll(async () => {
  app = await startTestApp();
  staff = await signInStaff();
});
afterEach(async () => {
  const others = contexts.filter((context) => context !== staff.context());
  contexts = [staff.context()];
  await Promise.all(others.map((context) => context.close()));
  expect(refusedRequests).toEqual([]);
});
afterAll(async () => {
  await staff?.context().close();
  await app?.close();
});

it("takes a bundle from Create widget to a customer's confirmed write and into the feed", async () => {
  await staff.goto(`${app.appOrigin}/admin/resources/widgets/actions/new`);
  await staff.getByLabel("Name").fill("Weigh-in");
  await staff.getByLabel("Community").selectOption({ label: "Pawsome Box" });
  await staff.getByLabel("Destination").selectOption({ label: "Detail · Left · Bottom" });
  await staff.getByLabel("Condition").selectOption({ label: "Entity type equals" });
  await staff.getByRole("textbox", { name: "Type", exact: true }).fill("dog");
  await staff.getByRole("checkbox", { name: /Update entities/ }).check();
  await staff.getByRole("checkbox", { name: /Log activity/ }).check();
  await staff.getByRole("switch", { name: "Active" }).check();
  await chooseBundle(staff, "weigh-in.js", documented);
  await staff.getByRole("button", { name: "Create widget" }).click();
  await staff
    .getByText(/is live|published|version 1/i)
    .first()
    .waitFor();

  const customer = await openSubscription("Oliver Grant", "Puppy Club");
  const widget = await openWidget(customer, "Weigh-in");
  expect(await widget.locator("#w").inputValue()).toBe("4.2");

  await widget.locator("#w").fill("4.9");
  await widget.locator("#save").click();
  const dialog = customer.getByRole("dialog");
  await dialog.getByText("Biscuit").waitFor();
  expect(await dialog.innerText()).toMatch(/4\.2[\s\S]*4\.9/);
  await dialog.getByRole("button", { name: "Confirm" }).click();
  await widget.getByText("Saved!").waitFor();

  await customer.reload();
  expect(await (await openWidget(customer, "Weigh-in")).locator("#w").inputValue()).toBe("4.9");

  await customer.getByRole("link", { name: "Activity" }).click();
  const entry = customer.getByText("Weight updated for Biscuit");
  await entry.waitFor();
  expect(await customer.getByText("Oliver Grant (you)").count()).toBeGreaterThan(0);

  await staff.goto(`${app.appOrigin}/admin/resources/subscriptions`);
  await staff.getByText("Oliver Grant").first().locator("xpath=ancestor::tr").getByText("Puppy Club").click();
  await staff
    .getByRole("link", { name: /activity/i })
    .or(staff.getByRole("button", { name: /activity/i }))
    .last()
    .click();
  await staff.getByText("Weight updated for Biscuit").waitFor();
});

it("tells the widget that the customer cancelled, and changes nothing", async () => {
  const customer = await openSubscription("Maya Lindqvist", "Cat Corner");
  const widget = await openWidget(customer, "Weight");
  await widget.locator("#w").fill("99");
  await widget.locator("#save").click();
  await customer.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await widget.getByText("Cancelled").waitFor();
  await customer.reload();
  expect(await (await openWidget(customer, "Weight")).locator("#w").inputValue()).toBe("5.1");
});

it("uploads a photo and shows it as a thumbnail in both feeds", async () => {
  const photo = await sharp({ create: { width: 64, height: 48, channels: 3, background: "#0f766e" } })
    .jpeg()
    .toBuffer();
  const customer = await openSubscription("Maya Lindqvist", "Puppy Club");
  const widget = await openWidget(customer, "Puppy check-in");
  await widget.locator("input[type=file]").setInputFiles({ name: "fluffy.jpg", mimeType: "image/jpeg", buffer: photo });
  await widget.locator("input[type=number]").first().fill("12.9");
  await widget.getByRole("button", { name: "Save check-in" }).click();
  await customer.getByRole("dialog").getByRole("button", { name: "Confirm" }).click();
  await widget.getByText(/Saved/).waitFor();
  await customer.getByRole("link", { name: "Activity" }).click();
  const thumbnail = customer.locator(`img[src^="${app.sandboxOrigin}/m/"]`).first();
  await thumbnail.waitFor();
  await expect.poll(() => thumbnail.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)).toBeGreaterThan(0);
});

it("rejects a bad bundle with file, line and column, and leaves the old version live", async () => {
  await openStaffWidget("Weight");
  await staff
    .getByRole("link", { name: "Replace bundle" })
    .or(staff.getByRole("button", { name: "Replace bundle" }))
    .first()
    .click();
  await chooseBundle(staff, "worse.js", Buffer.from("const a = 1;\n\n  eval(atob('YWxlcnQoMSk='));\n"));
  await staff.getByRole("button", { name: "Check and publish" }).click();
  await staff
    .getByText(/worse\.js:3:\d+/)
    .first()
    .waitFor();
  const customer = await openSubscription("Maya Lindqvist", "Cat Corner");
  await (await openWidget(customer, "Weight")).locator("#save").waitFor();
});

it("replaces a bundle: customers get the new version, and the old one can be made active again", async () => {
  await openStaffWidget("Weight");
  await staff
    .getByRole("link", { name: "Replace bundle" })
    .or(staff.getByRole("button", { name: "Replace bundle" }))
    .first()
    .click();
  await chooseBundle(
    staff,
    "next.js",
    Buffer.from('gro.onReady(function(){document.getElementById("gro-widget-root").textContent="second edition"});'),
  );
  await staff.getByRole("button", { name: "Check and publish" }).click();
  await staff
    .getByText(/is live|published/i)
    .first()
    .waitFor();
  const customer = await openSubscription("Maya Lindqvist", "Cat Corner");
  await (await openWidget(customer, "Weight")).getByText("second edition").waitFor();

  await openStaffWidget("Weight");
  await staff.getByRole("button", { name: "Make active" }).last().click();
  await staff
    .getByRole("dialog")
    .getByRole("button")
    .last()
    .click({ timeout: 2000 })
    .catch(() => undefined);
  await expect
    .poll(async () => {
      await customer.reload();
      return (await openWidget(customer, "Weight")).locator("body").innerText();
    })
    .toContain("Weight (kg)");
});

it("previews active widgets with sample data and without saving", async () => {
  const page = await openPage();
  await page.goto(`${app.appOrigin}/apps/gro/portal/preview?community=pawsome`);
  const widget = await openWidget(page, "Puppy check-in");
  await widget.locator("input[type=number]").first().fill("20");
  await widget.getByRole("button", { name: "Save check-in" }).click();
  await widget
    .getByText(/cancel|nothing|not saved|preview/i)
    .first()
    .waitFor();
  expect(await page.getByRole("dialog").count()).toBe(0);
});

it("lets staff preview a version that is not active", async () => {
  await openStaffWidget("Weight");
  const [preview] = await Promise.all([staff.context().waitForEvent("page"), staff.getByRole("link", { name: "Preview" }).first().click()]);
  await (await openWidget(preview, "Weight")).getByText("second edition").waitFor();
  await preview.close();
});

it("stops serving a widget within two seconds of switching it off", async () => {
  const customer = await openSubscription("Maya Lindqvist", "Cat Corner");
  const source = await customer.locator('iframe[title*="Weight"]').getAttribute("src");
  const address = (source ?? "").split("#")[0] ?? "";
  const status = async () => (await fetch(address, { headers: { "sec-fetch-dest": "iframe" } })).status;
  expect(await status()).toBe(200);
  await openStaffWidget("Weight");
  await staff.getByRole("switch", { name: "Active" }).click();
  const began = Date.now();
  await expect.poll(status, { interval: 50, timeout: 2000 }).toBe(404);
  expect(Date.now() - began).toBeLessThan(2000);
  await customer.reload();
  await customer.getByRole("heading", { level: 1 }).waitFor();
  expect(await customer.locator('iframe[title*="Weight"]').count()).toBe(0);
});
