import { createHash, randomBytes, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import type { BlobStore, ServableVersion } from "../../src/contracts/index.js";
import { createArtifactBuilder, createSandbox } from "../../src/sandbox/index.js";
import { createLocalChangeBus } from "../../src/store/index.js";

const root = path.join(import.meta.dirname, "../..");

export interface StagedWidget {
  readonly widgetId: string;
  readonly versionId: string;
  readonly name: string;
  readonly frameUrl: string;
  readonly scopes: readonly string[];
}

/** The two origins on loopback: a page with the product's host, and the sandbox with widgets and bare frames side by side. */
export interface Stage {
  readonly pageUrl: string;
  publish(bundle: string): Promise<StagedWidget>;
  /** A document without any of our protection whose script is a file of its own; and one that holds the script. */
  addBareFrame(script: string): { readonly external: string; readonly inline: string };
  close(): Promise<void>;
}

interface File {
  readonly type: string;
  readonly body: Buffer;
}

/** `page` is a file of bench/browser that is bundled and run by the page. */
export async function startStage(page: string): Promise<Stage> {
  const [client, worker, frameSdk, style] = await Promise.all([
    bundle(path.join(import.meta.dirname, page)),
    readFile(path.join(root, "dist/browser/host-worker.js"), "utf8"),
    readFile(path.join(root, "dist/browser/frame-sdk.js"), "utf8"),
    readFile(path.join(import.meta.dirname, "page.css"), "utf8"),
  ]);
  const versions = new Map<string, ServableVersion>();
  const bareFiles = new Map<string, File>();
  const blobs = createMemoryBlobs();

  let handleSandbox: http.RequestListener = () => {};
  const sandboxServer = http.createServer((request, response) => {
    const file = bareFiles.get(request.url ?? "");
    if (file) sendFile(response, file);
    else handleSandbox(request, response);
  });
  const sandboxOrigin = `http://127.0.0.1:${await listen(sandboxServer)}`;
  const pageFiles = new Map<string, File>([
    ["/page.js", script(client)],
    ["/page.css", { type: "text/css", body: Buffer.from(style) }],
    ["/host-worker.js", script(worker)],
    ["/instant-worker.js", script(`${instantServer}\n${worker}`)],
    ["/echo-worker.js", script(echoWorker)],
  ]);
  const appServer = http.createServer((request, response) => {
    const file = pageFiles.get(request.url ?? "");
    if (file) return sendFile(response, file);
    if (request.method === "POST") return answerCall(request, response);
    response.setHeader("Content-Security-Policy", pagePolicy(sandboxOrigin));
    return sendFile(response, { type: "text/html; charset=utf-8", body: Buffer.from(pageHtml) });
  });
  const appOrigin = `http://localhost:${await listen(appServer)}`;
  const sandbox = createSandbox({
    origin: sandboxOrigin,
    appOrigin,
    records: { findServable: async (id) => versions.get(id), findMedia: async () => undefined },
    blobs,
    artifacts: createArtifactBuilder({ frameSdk }),
    signingKey: randomBytes(32),
    bus: createLocalChangeBus(),
    logger: { error: (fields) => process.stderr.write(`${JSON.stringify(fields)}\n`) },
  });
  handleSandbox = (request, response) => sandbox.handle(request, response);

  return {
    pageUrl: `${appOrigin}/`,
    async publish(source) {
      const digest = await blobs.put(Buffer.from(source));
      const [widgetId, versionId] = [randomUUID(), randomUUID()];
      versions.set(versionId, { versionId, widgetId, digest, format: "script", active: true, storefrontOrigins: [] });
      await sandbox.preparer.prepare({ digest, format: "script" });
      const frameUrl = sandbox.addresses.frameUrl(widgetId, versionId);
      await waitForBestCoding(frameUrl);
      return { widgetId, versionId, name: "Bench", frameUrl, scopes: ["subscription.activity_log"] };
    },
    addBareFrame(source) {
      const name = randomUUID();
      // The same order of bytes as a widget's file: what comes before the bundle is there, and never runs.
      const body = `function neverCalled(){${frameSdk}}\n${source}`;
      const compressed = brotliCompressSync(Buffer.from(body));
      bareFiles.set(`/bare/${name}.js`, { type: "text/javascript", body: compressed });
      bareFiles.set(`/bare/${name}`, html(`<script src="/bare/${name}.js"></script>`));
      bareFiles.set(`/bare/${name}/inline`, html(`<script>${body}</script>`));
      return { external: `${sandboxOrigin}/bare/${name}`, inline: `${sandboxOrigin}/bare/${name}/inline` };
    },
    async close() {
      sandbox.close();
      for (const server of [sandboxServer, appServer]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

const pageHtml = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bench</title><link rel="stylesheet" href="/page.css"></head>
<body><main id="places"></main><script src="/page.js"></script></body></html>`;

const pagePolicy = (sandboxOrigin: string) =>
  `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; worker-src 'self'; frame-src ${sandboxOrigin}`;

const frameHead = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Widget</title></head><body><div id="gro-widget-root"></div>`;

/** In a mount's worker: a server that answers at once, so that nothing but our own work is left in a call. */
const instantServer = `var instantReply={ok:true,status:200,json:function(){return Promise.resolve({reply:{data:{id:"1"}}})}};
self.fetch=function(){return Promise.resolve(instantReply)};`;

/** The other end of a bare port, off the page's thread. */
const echoWorker = `self.onmessage=function(event){var port=event.data;
port.onmessage=function(event){port.postMessage({v:1,type:"reply",id:event.data.id,data:{data:{id:"1"}}})}};`;

const script = (text: string): File => ({ type: "text/javascript", body: brotliCompressSync(Buffer.from(text)) });
const html = (rest: string): File => ({ type: "text/html", body: brotliCompressSync(Buffer.from(`${frameHead}${rest}</body></html>`)) });

function sendFile(response: http.ServerResponse, { type, body }: File): void {
  const isCompressed = type === "text/javascript" || type === "text/html";
  response.writeHead(200, {
    "Content-Type": type,
    "Content-Length": body.length,
    ...(isCompressed ? { "Content-Encoding": "br", "Cache-Control": "public, max-age=31536000, immutable" } : {}),
  });
  response.end(body);
}

function answerCall(request: http.IncomingMessage, response: http.ServerResponse): void {
  request.resume();
  request.once("end", () => {
    response.writeHead(200, { "Content-Type": "application/json" });
    response.end('{"reply":{"data":{"id":"1"}}}');
  });
}

function createMemoryBlobs(): BlobStore {
  const blobs = new Map<string, Buffer>();
  return {
    async put(bytes) {
      const digest = createHash("sha256").update(bytes).digest("hex");
      blobs.set(digest, Buffer.from(bytes));
      return digest;
    },
    get: async (digest) => blobs.get(digest),
  };
}

/** The product serves a quick compression until the best one is there; bare frames have the best from the start. */
async function waitForBestCoding(frameUrl: string): Promise<void> {
  const document = await (await fetch(frameUrl)).text();
  const script = /src="([^"]+)"/.exec(document)?.[1];
  if (script === undefined) throw new Error("The frame's document names no script");
  for (;;) {
    const response = await fetch(script, { headers: { "Accept-Encoding": "br" } });
    await response.arrayBuffer();
    if (response.headers.get("etag")?.endsWith('-br"')) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "iife",
    minify: true,
    logLevel: "warning",
  });
  return outputFiles[0]?.text ?? "";
}

async function listen(server: http.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
