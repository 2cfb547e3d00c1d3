import { randomBytes, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { build } from "esbuild";
import type { BrowserContext, Page } from "playwright-core";
import type { ChangeBus, ServableVersion } from "../../../src/contracts/index.js";
import { createArtifactBuilder, createSandbox, type Sandbox } from "../../../src/sandbox/index.js";
import { createMemoryBlobs, createMemoryBus } from "../../sandbox/memory.js";
import { sharedBrowser } from "../../support/browser.js";

const root = path.join(import.meta.dirname, "../../..");

export interface StagedWidget {
  readonly widgetId: string;
  readonly versionId: string;
  readonly frameUrl: string;
  readonly name: string;
}

export interface ServerCall {
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Record<string, unknown> | undefined;
  readonly bytes: Buffer;
}

export type CallAnswer = { readonly status?: number; readonly body: unknown } | "drop";

/** A sandbox, a host page and a call endpoint on loopback, as the portal puts them together. */
export interface Stage {
  readonly sandbox: Sandbox;
  readonly versions: Map<string, ServableVersion>;
  readonly bus: ChangeBus;
  readonly appOrigin: string;
  readonly sandboxOrigin: string;
  readonly calls: ServerCall[];
  /** Answers the next calls; by default everything is confirmed and succeeds. */
  answer: (call: ServerCall) => CallAnswer | Promise<CallAnswer>;
  /** Publishes a bundle as an active version. */
  publish(bundle: string | Buffer, options?: { format?: "script" | "module"; name?: string }): Promise<StagedWidget>;
  open(options?: PageOptions): Promise<StagePage>;
  close(): Promise<void>;
}

export interface PageOptions {
  readonly preview?: boolean;
  /** Replaces the page's `frame-src`. */
  readonly frameSrc?: string;
  readonly context?: BrowserContext;
}

export interface StagePage {
  readonly page: Page;
  /** Mounts a widget in a box of its own; resolves at once, with the height of the frame before anything ran in it. */
  mount(widget: StagedWidget, options?: { id?: string; scopes?: string[]; versionId?: string }): Promise<number | undefined>;
  close(): Promise<void>;
}

export const allScopes = ["entity.update", "subscription.activity_log", "media.upload"];

const hostPage = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title></head>
<body><h1>Portal</h1><input id="host-field"><div id="slots"></div><script src="/host.js"></script></body></html>`;

export async function startStage(options: { wildcard?: boolean } = {}): Promise<Stage> {
  const blobs = createMemoryBlobs();
  const bus = createMemoryBus();
  const versions = new Map<string, ServableVersion>();
  const calls: ServerCall[] = [];
  const host = await build({
    absWorkingDir: root,
    entryPoints: ["sdk/src/host/index.ts"],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "VitrineHost",
  });
  const worker = await readFile(path.join(root, "dist/browser/host-worker.js"));
  const frameSdk = await readFile(path.join(root, "dist/browser/frame-sdk.js"), "utf8");

  let sandbox: Sandbox;
  const sandboxServer = http.createServer((req, res) => sandbox.handle(req, res));
  const sandboxPort = await listen(sandboxServer, "127.0.0.1");
  const sandboxOrigin = options.wildcard ? `http://*.localhost:${sandboxPort}` : `http://127.0.0.1:${sandboxPort}`;

  const appServer = http.createServer((req, res) => void serveApp(req, res));
  const appOrigin = `http://localhost:${await listen(appServer, "127.0.0.1")}`;
  sandbox = createSandbox({
    origin: sandboxOrigin,
    appOrigin,
    records: { findServable: async (id) => versions.get(id), findMedia: async () => undefined },
    blobs,
    artifacts: createArtifactBuilder({ frameSdk }),
    signingKey: randomBytes(32),
    bus,
    logger: { error: (fields) => process.stderr.write(`${JSON.stringify(fields)}\n`) },
  });

  const stage: Stage = {
    sandbox,
    versions,
    bus,
    appOrigin,
    sandboxOrigin,
    calls,
    answer: answerAll,
    async publish(bundle, { format = "script", name = "Puppy Club" } = {}) {
      const digest = await blobs.put(Buffer.from(bundle));
      const widgetId = randomUUID();
      const versionId = randomUUID();
      versions.set(versionId, { versionId, widgetId, digest, format, active: true, storefrontOrigins: [] });
      return { widgetId, versionId, name, frameUrl: sandbox.addresses.frameUrl(widgetId, versionId) };
    },
    open: (opened) => openPage(appOrigin, opened),
    async close() {
      sandbox.close();
      for (const server of [sandboxServer, appServer]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };

  async function serveApp(req: http.IncomingMessage, res: http.ServerResponse) {
    const url = new URL(req.url ?? "/", appOrigin);
    if (url.pathname === "/") {
      const frameSources = sandbox.addresses.frameSources([...versions.values()].map((version) => version.widgetId)).join(" ");
      const frameSrc = url.searchParams.get("frame-src") ?? frameSources;
      res.setHeader(
        "Content-Security-Policy",
        `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; worker-src 'self'; frame-src ${frameSrc || "'none'"}`,
      );
      res.setHeader("Content-Type", "text/html");
      return res.end(hostPage);
    }
    if (url.pathname === "/host.js" || url.pathname === "/host-worker.js") {
      res.setHeader("Content-Type", "text/javascript");
      return res.end(url.pathname === "/host.js" ? host.outputFiles[0]?.text : worker);
    }
    if (!url.pathname.startsWith("/call")) {
      res.statusCode = 404;
      return res.end();
    }
    const bytes = await readAll(req);
    const isJson = req.headers["content-type"] === "application/json";
    const body = isJson ? (JSON.parse(bytes.toString()) as Record<string, unknown>) : undefined;
    const call: ServerCall = { url: req.url ?? "", headers: req.headers, body, bytes };
    calls.push(call);
    const answer = await stage.answer(call);
    if (answer === "drop") return res.destroy();
    res.writeHead(answer.status ?? 200, { "Content-Type": "application/json" });
    return res.end(JSON.stringify(answer.body));
  }
  return stage;
}

/** Everything is confirmed by the server and succeeds. */
export function answerAll(call: ServerCall): CallAnswer {
  if (call.body?.["phase"] === "prepare") {
    const changes = [{ label: "weight", was: "12.4", now: "13.1" }];
    return { body: { confirmation: { subject: "Fluffy", action: "wants to update", changes, token: "token-1" } } };
  }
  return { body: { reply: call.url.startsWith("/call/image") ? { data: { url: "http://127.0.0.1/m/x" } } : { ok: true } } };
}

async function openPage(appOrigin: string, options: PageOptions = {}): Promise<StagePage> {
  const context = options.context ?? (await (await sharedBrowser()).newContext());
  const page = await context.newPage();
  await page.goto(options.frameSrc === undefined ? appOrigin : `${appOrigin}/?frame-src=${encodeURIComponent(options.frameSrc)}`);
  await page.evaluate(
    ({ isPreview }) => {
      const capability = (method: string, scope: string, more: object) => ({
        method,
        scope,
        confirms: false,
        takesImage: false,
        rateLimit: { calls: 30, perSeconds: 60 },
        ...more,
      });
      const changes: unknown[] = [];
      Object.assign(window, { changes });
      Object.assign(window, {
        host: window.VitrineHost.createHost({
          workerUrl: "/host-worker.js",
          callUrl: "/call",
          csrfToken: "csrf-1",
          subscriptionId: "sub-1",
          context: {
            subscription: { id: "sub-1", status: "active" },
            entities: [{ id: "ent-1", name: "Fluffy", entity_type: "dog", attributes: { weight: 12.4 } }],
            lines: [{ id: "line-1", product_title: "Puppy plan", variant_title: "Small" }],
          },
          branding: { primary_color: "#0a7", font_family: "Georgia", border_radius: "8px", logo_url: null },
          locale: "en-GB",
          colorScheme: "light",
          isPreview,
          capabilities: [
            capability("entity.update", "entity.update", { confirms: true }),
            capability("activity.log", "subscription.activity_log", {}),
            capability("media.upload", "media.upload", { takesImage: true }),
          ],
          disabledScopes: [],
          onChange: (call: unknown) => changes.push(call),
        }),
        mounts: {},
      });
    },
    { isPreview: options.preview ?? false },
  );
  return {
    page,
    mount: (widget, { id = "one", scopes = allScopes, versionId } = {}) =>
      page.evaluate(
        (wanted) => {
          const element = document.createElement("section");
          element.id = wanted.id;
          element.style.position = "relative";
          document.querySelector("#slots")?.append(element);
          window.mounts[wanted.id] = window.host.mount(element, wanted.widget);
          return element.querySelector("iframe")?.clientHeight;
        },
        { id, widget: { ...widget, versionId: versionId ?? widget.versionId, scopes } },
      ),
    close: () => context.close(),
  };
}

declare global {
  interface Window {
    VitrineHost: typeof import("../../../sdk/src/host/index.js");
    host: import("../../../sdk/src/host/index.js").Host;
    mounts: Record<string, import("../../../sdk/src/host/index.js").Mount>;
    changes: { widgetId: string; method: string }[];
  }
}

async function listen(server: http.Server, address: string): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  return (server.address() as AddressInfo).port;
}

async function readAll(req: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
