import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPortalStage, type PortalStage } from "../portal/stage.js";
import { sharedBrowser } from "../support/browser.js";

const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const example = (name: string) => readFile(path.join(import.meta.dirname, "../../examples", name, "widget.js"));

let stage: PortalStage;
let feedbackId: string;
beforeAll(async () => {
  stage = await openPortalStage();
  await stage.publish(await example("puppy-check-in"), { name: "Puppy check-in", destination: "detail.main.top" });
  await stage.publish(await example("weight-from-docs"), { name: "Weight", destination: "detail.sidebar.bottom" });
  const feedback = { name: "Feedback", destination: "new_tab", scopes: ["subscription.activity_log"] };
  feedbackId = (await stage.publish(await example("feedback-form"), feedback)).widgetId;
});
afterAll(() => stage.close());

interface Opened {
  readonly page: Page;
  /** What the console and the policy complained about; the sandbox's own documents excepted. */
  readonly complaints: string[];
  readonly close: () => Promise<void>;
}
async function open(target: string, options: { colorScheme?: "light" | "dark"; width?: number; height?: number } = {}): Promise<Opened> {
  const context = await stage.browserFor(await sharedBrowser(), options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && message.location().url.startsWith(stage.appOrigin)) complaints.push(message.text());
  });
  await page.goto(stage.appOrigin + target);
  return { page, complaints, close: () => context.close() };
}
interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}
const detail = () => `/portal/subscriptions/${stage.seeded.subscriptionId}`;
const weightOnPage = (page: Page) => page.locator(".facts tr", { hasText: "Weight" }).locator("td");
const confirm = (page: Page) => page.getByRole("dialog").getByRole("button", { name: "Confirm" }).click();

