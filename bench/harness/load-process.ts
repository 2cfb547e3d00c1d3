/**
 * Child process: sends bursts over kept-alive connections. It counts bytes instead of parsing: answers of one burst are equally
 * long, so the generator takes a fraction of the time that the cheapest server takes, and does not crowd it out.
 */
import net from "node:net";
import type { Burst } from "./load.js";

process.on("message", (burst: Burst) => {
  send(burst).then(
    () => process.send?.(""),
    (error: unknown) => process.send?.(error instanceof Error ? error.message : String(error)),
  );
});
process.on("disconnect", () => process.exit(0));

async function send(burst: Burst): Promise<void> {
  const fields = Object.entries(burst.headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const request = Buffer.from(`GET ${burst.path} HTTP/1.1\r\nHost: 127.0.0.1:${burst.port}\r\n${fields.join("")}\r\n`);
  let left = burst.amount;
  const take = () => left-- > 0;
  await Promise.all(Array.from({ length: burst.connections }, () => runConnection(burst, request, take)));
}

function runConnection(burst: Burst, request: Buffer, take: () => boolean): Promise<void> {
  const start = Buffer.from(`HTTP/1.1 ${burst.status} `);
  return new Promise((resolve, reject) => {
    const socket = net.connect(burst.port, "127.0.0.1");
    let received = 0;
    let length = 0;
    const next = () => {
      received = 0;
      if (take()) socket.write(request);
      else socket.end(() => resolve());
    };
    socket.setNoDelay(true);
    socket.once("connect", next);
    socket.once("error", reject);
    socket.on("data", (part: Buffer) => {
      if (received === 0) {
        if (part.compare(start, 0, start.length, 0, start.length) !== 0) {
          socket.destroy();
          return reject(new Error(`${burst.path}: ${part.toString("latin1", 0, 40).split("\r")[0] ?? ""} instead of ${burst.status}`));
        }
        length ||= lengthOf(part);
      }
      received += part.length;
      if (received === length) next();
      else if (received > length) reject(new Error(`${burst.path}: an answer was longer than the first`));
      return undefined;
    });
  });
}

/** Of head and body, from the first packet, which holds the whole head. */
function lengthOf(packet: Buffer): number {
  const head = packet.indexOf("\r\n\r\n") + 4;
  if (head < 4) throw new Error("The head did not come in one packet");
  const declared = /^content-length: (\d+)\r$/im.exec(packet.toString("latin1", 0, head))?.[1];
  return head + Number(declared ?? 0);
}
