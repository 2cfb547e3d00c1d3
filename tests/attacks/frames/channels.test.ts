import { mkdtemp, rm } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { type BrowserContext, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createArtifactBuilder, createSandbox, type Sandbox } from "../../../src/sandbox/index.js";
import { createMemoryBlobs, createMemoryBus } from "../../sandbox/memory.js";
import { findChromium } from "../../support/browser.js";
import { bundleOf, channels } from "./channels.js";
import { type Sinks, startSinks } from "./sinks.js";
import { type Stage, type StagePage, startStage } from "./stage.js";

/**
 * Every channel runs three times: as a published widget in the portal; with the response headers alone, in a page that
 * forbids nothing; and with nothing at all, which proves that the sinks would have heard it. Each run of each channel has a
 * loopback address of its own, so that a bare connection is attributed too.
 */
const runs = { portal: 1, headers: 2, open: 3 } as const;
const addressOf = (run: keyof typeof runs, index: number) => `127.${runs[run]}.0.${index + 1}`;

let sinks: Sinks;
let profile: string;
let context: BrowserContext;
let stage: Stage;
let shown: StagePage;
let closers: (() => Promise<void>)[] = [];

const targetOf = (run: keyof typeof runs, index: number) => {
  const host = `${addressOf(run, index)}:${sinks.port}`;
  return { url: `http://${host}/`, host };
};
const hit = (run: keyof typeof runs) =>
  channels.filter((_channel, index) => sinks.hits.has(addressOf(run, index))).map((channel) => channel.name);

beforeAll(async () => {
  const names = Object.keys(runs) as (keyof typeof runs)[];
  sinks = await startSinks(
    names.flatMap((run) => channels.flatMap((channel, index) => (/WebRTC/.test(channel.name) ? [addressOf(run, index)] : []))),
  );
  stage = await startStage();
  // A real profile: an incognito context, Playwright's default, never preconnects.
  profile = await mkdtemp(path.join(tmpdir(), "vitrine-channels-"));
  context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
  });
  await runInPortal();
  await runWithHeadersOnly();
  // Last: by the time that its hits are in, those of the others would be too.
  await runOpen();
}, 120_000);

afterAll(async () => {
  await context.close();
  await rm(profile, { recursive: true, force: true });
  await Promise.all(closers.map((close) => close()));
  closers = [];
  await stage.close();
  await sinks.close();
});

describe("channels out of a frame", () => {
  test("the list is long enough", () => {
    expect(channels.length).toBeGreaterThanOrEqual(110);
    expect(channels.filter((channel) => !channel.silent).length).toBeGreaterThanOrEqual(80);
  });

  test.each(channels.map((channel, index) => [channel.name, index] as const))("%s reaches nobody", (_name, index) => {
    expect(sinks.hits.get(addressOf("portal", index))).toBeUndefined();
    expect(sinks.hits.get(addressOf("headers", index))).toBeUndefined();
  });

  test("the sinks hear the same channels where no policy holds", async () => {
    const expected = channels.filter((channel) => !channel.silent).map((channel) => channel.name);
    const heard = new Set(hit("open"));
    expect(expected.filter((name) => !heard.has(name))).toEqual([]);
  });

  test("the page with all hostile widgets is still the portal", async () => {
    expect(await shown.page.locator("h1").innerText()).toBe("Portal");
    expect(shown.page.url()).toBe(`${stage.appOrigin}/`);
    // The blank first page, this one, and those of the other two runs.
    expect(context.pages()).toHaveLength(4);
  });
});