describe("a subscription with widgets", () => {
  it("a confirmed check-in with photo changes the row, the page and the feed without a reload", async () => {
    const { page, complaints, close } = await open(detail());
    const widget = page.frameLocator('iframe[title="Puppy check-in"]');
    await widget.getByLabel("Weight (kg)").fill("13.1");
    const buffer = await page.screenshot({ clip: { x: 0, y: 0, width: 120, height: 80 } });
    await widget.locator("#photo").setInputFiles({ name: "fluffy.png", mimeType: "image/png", buffer });
    await widget.getByRole("button", { name: "Save check-in" }).click();

    const dialog = page.getByRole("dialog");
    expect(await dialog.innerText()).toContain("Fluffy");
    expect(await dialog.getByRole("row").nth(1).innerText()).toMatch(/weight\s+12\.4\s+13\.1/i);
    await confirm(page);

    await widget.getByText("Saved. Thank you!").waitFor();
    await weightOnPage(page).getByText("13.1").waitFor();
    await page.getByRole("link", { name: "Activity" }).click();
    const entry = page.locator(".entry", { hasText: "Check-in for Fluffy" });
    await entry.locator(".changes", { hasText: "13.1" }).waitFor();
    expect(await entry.innerText()).toContain("Widget: Puppy check-in");

    await entry.locator(".thumbnail").click();
    const picture = page.getByRole("dialog", { name: "Photo from Puppy check-in" }).locator("img");
    await picture.waitFor();
    await expect.poll(() => page.evaluate('document.querySelector(".picture-dialog img").naturalWidth')).toBe(120);
    await page.keyboard.press("Escape");
    expect(await page.evaluate("document.activeElement.className")).toBe("thumbnail");
    expect(complaints).toEqual([]);
    await close();
  });

  it("the documented example runs unchanged, and cancelling changes nothing", async () => {
    const { page, close } = await open(detail());
    const before = await weightOnPage(page).innerText();
    const widget = page.frameLocator('iframe[title="Weight"]');
    await widget.locator("#w").fill("50");
    await widget.locator("#save").click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await widget.getByText("Cancelled").waitFor();
    await page.reload();
    expect(await weightOnPage(page).innerText()).toBe(before);
    await close();
  });

  it("widgets mount when they come near, and a tab's widget when its tab opens", async () => {
    const { page, close } = await open(detail(), { width: 390, height: 600 });
    await page.locator('iframe[title="Puppy check-in"]').waitFor({ state: "attached" });
    expect(await page.locator('iframe[title="Weight"]').count()).toBe(0);
    expect(await page.locator('iframe[title="Feedback"]').count()).toBe(0);
    await page.getByRole("heading", { name: "Next delivery" }).scrollIntoViewIfNeeded();
    await page.mouse.wheel(0, 4000);
    await page.locator('iframe[title="Weight"]').waitFor({ state: "attached" });
    await page.getByRole("link", { name: "Feedback" }).click();
    await page.locator('iframe[title="Feedback"]').waitFor({ state: "attached" });
    await close();
  });

  it("tabs have addresses and history, and switching keeps what was typed into a widget", async () => {
    const { page, close } = await open(detail());
    await page.frameLocator('iframe[title="Puppy check-in"]').getByLabel("How is it going?").fill("Sleeping well");
    await page.getByRole("link", { name: "Feedback" }).click();
    expect(new URL(page.url()).searchParams.get("tab")).toBe(feedbackId);
    await page.frameLocator('iframe[title="Feedback"]').getByRole("button", { name: "Send feedback" }).waitFor();
    await page.goBack();
    const notes = page.frameLocator('iframe[title="Puppy check-in"]').getByLabel("How is it going?");
    expect(await notes.inputValue()).toBe("Sleeping well");
    await page.goForward();
    await page.reload();
    await page.frameLocator('iframe[title="Feedback"]').getByRole("button", { name: "Send feedback" }).waitFor();
    await close();
  });

  it("feedback is sent without a question, by keyboard alone", async () => {
    const { page, close } = await open(`${detail()}?tab=${feedbackId}`, { width: 390, height: 844 });
    const widget = page.frameLocator('iframe[title="Feedback"]');
    await widget.getByLabel("1 star: Not good").focus();
    for (let press = 0; press < 3; press += 1) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Lovely box");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await widget.getByText("Thank you!").waitFor();
    await page.getByRole("link", { name: "Activity" }).click();
    await page.locator(".entry", { hasText: "Feedback: 4 of 5 stars" }).waitFor();
    await close();
  });

  it("works without scripts: content, tabs and sign-out are plain links and forms", async () => {
    const context = await (await sharedBrowser()).newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    const [name, value] = (await stage.signIn()).split("=") as [string, string];
    await context.addCookies([{ name, value, domain: "localhost", path: "/portal" }]);
    await page.goto(stage.appOrigin + detail());
    await page.getByRole("link", { name: "Activity" }).click();
    await page.getByRole("heading", { name: "Activity" }).waitFor();
    expect(await page.getByRole("heading", { name: "In each delivery" }).isVisible()).toBe(false);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByText("You are signed out.").waitFor();
    await context.close();
  });

  it("a session that ends elsewhere is told calmly, and signing in leads back", async () => {
    const { page, close } = await open(`${detail()}?tab=activity`);
    await stage.database.execute("UPDATE sessions SET expires_at = $1 WHERE kind = $2", [new Date(0), "customer"]);
    await page.evaluate('document.dispatchEvent(new Event("visibilitychange"))');
    await page.getByText("You have been signed out.").waitFor();
    await page.getByRole("link", { name: "Sign in again" }).click();
    await page.getByRole("button", { name: /Maya/ }).click();
    await page.waitForURL(`**${detail()}?tab=activity`);
    await close();
  });

  it("in a preview every change ends as cancelled, in both schemes", async () => {
    const { page, close } = await open("/apps/gro/portal/preview?community=pawsome");
    const widget = page.frameLocator('iframe[title="Weight"]');
    for (const scheme of ["Dark", "Light"]) {
      await page.getByRole("button", { name: scheme, exact: true }).click();
      await widget.locator("#save").click();
      await widget.getByText("Cancelled").waitFor();
    }
    await page.getByRole("button", { name: "Phone" }).click();
    const columns = await page.evaluate('getComputedStyle(document.querySelector(".columns")).gridTemplateColumns');
    expect(columns).toMatch(/^[\d.]+px$/);
    await close();
  });

  it("when the system turns dark the page stays as its widgets are, and what was typed stays too", async () => {
    const { page, close } = await open(detail());
    const notes = page.frameLocator('iframe[title="Puppy check-in"]').getByLabel("How is it going?");
    await notes.fill("Sleeping well");
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(() => page.evaluate("document.documentElement.dataset.theme ?? null")).toBe("light");
    expect(await notes.inputValue()).toBe("Sleeping well");
    await page.reload();
    expect(await page.evaluate("document.documentElement.dataset.theme ?? null")).toBeNull();
    await close();
  });

  it("what a widget is and may do stands behind its info button", async () => {
    const { page, close } = await open(detail());
    await page.getByRole("button", { name: "About Puppy check-in" }).click();
    const about = page.getByRole("dialog", { name: "Puppy check-in" });
    expect(await about.innerText()).toMatch(/Version 1, published[\s\S]*It may[\s\S]*It cannot/);
    await page.keyboard.press("Escape");
    expect(await about.isVisible()).toBe(false);
    await close();
  });
});

