import path from "node:path";
import express, { type RequestHandler } from "express";
import type { Logger } from "pino";
import { createBroker, createBrokerRoutes, createImageIntake } from "../broker/index.js";
import { type Config, deriveKey } from "../config/index.js";
import { createPageComposer } from "../pages/index.js";
import { createPipeline } from "../pipeline/index.js";
import { builtinPlugins } from "../plugins/builtin.js";
import { rulePlugins } from "../plugins/rule-plugins.js";
import { createPortal } from "../portal/index.js";
import { createPublisher } from "../publishing/index.js";
import { createArtifactBuilder, createSandbox } from "../sandbox/index.js";
import { hashPassword, verifyPassword } from "../store/index.js";
import { findProjectRoot, loadBrowserAssets } from "./browser-assets.js";
import { prepareData } from "./demo/prepare-data.js";
import { baseHeaders } from "./http/base-headers.js";
import { createHealthRoutes } from "./http/health.js";
import { answerError, answerNotFound } from "./http/last-resort.js";
import { createRequestLog } from "./http/request-log.js";
import { type Door, openDoor } from "./http/servers.js";
import { openStore } from "./open-store.js";
import { loadPlugins } from "./plugin-host.js";
import { quietErrors } from "./quiet-errors.js";

/** A running product. `close` drains requests, then releases workers and connections. */
export interface App {
  readonly appOrigin: string;
  readonly sandboxOrigin: string;
  /** Printed once: the first administrator's generated password. */
  readonly generatedPassword: string | undefined;
  /** Resolves when the panel answers too; the portal answers before. */
  readonly panelReady: Promise<void>;
  close(): Promise<void>;
}

/**
 * Takes both ports, assembles every room, migrates and seeds the database, and serves. The ports come first: a start that cannot
 * have them, or that meets a running one, must not have touched the data. `secret` is the resolved VITRINE_SECRET.
 */
export async function createApp(config: Config, secret: string, baseLogger: Logger): Promise<App> {
  const doors: Door[] = [];
  try {
    const sandbox = await openDoor(config.sandboxPort, config.host, "SANDBOX_PORT");
    doors.push(sandbox);
    const app = await openDoor(config.port, config.host, "PORT");
    doors.push(app);
    return await assemble(config, secret, quietErrors(baseLogger), { app, sandbox });
  } catch (error) {
    await Promise.all(doors.map((door) => door.close()));
    throw error;
  }
}

async function assemble(config: Config, secret: string, logger: Logger, doors: { app: Door; sandbox: Door }): Promise<App> {
  const root = findProjectRoot();
  const assets = await loadBrowserAssets(root);
  const plugins = loadPlugins(builtinPlugins);
  const capabilities = [...plugins.capabilities.values()];
  const store = await openStore(config, logger);

  const pipeline = await createPipeline({ plugins: rulePlugins, limits: { maxBytes: config.maxBundleBytes }, logger });
  const sandbox = createSandbox({
    origin: config.sandboxOrigin,
    appOrigin: config.appOrigin,
    records: store.sandboxRecords,
    blobs: store.blobs,
    artifacts: createArtifactBuilder({ frameSdk: assets.frameSdk.body }),
    signingKey: deriveKey(secret, "frame"),
    bus: store.bus,
    logger,
  });
  const publisher = createPublisher({
    pipeline,
    records: store.publishingRecords,
    blobs: store.blobs,
    frames: sandbox.preparer,
    bus: store.bus,
    maxBytes: config.maxBundleBytes,
  });
  const composer = createPageComposer({ records: store.pageRecords, conditions: plugins.conditions });
  const broker = createBroker({
    capabilities,
    records: store.brokerRecords,
    composer,
    limiter: store.limiter,
    images: createImageIntake({ blobs: store.blobs }),
    confirmationKey: deriveKey(secret, "confirmation"),
    mediaUrl: sandbox.addresses.mediaUrl,
    logger,
  });
  const portal = createPortal({
    records: store.portalRecords,
    pageRecords: store.pageRecords,
    composer,
    addresses: sandbox.addresses,
    sessions: store.sessions,
    limiter: store.limiter,
    signInMethods: [...plugins.signInMethods.values()],
    verifyPassword,
    catalogue: broker.catalogue,
    disabledScopes: async (communityId) => {
      const names = new Set(await store.catalogue.listDisabled(communityId));
      return capabilities.filter(({ id, scope }) => names.has(id) || names.has(scope.name)).map(({ scope }) => scope.name);
    },
    csrfKey: deriveKey(secret, "csrf"),
    previewKey: deriveKey(secret, "preview"),
    assets: { script: assets.portalScript, style: assets.portalStyle, worker: assets.hostWorker },
    production: config.production,
    appOrigin: config.appOrigin,
    logger,
  });

  await store.catalogue.registerScopes(capabilities);
  const { generatedPassword } = await prepareData({ config, store, publisher, examples: path.join(root, "examples"), logger });

  let panel: RequestHandler | undefined;
  let draining = false;
  const app = express();
  app.disable("x-powered-by");
  app.set("trust proxy", config.trustedProxies.length > 0 ? config.trustedProxies : false);
  app.use(createRequestLog(logger), baseHeaders);
  app.use(createHealthRoutes(async () => !draining && panel !== undefined && (await store.database.isReady())));
  app.get("/", (_request, response) => response.redirect(302, "/portal"));
  app.use("/portal/api/calls", createBrokerRoutes({ broker, authenticate: portal.authenticate, appOrigin: config.appOrigin, logger }));
  app.use("/admin", (request, response, next) => {
    if (panel) panel(request, response, next);
    else response.status(503).set("Retry-After", "1").type("text").send("The panel is starting. Try again in a second.");
  });
  app.use(portal.routes);
  app.use(answerNotFound);
  app.use(answerError);

  doors.sandbox.serve(sandbox.handle);
  doors.app.serve(app);

  // AdminJS takes a second to import: the portal answers meanwhile.
  const panelReady = (async () => {
    const { createPanel } = await import("./http/panel/index.js");
    panel = await createPanel({
      rootPath: "/admin",
      appOrigin: config.appOrigin,
      assetsFolder: path.join(root, "dist/panel"),
      production: config.production,
      services: {
        write: store.database.transaction,
        publisher,
        pipeline,
        addresses: sandbox.addresses,
        sessions: store.sessions,
        limiter: store.limiter,
        bus: store.bus,
        staff: store.staff,
        feed: store.feed,
        passwords: { hash: hashPassword, verify: verifyPassword },
        capabilities,
        conditions: [...plugins.conditions.values()],
        previewLink: portal.previewLink,
        maxBundleBytes: config.maxBundleBytes,
        logger,
      },
    });
  })();

  return {
    appOrigin: config.appOrigin,
    sandboxOrigin: config.sandboxOrigin,
    generatedPassword,
    panelReady,
    async close() {
      draining = true;
      await Promise.all([doors.app.close(), doors.sandbox.close()]);
      sandbox.close();
      await pipeline.close();
      await store.close();
    },
  };
}
