import type { IncomingMessage, ServerResponse } from "node:http";
import type { BlobStore, ChangeBus, FrameAddresses, FramePreparer, SandboxRecords } from "../contracts/index.js";
import { createAddresses } from "./addresses.js";
import { sendAnswer, sendRefusal } from "./answer.js";
import type { ArtifactBuilder } from "./build-artifact.js";
import { chooseCoding } from "./compress.js";
import { createFrames } from "./frames.js";
import { createLiveVersions } from "./live-versions.js";
import { createMedia } from "./media.js";
import { createScripts, type Script } from "./scripts.js";

export interface SandboxLogger {
  error(fields: object, message: string): void;
}

export interface SandboxOptions {
  /** `http://127.0.0.1:3001`, or `http://*.localhost:3001` for an origin per widget. */
  readonly origin: string;
  /** The portal's origin: always allowed to embed. */
  readonly appOrigin: string;
  readonly records: SandboxRecords;
  readonly blobs: BlobStore;
  readonly artifacts: ArtifactBuilder;
  /** Signs preview addresses. */
  readonly signingKey: Buffer;
  readonly bus: ChangeBus;
  readonly logger: SandboxLogger;
  /** Milliseconds since the epoch; for tests. */
  readonly now?: () => number;
}

export interface Sandbox {
  /** Answers one request on the sandbox origin. Never throws; reads neither cookies nor bodies. */
  handle(req: IncomingMessage, res: ServerResponse): void;
  readonly addresses: FrameAddresses;
  readonly preparer: FramePreparer;
  close(): void;
}

/** Milliseconds that a script may be loaded after its use was checked. */
const believedFor = 1_000;

/** SERVE: an active version to a frame document with its headers. Exact paths only, everything else is one constant 404. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const { now = Date.now } = options;
  const addresses = createAddresses({ origin: options.origin, signingKey: options.signingKey, now });
  const versions = createLiveVersions(options.records, options.bus, now);
  const scripts = createScripts(options.blobs, options.artifacts);
  const frames = createFrames(scripts, addresses, options.appOrigin);
  const findMedia = createMedia(options.records, options.blobs);

  const handle = (req: IncomingMessage, res: ServerResponse): void => {
    if (req.method !== "GET" && req.method !== "HEAD") return sendRefusal(req, res, 405);
    const route = routeOf(req.url ?? "");
    switch (route?.kind) {
      case "frame":
        return serveFrame(req, res, route.name);
      case "script":
        return serveScript(req, res, route.name);
      case "media":
        return run(req, res, () => serveMedia(req, res, route.name));
      default:
        return sendRefusal(req, res, 404);
    }
  };
  // Neither path nor query is logged: a widget could write there.
  const run = (req: IncomingMessage, res: ServerResponse, work: () => Promise<void>) => {
    work().catch((error: unknown) => {
      options.logger.error({ err: error }, "sandbox request failed");
      if (!res.headersSent) sendRefusal(req, res, 503);
    });
  };

  const serveFrame = (req: IncomingMessage, res: ServerResponse, name: string): void => {
    const destination = req.headers["sec-fetch-dest"];
    if (destination !== undefined && destination !== "iframe") return sendRefusal(req, res, 403);
    if (name.startsWith("p.")) return run(req, res, () => servePreview(req, res, name));
    const version = versions.peek(name, now())?.version;
    const frame = version?.active && addresses.isWidgetHost(version.widgetId, req.headers.host) ? frames.peek(version) : undefined;
    if (!frame) return run(req, res, () => serveLive(req, res, name));
    keepLive(frame.script);
    return sendAnswer(req, res, frame.live);
  };
  const serveLive = async (req: IncomingMessage, res: ServerResponse, versionId: string) => {
    const version = await versions.find(versionId);
    if (!version?.active || !addresses.isWidgetHost(version.widgetId, req.headers.host)) return sendRefusal(req, res, 404);
    const frame = await frames.load(version);
    return sendAnswer(req, res, frame.live);
  };
  const servePreview = async (req: IncomingMessage, res: ServerResponse, token: string) => {
    const preview = addresses.readPreviewToken(token);
    const version = preview && (await versions.find(preview.versionId));
    if (!version || !addresses.isWidgetHost(version.widgetId, req.headers.host)) return sendRefusal(req, res, 404);
    const frame = await frames.load(version);
    frame.script.previewUntil = Math.max(frame.script.previewUntil, preview.expiresAt);
    return sendAnswer(req, res, frame.preview);
  };

  const keepLive = (script: Script) => {
    script.liveUntil = now() + believedFor;
    script.liveEpoch = versions.epoch;
  };
  const serveScript = (req: IncomingMessage, res: ServerResponse, digest: string): void => {
    const script = scripts.peek(digest);
    if (script && script.liveEpoch === versions.epoch && script.liveUntil > now()) {
      return sendAnswer(req, res, chooseCoding(script.answers, req.headers["accept-encoding"]));
    }
    return run(req, res, async () => {
      const found = await scripts.find(digest);
      if (!found || !(await isInUse(found))) return sendRefusal(req, res, 404);
      return sendAnswer(req, res, chooseCoding(found.answers, req.headers["accept-encoding"]));
    });
  };
  const isInUse = async (script: Script): Promise<boolean> => {
    // Made by another process, or before a restart: whoever asks was given its name by a document that was served.
    if (script.versions.size === 0 || script.previewUntil > now()) return true;
    for (const versionId of script.versions) {
      const version = await versions.find(versionId);
      if (!version?.active) continue;
      keepLive(script);
      return true;
    }
    return false;
  };

  const serveMedia = async (req: IncomingMessage, res: ServerResponse, key: string) => {
    const answer = addresses.isMediaHost(req.headers.host) ? await findMedia(key) : undefined;
    if (answer) sendAnswer(req, res, answer);
    else sendRefusal(req, res, 404);
  };

  return {
    handle,
    addresses,
    preparer: {
      async prepare(version) {
        await scripts.load(version);
      },
    },
    close: () => versions.close(),
  };
}

const routes = [
  { kind: "frame", path: /^\/f\/([A-Za-z0-9_-]{1,64}|p\.[A-Za-z0-9_-]{1,64}\.\d{1,12}\.[A-Za-z0-9_-]{43})$/ },
  { kind: "script", path: /^\/b\/([0-9a-f]{64})\.js$/ },
  { kind: "media", path: /^\/m\/([A-Za-z0-9_-]{16,80}(?:\.(?:png|jpe?g|webp|gif))?)$/ },
] as const;

/** The whole request target must match: a query, a fragment, an escape or an absolute form is another address. */
function routeOf(target: string): { readonly kind: (typeof routes)[number]["kind"]; readonly name: string } | undefined {
  for (const { kind, path } of routes) {
    const name = path.exec(target)?.[1];
    if (name !== undefined) return { kind, name };
  }
  return undefined;
}
