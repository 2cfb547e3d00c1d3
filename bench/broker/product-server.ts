/** Child process: the broker as the product assembles it, with sessions, CSRF, limits, confirmation, audit and logs. */
import { createWriteStream } from "node:fs";
import express from "express";
import { pino } from "pino";
import { createRequestLog } from "../../src/app/http/request-log.js";
import { createLimitedServer, drain, listen } from "../../src/app/http/servers.js";
import { loadPlugins } from "../../src/app/plugin-host.js";
import { createBroker, createBrokerRoutes, createImageIntake } from "../../src/broker/index.js";
import { createPageComposer } from "../../src/pages/index.js";
import { builtinPlugins } from "../../src/plugins/builtin.js";
import { createAuthenticate } from "../../src/portal/authenticate.js";
import { createSessionCookie } from "../../src/portal/session-cookie.js";
import {
  createBlobStore,
  createBrokerRecords,
  createMemoryRateLimiter,
  createPageRecords,
  createPortalRecords,
  createSessionStore,
  openDatabase,
} from "../../src/store/index.js";
import { measuredOptions, serveMeasured } from "../harness/child.js";
import { csrfKey } from "./seed-writers.js";

const { url, appOrigin } = measuredOptions() as { url: string; appOrigin: string };
const logger = pino({ level: "info" }, createWriteStream("/dev/null"));
const database = await openDatabase({ url, logger });
const plugins = loadPlugins(builtinPlugins);
// The same limiter and the same work, with limits that a measurement does not reach.
const capabilities = [...plugins.capabilities.values()].map((capability) => ({
  ...capability,
  rateLimit: { calls: 10_000_000, perSeconds: 60 },
}));
const broker = createBroker({
  capabilities,
  records: createBrokerRecords(database),
  composer: createPageComposer({ records: createPageRecords(database), conditions: plugins.conditions }),
  limiter: createMemoryRateLimiter(),
  images: createImageIntake({ blobs: createBlobStore({ directory: "/nonexistent" }) }),
  confirmationKey: Buffer.alloc(32, 2),
  mediaUrl: (key) => `http://127.0.0.1/m/${key}`,
  logger,
});
const authenticate = createAuthenticate({
  sessions: createSessionStore(database),
  records: createPortalRecords(database),
  cookie: createSessionCookie(false),
  csrfKey,
});
const app = express();
app.disable("x-powered-by");
app.use(createRequestLog(logger));
app.use("/portal/api/calls", createBrokerRoutes({ broker, authenticate, appOrigin, logger }));
const server = createLimitedServer(app);

serveMeasured({
  port: await listen(server, 0, "127.0.0.1", "PORT"),
  async close() {
    await drain(server);
    await database.close();
  },
});
