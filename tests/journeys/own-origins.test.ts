import { get } from "node:http";
import { expect, it } from "vitest";
import { startTestApp } from "../support/app.js";
import { sharedBrowser } from "../support/browser.js";

/** The answer to the document of `address`, asked of the host of `host`. Both names lead to this machine without DNS. */
const statusAt = (address: string, host: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    const { pathname, port } = new URL(address);
    const headers = { host: new URL(host).host, "sec-fetch-dest": "iframe" };
    get({ hostname: "127.0.0.1", port, path: pathname, headers }, (response) => resolve(response.resume().statusCode)).on("error", reject);
  });

it("gives each widget an origin of its own when the sandbox's origin holds a wildcard", async () => {
  const app = await startTestApp({ SANDBOX_ORIGIN: "http://*.localhost:<port>" });
  const context = await (await sharedBrowser()).newContext();
  try {
    const page = await context.newPage();
    const violations: string[] = [];
    page.on("console", (message) => message.text().includes("violates") && violations.push(message.text()));
    await page.goto(`${app.appOrigin}/portal/preview?community=pawsome`);
    await page.locator('[data-vitrine-state="ready"] iframe[title*="Puppy check-in"]').waitFor();
    await page.getByRole("link", { name: "Feedback" }).click();
    await page.locator('[data-vitrine-state="ready"] iframe[title*="Feedback"]').waitFor();
    const sources = await page.locator("iframe").evaluateAll((frames) => frames.map((frame) => (frame as unknown as { src: string }).src));
    const origins = sources.map((source) => new URL(source).origin);
    expect(new Set(origins).size).toBe(2);
    for (const origin of origins) expect(origin).toMatch(/^http:\/\/w[0-9a-z-]+\.localhost:\d+$/);
    expect(violations).toEqual([]);

    // A widget's document exists on its own host only.
    const [first = "", second = ""] = sources;
    expect(await statusAt(first, first)).toBe(200);
    expect(await statusAt(first, second)).toBe(404);
  } finally {
    await context.close();
    await app.close();
  }
});
