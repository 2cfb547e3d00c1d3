import path from "node:path";
import type { Logger } from "pino";
import { In } from "typeorm";
import type { Config } from "../config/index.js";
import { AccountSettings, Community, Customer, Media, Widget } from "../entities/index.js";
import {
  createBlobStore,
  createBrokerRecords,
  createCatalogueRecords,
  createFeedRecords,
  createLocalChangeBus,
  createMemoryRateLimiter,
  createPageRecords,
  createPortalRecords,
  createPublishingRecords,
  createRedisChangeBus,
  createRedisRateLimiter,
  createSandboxRecords,
  createSessionStore,
  createStaffRecords,
  openDatabase,
  purgeExpired,
} from "../store/index.js";

const hour = 3_600_000;

export type Store = Awaited<ReturnType<typeof openStore>>;

/** Opens the database, blobs, limits and the change bus of this configuration; with Redis the last two are shared. */
export async function openStore(config: Config, logger: Logger) {
  const database = await openDatabase({ url: config.databaseUrl, logger });
  const redis = config.redisUrl === undefined ? undefined : { url: config.redisUrl, logger };
  const sharedLimiter = redis && createRedisRateLimiter(redis);
  const sharedBus = redis && createRedisChangeBus(redis);
  const purge = setInterval(() => {
    purgeExpired(database).catch((error: unknown) => logger.warn({ err: error }, "could not remove expired rows"));
  }, hour);
  purge.unref();

  return {
    database,
    blobs: createBlobStore({ directory: path.join(config.dataDir, "blobs"), logger }),
    limiter: sharedLimiter ?? createMemoryRateLimiter(),
    bus: sharedBus ?? createLocalChangeBus({ logger }),
    sessions: createSessionStore(database),
    publishingRecords: createPublishingRecords(database),
    sandboxRecords: createSandboxRecords(database),
    pageRecords: createPageRecords(database),
    portalRecords: createPortalRecords(database),
    brokerRecords: createBrokerRecords(database),
    catalogue: createCatalogueRecords(database),
    staff: createStaffRecords(database),
    feed: createFeedRecords(database),
    /** Makes room for a demo that an earlier start left half-seeded; customers take their subscriptions along, widgets their versions. */
    async removeCommunities(slugs: readonly string[]): Promise<void> {
      await database.transaction(async (manager) => {
        const found = await manager.findBy(Community, { slug: In([...slugs]) });
        const communityId = In(found.map(({ id }) => id));
        for (const owned of [Widget, Media, Customer, AccountSettings]) await manager.delete(owned, { communityId });
        await manager.delete(Community, { id: communityId });
      });
    },
    async close(): Promise<void> {
      clearInterval(purge);
      await sharedLimiter?.close();
      await sharedBus?.close();
      await database.close();
    },
  };
}
