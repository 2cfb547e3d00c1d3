import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { FrameAddresses } from "../contracts/index.js";

const previewSeconds = 600;

export interface SandboxAddresses extends FrameAddresses {
  /** Origin that serves this widget's document and bundle. */
  widgetOrigin(widgetId: string): string;
  /** May a request with this Host header be for this widget, or for media? Always true without a wildcard origin. */
  isWidgetHost(widgetId: string, host: string | undefined): boolean;
  isMediaHost(host: string | undefined): boolean;
  /** The version that a preview token names, while it is valid. */
  readPreviewToken(token: string): { versionId: string; expiresAt: number } | undefined;
}

/** `origin` is exact, or has `*` as its first label: then every widget has an origin, and so a process, of its own. */
export function createAddresses(options: { origin: string; signingKey: Buffer; now: () => number }): SandboxAddresses {
  const { origin, signingKey, now } = options;
  const base = new URL(origin.replace("://*.", "://"));
  const isWildcard = origin.includes("://*.");
  if (base.origin !== origin.replace("://*.", "://")) throw new Error(`The sandbox origin ${origin} is not a bare origin.`);
  const withLabel = (label: string) => (isWildcard ? `${base.protocol}//${label}.${base.host}` : base.origin);
  // Asked on every request of a document, where a hash would be a tenth of all the work.
  const labels = new LRUCache<string, string>({
    max: 5_000,
    memoMethod: (widgetId) => `w${createHash("sha256").update(widgetId).digest("hex").slice(0, 24)}`,
  });
  const widgetOrigin = (widgetId: string) => (isWildcard ? withLabel(labels.memo(widgetId)) : base.origin);
  const mediaOrigin = withLabel("media");
  const isHostOf = (expected: string, host: string | undefined) => `${base.protocol}//${host?.toLowerCase()}` === expected;

  const sign = (payload: string) => createHmac("sha256", signingKey).update(`vitrine.preview.v1\n${payload}`).digest();

  return {
    widgetOrigin,
    frameUrl: (widgetId, versionId) => `${widgetOrigin(widgetId)}/f/${versionId}`,
    previewUrl(widgetId, versionId) {
      const payload = `${versionId}.${Math.floor(now() / 1000) + previewSeconds}`;
      return `${widgetOrigin(widgetId)}/f/p.${payload}.${sign(payload).toString("base64url")}`;
    },
    mediaUrl: (key) => `${mediaOrigin}/m/${key}`,
    frameSources: (widgetIds) => [...new Set(widgetIds.map((widgetId) => `${widgetOrigin(widgetId)}/f/`))],
    mediaSource: `${mediaOrigin}/m/`,
    isWidgetHost: (widgetId, host) => !isWildcard || isHostOf(widgetOrigin(widgetId), host),
    isMediaHost: (host) => !isWildcard || isHostOf(mediaOrigin, host),
    readPreviewToken(token) {
      const match = /^p\.([A-Za-z0-9_-]{1,64})\.(\d{1,12})\.([A-Za-z0-9_-]{43})$/.exec(token);
      const [, versionId, expires, signature] = match ?? [];
      if (versionId === undefined || expires === undefined || signature === undefined) return undefined;
      const expected = sign(`${versionId}.${expires}`);
      const given = Buffer.from(signature, "base64url");
      // The second comparison refuses other spellings of the same bytes.
      if (given.length !== expected.length || !timingSafeEqual(given, expected) || given.toString("base64url") !== signature)
        return undefined;
      const expiresAt = Number(expires) * 1000;
      return expiresAt > now() ? { versionId, expiresAt } : undefined;
    },
  };
}
