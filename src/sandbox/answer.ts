import type { IncomingMessage, ServerResponse } from "node:http";

/** A ready answer. Header arrays (name and value in turn) are built once; a request costs a lookup and a write. */
export interface ReadyAnswer {
  /** Absent: never answered with 304. */
  readonly etag: string | undefined;
  readonly headers: readonly string[];
  readonly notModified: readonly string[];
  readonly body: Buffer;
}

/** Adds length and validator. `headers` must hold Cache-Control. */
export function createAnswer(body: Buffer, headers: readonly string[], etag?: string): ReadyAnswer {
  const validator = etag === undefined ? [] : ["ETag", etag];
  const kept: string[] = [];
  for (let index = 0; index < headers.length; index += 2) {
    const [name, value] = [headers[index], headers[index + 1]];
    if (name !== undefined && value !== undefined && /^(?:Cache-Control|Vary)$/.test(name)) kept.push(name, value);
  }
  return {
    etag,
    headers: [...headers, ...validator, "Content-Length", String(body.length)],
    notModified: [...kept, ...validator],
    body,
  };
}

export function sendAnswer(req: IncomingMessage, res: ServerResponse, answer: ReadyAnswer): void {
  const wanted = req.headers["if-none-match"];
  if (wanted !== undefined && answer.etag !== undefined && (wanted === answer.etag || wanted.includes(answer.etag))) {
    res.writeHead(304, answer.notModified as string[]);
    res.end();
    return;
  }
  res.writeHead(200, answer.headers as string[]);
  if (req.method === "HEAD") res.end();
  else res.end(answer.body);
}

/** Refusals say nothing about the request: one constant text per status, no caching. */
export type Refusal = 403 | 404 | 405 | 503;
const refusals: Record<Refusal, ReadyAnswer> = {
  403: refusal("Not available here.\n"),
  404: refusal("Not found.\n"),
  405: refusal("Only GET and HEAD.\n", ["Allow", "GET, HEAD", "Connection", "close"]),
  503: refusal("Try again.\n", ["Retry-After", "1"]),
};

export function sendRefusal(req: IncomingMessage, res: ServerResponse, status: Refusal): void {
  res.writeHead(status, refusals[status].headers as string[]);
  if (req.method === "HEAD") res.end();
  else res.end(refusals[status].body);
}

function refusal(text: string, more: readonly string[] = []): ReadyAnswer {
  return createAnswer(Buffer.from(text), [
    "Content-Type",
    "text/plain; charset=utf-8",
    "Cache-Control",
    "no-store",
    "Content-Security-Policy",
    "default-src 'none'; sandbox; frame-ancestors 'none'",
    "Connection-Allowlist",
    "()",
    "Referrer-Policy",
    "no-referrer",
    "X-Content-Type-Options",
    "nosniff",
    ...more,
  ]);
}
