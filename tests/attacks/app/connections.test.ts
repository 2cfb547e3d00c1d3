import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createLimitedServer } from "../../../src/app/http/servers.js";

const servers: ReturnType<typeof createLimitedServer>[] = [];

async function open(...options: Parameters<typeof createLimitedServer>) {
  const server = createLimitedServer(...options);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

const answerOk: Parameters<typeof createLimitedServer>[0] = (request, response) => {
  request.resume();
  response.end(`host=${request.headers.host}`);
};

/** Sends text and never closes its own side: whether the connection ends is the server's doing alone. */
async function sayAndStay(port: number, text: string): Promise<string> {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  let answer = "";
  socket.on("data", (part: Buffer) => {
    answer += part.toString("latin1");
  });
  socket.on("error", () => undefined);
  const closed = new Promise<void>((resolve) => socket.on("close", () => resolve()));
  socket.write(text);
  await new Promise<void>((resolve) => socket.on("end", resolve));
  // The server must have let go of the connection, not only of its own half: then writing fails.
  const prodding = setInterval(() => socket.write("x"), 20);
  await closed;
  clearInterval(prodding);
  return answer;
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

describe("a connection that does not speak HTTP as it should", () => {
  it.each([
    ["no HTTP at all", "BOGUS\r\n\r\n", 400],
    ["a length and chunks", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400],
    ["two lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd", 400],
    ["a head of 20 kB", `GET / HTTP/1.1\r\nHost: a\r\nX: ${"a".repeat(20_000)}\r\n\r\n`, 431],
    ["a space before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400],
  ])("is told and let go of: %s", async (_name, text, status) => {
    const port = await open(answerOk);
    expect(await sayAndStay(port, text)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it("is let go of when its head never ends", async () => {
    const port = await open(answerOk, { headMs: 200, checkMs: 50 });
    expect(await sayAndStay(port, "GET / HTTP/1.1\r\nHost: a\r\nX: ")).toMatch(/^HTTP\/1.1 408 /);
  });

  it("is let go of when it does not read its answer", async () => {
    const port = await open((_request, response) => void response.end(Buffer.alloc(64 * 1024 * 1024)), { idleMs: 300 });
    const socket = connect({ port, host: "127.0.0.1" });
    socket.on("error", () => undefined);
    socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    await once(socket, "readable");
    const server = servers[0] as (typeof servers)[number];
    await expect
      .poll(() => new Promise((resolve) => server.getConnections((_error, count) => resolve(count))), { timeout: 10_000 })
      .toBe(0);
    socket.destroy();
  });
});

describe("a head that two readers could read differently", () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `X-${index}: 1\r\n`).join("");
  it.each([
    ["two hosts", "Host: a\r\nhOST: b\r\n", 400],
    ["an unknown transfer coding", "Host: a\r\nTransfer-Encoding: xchunked\r\n", 400],
    ["two transfer codings", "Host: a\r\nTransfer-Encoding: identity, chunked\r\n", 400],
    ["more headers than are kept", `Host: a\r\n${many(150)}Origin: http://evil.example\r\n`, 431],
  ])("is refused: %s", async (_name, headers, status) => {
    const port = await open(answerOk);
    expect(await sayAndStay(port, `GET / HTTP/1.1\r\n${headers}\r\n`)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it("but a body in plain chunks is not", async () => {
    const port = await open(answerOk);
    const head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\nConnection: close\r\n\r\n";
    expect(await sayAndStay(port, `${head}2\r\nab\r\n0\r\n\r\n`)).toMatch(/^HTTP\/1.1 200 /);
  });

  it("and an ordinary one is not, with as many headers as a browser behind two proxies sends", async () => {
    const port = await open(answerOk);
    const answer = await sayAndStay(port, `GET / HTTP/1.1\r\nHost: a\r\n${many(60)}Connection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
    expect(answer).toContain("host=a");
  });
});
