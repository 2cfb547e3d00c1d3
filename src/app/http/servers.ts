import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

const drainDeadlineMs = 25_000;

const mostHeaders = 100;

/** Milliseconds; the defaults are for the product, others for tests. */
export interface ServerPatience {
  /** For a whole request head. */
  readonly headMs?: number;
  /** Without a byte in either direction: somebody who does not read their answer. */
  readonly idleMs?: number;
  /** Between two looks at which heads are late. */
  readonly checkMs?: number;
}

/**
 * An HTTP server with limits on slow and large requests. It has no `clientError` listener on purpose: Node's own answer (400, 408
 * or 431) also destroys the socket, where a listener that only ends it leaves a connection for as long as the other side likes.
 */
export function createLimitedServer(listener: RequestListener, patience: ServerPatience = {}): Server {
  const { headMs = 10_000, idleMs = 120_000, checkMs = 5_000 } = patience;
  const server = createServer(
    {
      maxHeaderSize: 16_384,
      headersTimeout: headMs,
      requestTimeout: 60_000,
      keepAliveTimeout: 5_000,
      connectionsCheckingInterval: checkMs,
    },
    (request, response) => {
      const status = judgeHead(request.rawHeaders);
      if (status === undefined) listener(request, response);
      else response.writeHead(status, { Connection: "close", "Content-Length": "0" }).end();
    },
  );
  server.maxHeadersCount = mostHeaders;
  server.timeout = idleMs;
  return server;
}

/**
 * The status that refuses a head which a proxy in front and this process could understand differently: two hosts, a body in any
 * coding but plain chunks, or so many headers that Node has dropped the last ones unsaid.
 */
function judgeHead(rawHeaders: readonly string[]): 400 | 431 | undefined {
  if (rawHeaders.length >= 2 * mostHeaders) return 431;
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? "";
    // Asked by length first: this runs for every request.
    if (name.length === 4 && name.toLowerCase() === "host") hosts += 1;
    else if (name.length === 17 && name.toLowerCase() === "transfer-encoding" && rawHeaders[index + 1]?.toLowerCase() !== "chunked")
      return 400;
  }
  return hosts > 1 ? 400 : undefined;
}

/** Resolves with the port once the server listens; fails with a message that names port and variable. */
export function listen(server: Server, port: number, host: string, variable: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason = error.code === "EADDRINUSE" ? "it is in use by another program" : error.message;
      reject(new Error(`Cannot listen on ${host}:${port}: ${reason}. Set ${variable} to another port.`));
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** A port that is ours; nothing but "not yet" is answered until somebody serves it. */
export interface Door {
  serve(listener: RequestListener): void;
  /** Drains requests and gives the port back. */
  close(): Promise<void>;
}

const answerNotYet: RequestListener = (_request, response) => {
  response.writeHead(503, { "Retry-After": "1", "Content-Length": "0", "Cache-Control": "no-store" }).end();
};

/** Takes a port. Fails with a message that names the port and its variable. */
export async function openDoor(port: number, host: string, variable: string): Promise<Door> {
  let listener = answerNotYet;
  const server = createLimitedServer((request, response) => listener(request, response));
  await listen(server, port, host, variable);
  return {
    serve(next) {
      listener = next;
    },
    close: () => drain(server),
  };
}

/** Lets requests in flight finish, closes idle connections as they become idle, and cuts the rest after 25 s. */
export async function drain(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const sweep = setInterval(() => server.closeIdleConnections(), 100);
  const cut = setTimeout(() => server.closeAllConnections(), drainDeadlineMs);
  server.closeIdleConnections();
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}
