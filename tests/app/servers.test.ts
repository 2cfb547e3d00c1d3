import { Agent, get, type IncomingMessage } from "node:http";
import { afterEach, expect, it } from "vitest";
import { type Door, openDoor } from "../../src/app/http/servers.js";

let door: Door | undefined;
const agent = new Agent({ keepAlive: true });
afterEach(async () => {
  agent.destroy();
  await door?.close();
});

async function open(): Promise<{ door: Door; port: number }> {
  for (let port = 41_000 + Math.floor(Math.random() * 10_000); ; port += 1) {
    try {
      return { door: await openDoor(port, "127.0.0.1", "PORT"), port };
    } catch {
      // In use: the next one.
    }
  }
}

const ask = (port: number) =>
  new Promise<{ status: number | undefined; retryAfter: string | undefined; text: string }>((resolve, reject) => {
    get({ port, host: "127.0.0.1", agent }, (response: IncomingMessage) => {
      let text = "";
      response.on("data", (part: Buffer) => {
        text += part.toString();
      });
      response.on("end", () => resolve({ status: response.statusCode, retryAfter: response.headers["retry-after"], text }));
    }).on("error", reject);
  });

it("answers that it is not yet time until somebody serves it", async () => {
  const opened = await open();
  door = opened.door;
  expect(await ask(opened.port)).toMatchObject({ status: 503, retryAfter: "1" });
  door.serve((_request, response) => void response.end("served"));
  expect(await ask(opened.port)).toMatchObject({ status: 200, text: "served" });
});

it("names the variable when the port is taken", async () => {
  const opened = await open();
  door = opened.door;
  await expect(openDoor(opened.port, "127.0.0.1", "SANDBOX_PORT")).rejects.toThrow(
    `Cannot listen on 127.0.0.1:${opened.port}: it is in use by another program. Set SANDBOX_PORT to another port.`,
  );
});

it("closes after the answer under way, takes no new connection meanwhile, and does not wait for idle ones", async () => {
  const opened = await open();
  let finish: () => void = () => undefined;
  let asked = false;
  opened.door.serve((request, response) => {
    if (request.url !== "/" || asked) return void response.end("quick");
    asked = true;
    finish = () => void response.end("slow but whole");
  });
  const slow = ask(opened.port);
  await expect.poll(() => asked).toBe(true);
  expect((await ask(opened.port)).text).toBe("quick");

  const began = performance.now();
  const closed = opened.door.close();
  await expect
    .poll(() =>
      ask(opened.port).then(
        () => "answered",
        (error: { code: string }) => error.code,
      ),
    )
    .toBe("ECONNREFUSED");
  finish();
  expect((await slow).text).toBe("slow but whole");
  await closed;
  expect(performance.now() - began).toBeLessThan(5_000);
});