describe.each(["light", "dark"] as const)("accessibility in %s", (colorScheme) => {
  const serious = async (page: Pick<Page, "evaluate">): Promise<string[]> => {
    // Through the debugger: the page's policy admits no foreign script.
    await page.evaluate(await readFile(axePath, "utf8"));
    const { violations } = (await page.evaluate("axe.run(document, { iframes: false })")) as { violations: Violation[] };
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join("\n")}`);
  };

  it.each([
    ["the list", "/portal", 1280],
    ["a subscription", "", 1280],
    ["a subscription on a phone", "", 390],
    ["the feed", "?tab=activity", 1280],
    ["an error", "/portal/nothing", 1280],
    ["a preview", "/portal/preview?community=pawsome", 1280],
  ])("axe finds nothing serious on %s", async (_name, target, width) => {
    const { page, close } = await open(target.startsWith("/") ? target : detail() + target, { colorScheme, width });
    if (await page.locator("[data-mount]:visible").count()) await page.locator('[data-vitrine-state="ready"]').first().waitFor();
    expect(await serious(page)).toEqual([]);
    await close();
  });

  it("axe finds nothing serious on the sign-in page and in the confirmation", async () => {
    const { page, close } = await open(detail(), { colorScheme });
    const widget = page.frameLocator('iframe[title="Weight"]');
    await widget.locator("#w").fill("14");
    await widget.locator("#save").click();
    await page.locator(".vitrine-button-confirm:enabled").waitFor();
    await page.evaluate("Promise.all(document.getAnimations().map((animation) => animation.finished)).then(() => undefined)");
    expect(await serious(page)).toEqual([]);
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await page.context().clearCookies();
    await page.goto(`${stage.appOrigin}/portal/sign-in`);
    expect(await serious(page)).toEqual([]);
    await close();
  });

  it("axe finds nothing serious inside the example widgets", async () => {
    const { page, close } = await open(detail(), { colorScheme });
    await page.locator('[data-vitrine-state="ready"]').first().waitFor();
    const source = stage.sandbox.addresses.frameSources([feedbackId])[0] ?? "-";
    const frame = page.frames().find((candidate) => candidate.url().startsWith(source));
    if (!frame) throw new Error("no widget's frame");
    await frame.getByRole("button").first().waitFor();
    // Frames are transparent and axe takes that for white: give it the surface that the card has.
    const surface = await page.evaluate('getComputedStyle(document.querySelector(".card")).backgroundColor');
    await frame.evaluate(`document.documentElement.style.background = ${JSON.stringify(surface)}`);
    expect(await serious(frame)).toEqual([]);
    await close();
  });
});
