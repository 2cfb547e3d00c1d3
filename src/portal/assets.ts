import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

/** A file whose address holds the digest of its bytes: it can be kept for ever. */
export interface Asset {
  readonly url: string;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  body(encoding: "br" | "gzip" | "identity"): Promise<Buffer>;
}

const squeeze = {
  br: (body: Buffer) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  gzip: (body: Buffer) => promisify(gzip)(body, { level: 9 }),
  identity: (body: Buffer) => Promise.resolve(body),
};

export function createAsset(prefix: string, fileName: string, contentType: string, text: string): Asset {
  const body = Buffer.from(text);
  const digest = createHash("sha256").update(body).digest("base64url").slice(0, 22);
  const dot = fileName.lastIndexOf(".");
  const ready = new Map<string, Promise<Buffer>>();
  return {
    url: `${prefix}${fileName.slice(0, dot)}.${digest}${fileName.slice(dot)}`,
    contentType,
    headers: {
      "Cache-Control": "public, max-age=31536000, immutable",
      "Cross-Origin-Resource-Policy": "same-origin",
      // A worker takes its policy from its own response: it may talk to this origin and load nothing else.
      "Content-Security-Policy": "default-src 'none'; connect-src 'self'; frame-ancestors 'none'",
      Vary: "Accept-Encoding",
      "X-Content-Type-Options": "nosniff",
    },
    body(encoding) {
      const made = ready.get(encoding) ?? squeeze[encoding](body);
      ready.set(encoding, made);
      return made;
    },
  };
}

/** The best coding that a request takes. Coarse on purpose: `q=0` of a coding is honoured, other weights are not compared. */
export function chooseEncoding(header: string | undefined): "br" | "gzip" | "identity" {
  const accepts = (coding: string) =>
    (header ?? "").split(",").some((part) => {
      const [name, ...parameters] = part.trim().toLowerCase().split(";");
      return name?.trim() === coding && !parameters.some((parameter) => /^\s*q=0(\.0*)?\s*$/.test(parameter));
    });
  if (accepts("br")) return "br";
  return accepts("gzip") ? "gzip" : "identity";
}

/** The browser files of the portal, compressed once, ahead of the first request. */
export function createPortalAssets(sources: { readonly script: string; readonly style: string; readonly worker: string }) {
  const prefix = "/portal/assets/";
  const script = createAsset(prefix, "portal.js", "text/javascript; charset=utf-8", sources.script);
  const style = createAsset(prefix, "portal.css", "text/css; charset=utf-8", sources.style);
  const worker = createAsset(prefix, "host-worker.js", "text/javascript; charset=utf-8", sources.worker);
  const byUrl = new Map([script, style, worker].map((asset) => [asset.url, asset]));
  for (const asset of byUrl.values()) void Promise.all([asset.body("br"), asset.body("gzip")]);
  return { script, style, worker, find: (url: string): Asset | undefined => byUrl.get(url) };
}

export type PortalAssets = ReturnType<typeof createPortalAssets>;
