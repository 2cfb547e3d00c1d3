import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createBrokerHouse, type House } from "../../broker/broker-house.js";
import { png } from "./images.js";

let house: House;
let server: Server;
const sockets: Socket[] = [];

beforeEach(async () => {
  house = createBrokerHouse({ deadlines: { json: 300, image: 300 } });
  server = createServer(house.app);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

const query = "widgetId=widget-1&versionId=version-1&subscriptionId=subscription-ada&method=media.upload";
const head = (path: string, lines: readonly string[]) =>
  [
    `POST /portal/api/calls${path} HTTP/1.1`,
    "Host: localhost:3000",
    "Cookie: session=customer-ada",
    "X-CSRF-Token: csrf-customer-ada",
    "Idempotency-Key: slow-key-1",
    ...lines,
    "",
    "",
  ].join("\r\n");
const imageHead = (...lines: string[]) => head(`/image?${query}`, ["Content-Type: application/octet-stream", ...lines]);
const jsonHead = (...lines: string[]) => head("", ["Content-Type: application/json", ...lines]);

async function open(text: string): Promise<Socket> {
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  sockets.push(socket);
  socket.on("error", () => undefined);
  await once(socket, "connect");
  socket.write(text);
  return socket;
}

/** What arrives until the answer's JSON is complete or the connection ends. */
async function answerOf(socket: Socket): Promise<string> {
  let text = "";
  for await (const part of socket) {
    text += String(part);
    if (/\r\n\r\n\{.*\}$/s.test(text)) return text;
  }
  return text;
}

describe("bodies that come slowly, late or never", () => {
  it.each([
    ["an image", imageHead("Content-Length: 1000")],
    ["a chunked image", imageHead("Transfer-Encoding: chunked")],
    ["a JSON call", jsonHead("Content-Length: 1000")],
    ["a chunked JSON call", jsonHead("Transfer-Encoding: chunked")],
  ])("%s that never comes is answered with TIMEOUT", async (_name, text) => {
    const answer = await answerOf(await open(text));
    expect(answer).toMatch(/^HTTP\/1\.1 504 /);
    expect(answer).toContain('"code":"TIMEOUT"');
  });

  it("an image that trickles in is cut at the deadline for the whole, not per byte", async () => {
    const socket = await open(imageHead("Content-Length: 100000"));
    const trickle = setInterval(() => socket.write("x"), 20);
    const started = performance.now();
    const answer = await answerOf(socket);
    clearInterval(trickle);
    expect(answer).toContain('"code":"TIMEOUT"');
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it("a call that nobody may make is refused before its body was sent", async () => {
    house.state.widgets.get("widget-1")!.grantedScopes = [];
    const answer = await answerOf(await open(imageHead("Content-Length: 1000000")));
    expect(answer).toContain('"code":"SCOPE_NOT_GRANTED"');
  });

  it("a size over the limit is refused before its body was sent", async () => {
    expect(await answerOf(await open(imageHead("Content-Length: 5242881")))).toContain('"code":"TOO_LARGE"');
    expect(await answerOf(await open(jsonHead("Content-Length: 65537")))).toContain('"code":"TOO_LARGE"');
  });

  it("a chunked body is cut at the limit, whatever it does not say", async () => {
    const socket = await open(imageHead("Transfer-Encoding: chunked"));
    const block = Buffer.alloc(512 * 1024, 1);
    for (let count = 0; count < 12; count += 1) {
      socket.write(`${block.length.toString(16)}\r\n`);
      socket.write(block);
      socket.write("\r\n");
    }
    expect(await answerOf(socket)).toContain('"code":"TOO_LARGE"');
  });

  it("after a refusal the rest is dropped and the connection goes on", async () => {
    const socket = await open(imageHead("Content-Length: 5242881"));
    expect(await answerOf(socket)).toContain('"code":"TOO_LARGE"');
    const again = connect((server.address() as AddressInfo).port, "127.0.0.1");
    sockets.push(again);
    const body = JSON.stringify({
      phase: "execute",
      widgetId: "widget-1",
      versionId: "version-1",
      subscriptionId: "subscription-ada",
      method: "activity.log",
      params: { action: "x" },
    });
    again.write(jsonHead(`Content-Length: ${body.length}`) + body);
    expect(await answerOf(again)).toContain('"reply"');
  });

  it("a sender that goes away half-way leaves nothing behind", async () => {
    for (let count = 0; count < 5; count += 1) {
      const socket = await open(imageHead("Content-Length: 100000"));
      socket.write("half");
      socket.destroy();
      await once(socket, "close");
    }
    const bytes = await png();
    await expect.poll(async () => (await house.upload(bytes)).status).toBe(200);
    expect(house.state.media.length).toBeGreaterThanOrEqual(1);
  });

  it("a third upload at the same time of the same customer has to wait; another's does not", async () => {
    await open(imageHead("Content-Length: 1000"));
    await open(imageHead("Content-Length: 1000"));
    await expect.poll(async () => (await house.upload(Buffer.from("x"))).body.error?.code, { interval: 10 }).toBe("RATE_LIMITED");
    const { bob } = await import("../../broker/broker-house.js");
    const answer = await house.upload(await png(), { customer: bob, target: { subscriptionId: "subscription-bob" } });
    expect(answer.status).toBe(200);
  });

  it.each([
    [
      "the widget was switched off",
      () => void (house.state.widgets.get("widget-1")!.widget = { ...house.state.widgets.get("widget-1")!.widget, active: false }),
      "WIDGET_INACTIVE",
    ],
    ["the scope was taken back", () => void (house.state.widgets.get("widget-1")!.grantedScopes = []), "SCOPE_NOT_GRANTED"],
    ["the community switched uploads off", () => void house.state.disabledScopes.push("media.upload"), "CAPABILITY_DISABLED"],
    ["the customer was switched off", () => void house.state.subscriptions.delete("subscription-ada"), "NOT_FOUND"],
  ])("an image whose last byte comes after %s is not taken", async (_name, takeAway, code) => {
    const bytes = await png();
    const socket = await open(imageHead(`Content-Length: ${bytes.length}`));
    socket.write(bytes.subarray(0, 20));
    await expect.poll(() => house.limiter.buckets.get("broker:files:customer-ada")?.used).toBe(1);
    takeAway();
    socket.write(bytes.subarray(20));
    expect(await answerOf(socket)).toContain(`"code":"${code}"`);
    expect(house.state.media).toEqual([]);
  });

  it("a hundred calls of one customer that never come leave no room for another of theirs, and room for everybody else's", async () => {
    house = createBrokerHouse({ deadlines: { json: 60_000, image: 300 } });
    server.removeAllListeners("request").on("request", house.app);
    const waiting = await Promise.all(Array.from({ length: 100 }, () => open(jsonHead("Content-Length: 65536"))));
    const call = () => open(jsonHead("Content-Length: 2").concat("{}"));
    // Until all hundred are being read; what is answered before then is an incomplete call.
    await expect.poll(async () => /"code":"(\w+)"/.exec(await answerOf(await call()))?.[1], { timeout: 20_000 }).toBe("RATE_LIMITED");
    const bob = jsonHead("Content-Length: 2").replaceAll("customer-ada", "customer-bob");
    expect(await answerOf(await open(`${bob}{}`))).toContain('"code":"PROTOCOL"');
    for (const socket of waiting) socket.destroy();
    await expect.poll(async () => /"code":"(\w+)"/.exec(await answerOf(await call()))?.[1], { timeout: 20_000 }).toBe("PROTOCOL");
  });
});
