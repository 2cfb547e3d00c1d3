import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { createAnswer, type ReadyAnswer } from "./answer.js";

const brotliAsync = promisify(brotliCompress);
const gzipAsync = promisify(gzip);

/** One immutable script in the codings that browsers ask for. `brotli` is replaced once by its smallest form. */
export interface ScriptAnswers {
  readonly identity: ReadyAnswer;
  readonly gzip: ReadyAnswer;
  brotli: ReadyAnswer;
}

const common = [
  "Content-Type",
  "text/javascript; charset=utf-8",
  "Cache-Control",
  "public, max-age=31536000, immutable",
  "Vary",
  "Accept-Encoding",
  "Cross-Origin-Resource-Policy",
  "cross-origin",
  "Access-Control-Allow-Origin",
  "*",
  "Content-Security-Policy",
  "default-src 'none'; sandbox; frame-ancestors 'none'",
  "Referrer-Policy",
  "no-referrer",
  "X-Content-Type-Options",
  "nosniff",
];

/**
 * Compresses in zlib's threads. Resolves with fast codings so that a version can go live at once; `onSmaller` runs when the
 * best brotli is there (a megabyte takes a second).
 */
export async function prepareScript(body: Buffer, digest: string, onSmaller: (answer: ReadyAnswer) => void): Promise<ScriptAnswers> {
  const tag = digest.slice(0, 32);
  const encoded = (bytes: Buffer, coding: string, suffix: string) =>
    createAnswer(bytes, [...common, "Content-Encoding", coding], `"${tag}-${suffix}"`);
  const [gzipped, quick] = await Promise.all([gzipAsync(body, { level: 6 }), brotli(body, 5)]);
  void brotli(body, 11)
    .then((smallest) => onSmaller(encoded(smallest, "br", "br")))
    // The quick form stays.
    .catch(() => {});
  return {
    identity: createAnswer(body, common, `"${tag}"`),
    gzip: encoded(gzipped, "gzip", "gz"),
    brotli: encoded(quick, "br", "br5"),
  };
}

type Coding = keyof ScriptAnswers;
/** The last header that was read: nearly all browsers send the same one. */
let lastAccepted: string | undefined;
let lastCoding: Coding = "identity";

/** The best coding that the request accepts. */
export function chooseCoding(script: ScriptAnswers, accepted: string | undefined): ReadyAnswer {
  if (accepted !== lastAccepted) {
    lastCoding = bestCoding(accepted);
    lastAccepted = accepted;
  }
  return script[lastCoding];
}

function bestCoding(accepted: string | undefined): Coding {
  if (accepted === undefined) return "identity";
  if (accepts(accepted, "br")) return "brotli";
  return accepts(accepted, "gzip") ? "gzip" : "identity";
}

function accepts(header: string, coding: "br" | "gzip"): boolean {
  if (!header.includes(coding)) return false;
  // Browsers send no weights; whoever does is read properly.
  if (!header.includes("q=")) return header.split(",").some((item) => item.trim() === coding);
  const item = header.split(",").find((part) => part.trim().split(";")[0]?.trim() === coding);
  return item !== undefined && !/;\s*q=0(?:\.0*)?\s*(?:;|$)/.test(item);
}

function brotli(body: Buffer, quality: number): Promise<Buffer> {
  return brotliAsync(body, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    },
  });
}
