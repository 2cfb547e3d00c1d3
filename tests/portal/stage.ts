import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import express from "express";
import pino from "pino";
import type { Browser, BrowserContext } from "playwright-core";
import { loadPlugins } from "../../src/app/plugin-host.js";
import { createBroker, createBrokerRoutes, createImageIntake } from "../../src/broker/index.js";
import { createPageComposer } from "../../src/pages/index.js";
import { builtinPlugins } from "../../src/plugins/builtin.js";
import { createPortal } from "../../src/portal/index.js";
import { createArtifactBuilder, createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import {
  createBlobStore,
  createBrokerRecords,
  createCatalogueRecords,
  createLocalChangeBus,
  createMemoryRateLimiter,
  createPageRecords,
  createPortalRecords,
  createSandboxRecords,
  createSessionStore,
  type Database,
  hashPassword,
  verifyPassword,
} from "../../src/store/index.js";
import {
  openTestDatabase,
  seedCommunity,
  seedCustomer,
  seedEntity,
  seedGrant,
  seedLine,
  seedSubscription,
  seedVersion,
  seedWidget,
} from "../support/database.js";

const root = path.join(import.meta.dirname, "../..");
const readAsset = async (name: string) => ({ body: await readFile(path.join(root, "dist/browser", name), "utf8") });

export const password = "correct horse battery";

/** The portal on real parts (database, broker, sandbox) on loopback, with a community, two customers and their subscriptions. */
export interface PortalStage {
  readonly appOrigin: string;
  readonly database: Database;
  readonly sandbox: Sandbox;
  readonly portal: ReturnType<typeof createPortal>;
  readonly seeded: {
    readonly communityId: string;
    readonly slug: string;
    readonly mayaId: string;
    readonly subscriptionId: string;
    readonly entityId: string;
    readonly oliverId: string;
    readonly oliversSubscriptionId: string;
  };
  /** Sends a request as a browser on the portal's own pages would; redirects are not followed. */
  fetch(path: string, options?: RequestInit & { cookie?: string }): Promise<Response>;
  /** A cookie header of a signed-in customer. */
  signIn(customerId?: string): Promise<string>;
  publish(
    source: string | Buffer,
    widget?: { name?: string; destination?: string; description?: string; scopes?: readonly string[]; active?: boolean },
  ): Promise<{ widgetId: string; versionId: string }>;
  browserFor(browser: Browser, options?: { colorScheme?: "light" | "dark"; width?: number; height?: number }): Promise<BrowserContext>;
  close(): Promise<void>;
}

export async function openPortalStage(options: { production?: boolean } = {}): Promise<PortalStage> {
  const { database, close: closeDatabase } = await openTestDatabase();
  const directory = await mkdtemp(path.join(tmpdir(), "vitrine-portal-"));
  const blobs = createBlobStore({ directory });
  const bus = createLocalChangeBus();
  const logger = pino({ level: "silent" });
  const plugins = loadPlugins(builtinPlugins);
  const capabilities = [...plugins.capabilities.values()];
  const production = options.production ?? false;

  let sandbox: Sandbox;
  const sandboxServer = http.createServer((request, response) => sandbox.handle(request, response));
  const sandboxOrigin = `http://127.0.0.1:${await listen(sandboxServer)}`;
  const app = express();
  const appServer = http.createServer(app);
  const appOrigin = `http://localhost:${await listen(appServer)}`;
  sandbox = createSandbox({
    origin: sandboxOrigin,
    appOrigin,
    records: createSandboxRecords(database),
    blobs,
    artifacts: createArtifactBuilder({ frameSdk: (await readAsset("frame-sdk.js")).body }),
    signingKey: randomBytes(32),
    bus,
    logger,
  });

  const pageRecords = createPageRecords(database);
  const composer = createPageComposer({ records: pageRecords, conditions: plugins.conditions });
  const limiter = createMemoryRateLimiter();
  const sessions = createSessionStore(database);
  const broker = createBroker({
    capabilities,
    records: createBrokerRecords(database),
    composer,
    limiter,
    images: createImageIntake({ blobs }),
    confirmationKey: randomBytes(32),
    mediaUrl: (key) => sandbox.addresses.mediaUrl(key),
    logger,
  });
  await createCatalogueRecords(database).registerScopes(capabilities);
  const portal = createPortal({
    records: createPortalRecords(database),
    pageRecords,
    composer,
    addresses: sandbox.addresses,
    sessions,
    limiter,
    signInMethods: [...plugins.signInMethods.values()],
    verifyPassword,
    catalogue: () => broker.catalogue(),
    disabledScopes: async () => [],
    csrfKey: randomBytes(32),
    previewKey: randomBytes(32),
    assets: {
      script: await readAsset("portal.js"),
      style: await readAsset("portal-style.css"),
      worker: await readAsset("host-worker.js"),
    },
    production,
    appOrigin,
    logger,
  });
  app.use("/portal/api/calls", createBrokerRoutes({ broker, authenticate: portal.authenticate, appOrigin, logger }));
  app.use(portal.routes);

  const seeded = await seed(database);
  const cookieName = production ? "__Secure-vitrine_portal" : "vitrine_portal";
  const tokenFor = async (customerId: string) =>
    (await sessions.create({ kind: "customer", userId: customerId, data: {}, ttlSeconds: 3600 })).token;

  return {
    appOrigin,
    database,
    sandbox,
    portal,
    seeded,
    fetch(target, { cookie, ...init } = {}) {
      const headers = new Headers(init.headers);
      if (cookie !== undefined) headers.set("Cookie", cookie);
      if (!headers.has("Origin") && init.method === "POST") headers.set("Origin", appOrigin);
      if (headers.get("Origin") === "") headers.delete("Origin");
      return fetch(new URL(target, appOrigin), { redirect: "manual", ...init, headers });
    },
    signIn: async (customerId = seeded.mayaId) => `${cookieName}=${await tokenFor(customerId)}`,
    async publish(source, widget = {}) {
      const digest = await blobs.put(Buffer.from(source));
      const { scopes = ["entity.update", "subscription.activity_log", "media.upload"], active, ...row } = widget;
      const widgetId = await seedWidget(database, seeded.communityId, {
        name: "Check-in",
        ...(row as { destination?: "new_tab" }),
        active: active ?? true,
      });
      const versionId = await seedVersion(database, widgetId, { digest, size: source.length, activate: active ?? true });
      for (const scope of scopes) await seedGrant(database, widgetId, scope);
      bus.publish({ kind: "widget", widgetId });
      return { widgetId, versionId };
    },
    async browserFor(browser, { colorScheme = "light", width = 1280, height = 900 } = {}) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height }, timezoneId: "Europe/Berlin", locale: "en-GB" });
      await context.addCookies([{ name: cookieName, value: await tokenFor(seeded.mayaId), domain: "localhost", path: "/portal" }]);
      return context;
    },
    async close() {
      for (const server of [appServer, sandboxServer]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
      sandbox.close();
      await closeDatabase();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function listen(server: http.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

async function seed(database: Database): Promise<PortalStage["seeded"]> {
  const slug = "pawsome";
  const communityId = await seedCommunity(database, {
    slug,
    name: "Pawsome Box",
    locale: "en-GB",
    branding: { primary_color: "#0f766e", font_family: "system-ui, sans-serif", border_radius: "10px", logo_url: null },
  });
  const person = async (name: string, email: string, passwordHash: string | null) => {
    const customerId = await seedCustomer(database, communityId, { name, email, passwordHash });
    const owner = { communityId, customerId };
    const subscriptionId = await seedSubscription(database, owner, {
      title: "Puppy Club",
      nextDate: new Date(Date.now() + 6 * 24 * 60 * 60 * 1000),
    });
    const entityId = await seedEntity(
      database,
      { communityId, subscriptionId },
      { attributes: { breed: "Labrador", weight: 12.4, birthday: "2026-05-02", neutered: false } },
    );
    await seedLine(database, subscriptionId, { productTitle: "Puppy Club Starter Box", variantTitle: "Medium breed", priceCents: 3490 });
    await seedLine(database, subscriptionId, {
      productTitle: "Training treats",
      variantTitle: "Chicken, 200 g",
      quantity: 2,
      priceCents: 590,
    });
    return { customerId, subscriptionId, entityId };
  };
  const maya = await person("Maya Lindqvist", "maya@customer.example", await hashPassword(password));
  await seedSubscription(database, { communityId, customerId: maya.customerId }, { title: "Cat Corner", status: "paused", nextDate: null });
  const oliver = await person("Oliver Grant", "oliver@customer.example", null);
  return {
    communityId,
    slug,
    mayaId: maya.customerId,
    subscriptionId: maya.subscriptionId,
    entityId: maya.entityId,
    oliverId: oliver.customerId,
    oliversSubscriptionId: oliver.subscriptionId,
  };
}
