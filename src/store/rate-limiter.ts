import { createHash } from "node:crypto";
import { Redis } from "ioredis";
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import type { RateLimiter } from "../contracts/index.js";
import type { StoreLogger } from "./database.js";

type Limit = Parameters<RateLimiter["take"]>[1];

/** One limiter per limit. Buckets hold what people type (addresses, accounts): long ones are hashed. */
function createRateLimiter(create: (limit: Limit, prefix: string) => RateLimiterAbstract): RateLimiter {
  const limiters = new Map<string, RateLimiterAbstract>();
  const limiterFor = (limit: Limit) => {
    const prefix = `vitrine:${limit.calls}/${limit.perSeconds}`;
    let limiter = limiters.get(prefix);
    if (!limiter) limiters.set(prefix, (limiter = create(limit, prefix)));
    return limiter;
  };
  const keyFor = (bucket: string) => (bucket.length <= 100 ? bucket : createHash("sha256").update(bucket).digest("hex"));
  return {
    async giveBack(bucket, limit) {
      await limiterFor(limit).reward(keyFor(bucket));
    },

    async take(bucket, limit) {
      try {
        await limiterFor(limit).consume(keyFor(bucket));
        return { allowed: true };
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        return { allowed: false, retryAfterMs: Math.max(1, refusal.msBeforeNext) };
      }
    },
  };
}

const memory = (limit: Limit, keyPrefix: string) => new RateLimiterMemory({ points: limit.calls, duration: limit.perSeconds, keyPrefix });

/** Counts in this process: for one machine and one process. */
export const createMemoryRateLimiter = (): RateLimiter => createRateLimiter(memory);

/** Counts in Redis, for several processes. While Redis is away each process counts by itself: limits loosen, they never vanish. `ready` resolves at the first connection. */
export function createRedisRateLimiter(options: {
  url: string;
  logger?: StoreLogger;
}): RateLimiter & { ready: Promise<void>; close(): Promise<void> } {
  const client = new Redis(options.url, { enableOfflineQueue: false, commandTimeout: 1000, maxRetriesPerRequest: 1 });
  client.on("error", (error: Error) => options.logger?.warn({ reason: error.message }, "lost Redis"));
  const limiter = createRateLimiter(
    (limit, keyPrefix) =>
      new RateLimiterRedis({
        storeClient: client,
        points: limit.calls,
        duration: limit.perSeconds,
        keyPrefix,
        insuranceLimiter: memory(limit, keyPrefix),
        // An empty bucket is refused without asking Redis again.
        inMemoryBlockOnConsumed: limit.calls + 1,
      }),
  );
  const ready = new Promise<void>((resolve) => void client.once("ready", resolve));
  return { ...limiter, ready, close: async () => client.disconnect() };
}
