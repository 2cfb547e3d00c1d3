import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createApp } from "../../../src/app/create-app.js";
import { prepareData } from "../../../src/app/demo/prepare-data.js";
import { openStore } from "../../../src/app/open-store.js";
import { readConfig } from "../../../src/config/index.js";
import { User } from "../../../src/entities/index.js";
import { openTestPostgres } from "../../support/each-database.js";

const secret = "test-secret-k3J9x0PqLmN7vB2cT5yR8wE1sD4fG6hZ";
const logger = pino({ level: "silent" });
let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "vitrine-first-start-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

async function occupy(): Promise<{ port: number; leave: () => Promise<void> }> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return { port: (server.address() as AddressInfo).port, leave: () => new Promise((resolve) => server.close(() => resolve())) };
}

it("a first start on a port in use touches no data, so that the generated password is not lost with it", async () => {
  const [app, sandbox] = await Promise.all([occupy(), occupy()]);
  const config = readConfig({ NODE_ENV: "test", DATA_DIR: dataDir, PORT: String(app.port), SANDBOX_PORT: String(sandbox.port) });
  await expect(createApp(config, secret, logger)).rejects.toThrow("Set SANDBOX_PORT to another port");
  await sandbox.leave();
  await expect(createApp(config, secret, logger)).rejects.toThrow("Set PORT to another port");
  expect(await readdir(dataDir)).toEqual([]);

  await app.leave();
  // Both ports are free again: a start that failed keeps none.
  const started = await createApp(config, secret, logger);
  expect(started.generatedPassword).toMatch(/^[\w-]{16}$/);
  await started.panelReady;
  await started.close();
});

it.runIf((process.env["DATABASE_URL"] ?? "").startsWith("postgres"))(
  "of two processes that start together on an empty database one makes the administrator, and both start",
  async () => {
    const postgres = await openTestPostgres();
    const config = readConfig({ NODE_ENV: "test", DATA_DIR: dataDir, DATABASE_URL: postgres.url, VITRINE_DEMO: "off" });
    const stores = await Promise.all([openStore(config, logger), openStore(config, logger)]);
    const publisher = { publish: () => Promise.reject(new Error("no demo")), activate: () => Promise.resolve() };
    try {
      const prepared = await Promise.all(stores.map((store) => prepareData({ config, store, publisher, examples: "", logger })));
      expect(prepared.map(({ generatedPassword }) => typeof generatedPassword).sort()).toEqual(["string", "undefined"]);
      expect(await stores[0].database.read.count(User)).toBe(1);
    } finally {
      await Promise.all(stores.map((store) => store.close()));
      await postgres.close();
    }
  },
);
