import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

const drainDeadlineMs = 25_000;

/** An HTTP server with limits on slow and large request heads. */
export function createLimitedServer(listener: RequestListener): Server {
  const server = createServer({ maxHeaderSize: 16_384, headersTimeout: 10_000, requestTimeout: 60_000, keepAliveTimeout: 5_000 }, listener);
  server.maxHeadersCount = 100;
  server.on("clientError", (_error, socket) => {
    if (socket.writable) socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
  });
  return server;
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
