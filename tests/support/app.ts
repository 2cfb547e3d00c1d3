import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { pino } from "pino";
import { type App, createApp } from "../../src/app/create-app.js";
import { readConfig } from "../../src/config/index.js";

export interface TestApp extends App {
  readonly adminEmail: string;
  readonly adminPassword: string;
  readonly dataDir: string;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return address.port;
}

/** The whole product on free ports with a fresh SQLite database and the demo, panel included. `<port>` in a value is the sandbox's port. */
export async function startTestApp(environment: Record<string, string> = {}): Promise<TestApp> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "vitrine-test-"));
  const [port, sandboxPort] = await Promise.all([freePort(), freePort()]);
  const adminPassword = "correct horse battery staple";
  const config = readConfig({
    NODE_ENV: "test",
    PORT: String(port),
    SANDBOX_PORT: String(sandboxPort),
    DATA_DIR: dataDir,
    ADMIN_PASSWORD: adminPassword,
    ...Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, value.replace("<port>", String(sandboxPort))])),
  });
  const app = await createApp(
    config,
    "test-secret-k3J9x0PqLmN7vB2cT5yR8wE1sD4fG6hZ",
    pino({ level: process.env["TEST_LOG_LEVEL"] ?? "silent" }),
  );
  await app.panelReady;
  return {
    ...app,
    adminEmail: config.adminEmail,
    adminPassword,
    dataDir,
    async close() {
      await app.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