async function runInPortal() {
  const widgets = await Promise.all(channels.map((channel, index) => stage.publish(bundleOf(channel, targetOf("portal", index)))));
  shown = await stage.open({ context });
  // In groups, as a page that mounts on view would.
  for (let from = 0; from < widgets.length; from += 25) {
    const group = widgets.slice(from, from + 25).map((widget, offset) => ({ widget, id: `w${from + offset}` }));
    for (const { widget, id } of group) await shown.mount(widget, { id });
    for (const { id } of group) {
      await shown.page
        .locator(`#${id}:is([data-vitrine-state="ready"],[data-vitrine-state="removed"],[data-vitrine-state="failed"])`)
        .waitFor({ state: "attached" });
    }
  }
  const states = await shown.page
    .locator("[data-vitrine-state]")
    .evaluateAll((all) => all.map((one) => one.getAttribute("data-vitrine-state")));
  // Otherwise the snippets did not even run.
  expect(states.filter((state) => state === "failed")).toEqual([]);
}

/** No SDK, no lockdown, no host: what the response headers of the frame do by themselves. */
async function runWithHeadersOnly() {
  const blobs = createMemoryBlobs();
  let sandbox: Sandbox;
  const server = http.createServer((req, res) => sandbox.handle(req, res));
  const origin = await listen(server);
  const page = await openServer(() => "<!doctype html><title>Bare</title>");
  const versions = new Map<string, { digest: string; index: number }>();
  for (const [index, channel] of channels.entries()) {
    versions.set(`v${index}`, { digest: await blobs.put(Buffer.from(bundleOf(channel, targetOf("headers", index)))), index });
  }
  sandbox = createSandbox({
    origin,
    appOrigin: page.origin,
    records: {
      findServable: async (versionId) => {
        const version = versions.get(versionId);
        return version && { versionId, widgetId: versionId, digest: version.digest, format: "script", active: true, storefrontOrigins: [] };
      },
      findMedia: async () => undefined,
    },
    blobs,
    artifacts: createArtifactBuilder({
      frameSdk: "function VITRINE(bundle) { bundle.call(window, function () {}); parent.postMessage(1, '*'); }",
    }),
    signingKey: Buffer.alloc(32),
    bus: createMemoryBus(),
    logger: { error: () => {} },
  });
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  await showFrames(
    page.origin,
    [...versions.keys()].map((versionId) => `${origin}/f/${versionId}`),
    "allow-scripts",
  );
}

async function runOpen() {
  const page = await openServer((path) => {
    const index = Number(/^\/open\/(\d+)$/.exec(path)?.[1] ?? Number.NaN);
    const channel = channels[index];
    if (!channel) return "<!doctype html><title>Open</title>";
    // `</script>` inside a snippet would end the element.
    const script = bundleOf(channel, targetOf("open", index)).replaceAll("</script", "<\\/script");
    return `<!doctype html><body><div id="gro-widget-root"></div><script>${script};parent.postMessage(1, "*")</script>`;
  });
  const frames = channels.flatMap((channel, index) => (channel.silent ? [] : [`${page.origin}/open/${index}`]));
  await showFrames(page.origin, frames, "allow-scripts allow-forms allow-downloads");
  const expected = channels.filter((channel) => !channel.silent).length;
  await vi
    .waitFor(() => expect(hit("open").length).toBeGreaterThanOrEqual(expected), { timeout: 25_000, interval: 100 })
    .catch(() => {
      // The test names the channels that the sinks did not hear.
    });
}

async function showFrames(origin: string, addresses: readonly string[], sandbox: string) {
  const page = await context.newPage();
  await page.goto(origin);
  for (let from = 0; from < addresses.length; from += 25) {
    await page.evaluate(
      async ({ group, sandbox }) => {
        // Later groups count their own.
        let ran = 0;
        await new Promise<void>((resolve) => {
          window.addEventListener("message", () => {
            ran += 1;
            if (ran >= group.length) resolve();
          });
          for (const address of group) {
            const frame = document.createElement("iframe");
            frame.setAttribute("sandbox", sandbox);
            frame.src = address;
            document.body.append(frame);
          }
        });
      },
      { group: addresses.slice(from, from + 25), sandbox },
    );
  }
}

async function openServer(page: (path: string) => string) {
  const server = http.createServer((req, res) => {
    res.setHeader("Content-Type", "text/html");
    res.end(page(req.url ?? "/"));
  });
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { origin: await listen(server) };
}

async function listen(server: http.Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
