import { createSocket } from "node:dgram";
import http from "node:http";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** Whoever listens outside: TCP (HTTP on top) on every loopback address, UDP on the same port. Who was reached is told by the address. */
export interface Sinks {
  readonly port: number;
  /** Loopback addresses that were connected to, with what the first bytes said. */
  readonly hits: ReadonlyMap<string, string>;
  close(): Promise<void>;
}

/** `udpAddresses`: UDP does not tell the address that a packet was sent to, so each has a socket of its own. */
export async function startSinks(udpAddresses: readonly string[]): Promise<Sinks> {
  const hits = new Map<string, string>();
  const web = http.createServer((_req, res) => {
    res.writeHead(200, { "Access-Control-Allow-Origin": "*", "Content-Type": "text/javascript" });
    res.end();
  });
  const server = createServer((socket: Socket) => {
    const address = (socket.localAddress ?? "").replace("::ffff:", "");
    hits.set(address, hits.get(address) ?? "connection");
    socket.on("error", () => {});
    web.emit("connection", socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "0.0.0.0", resolve));
  const { port } = server.address() as AddressInfo;
  const datagrams = await Promise.all(
    udpAddresses.map(async (address) => {
      const socket = createSocket("udp4");
      socket.on("message", () => hits.set(address, "datagram"));
      await new Promise<void>((resolve) => socket.bind(port, address, resolve));
      return socket;
    }),
  );
  return {
    port,
    hits,
    async close() {
      for (const socket of datagrams) socket.close();
      web.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.unref();
      });
    },
  };
}
