import type { CallOwner, Capability, RateLimiter } from "../contracts/index.js";
import { allowed, type Decision, denied } from "./decision.js";

const day = 86_400;
/** Calls of one customer over all widgets, refused ones too: far above what pages need, and each costs a few queries. */
const callsPerMinute = { calls: 1_200, perSeconds: 60 };
/** Writes of one customer over all widgets: what a widget left alone in a tab can fill a disk with. */
const writesPerDay = { calls: 5_000, perSeconds: day };
/** Photos of one customer, over all widgets: 200 files and 300 MiB a day. */
const filesPerDay = { calls: 200, perSeconds: day };
const mebibytesPerDay = { calls: 300, perSeconds: day };
const mebibyte = 1024 * 1024;

const limited = (reason: string, retryAfterMs: number) =>
  denied("RATE_LIMITED", reason, { retryAfterMs: Math.max(1, Math.ceil(retryAfterMs)) });

/**
 * The capability's limit per customer and widget. Asking and doing have a bucket each: a confirmed call takes both steps and
 * must not count twice.
 */
export async function takeCallRate(
  limiter: RateLimiter,
  capability: Capability,
  owner: Pick<CallOwner, "customerId" | "widgetId">,
  phase: "prepare" | "execute",
): Promise<Decision> {
  const bucket = `broker:${phase}:${capability.id}:${owner.customerId}:${owner.widgetId}`;
  const taken = await limiter.take(bucket, capability.rateLimit);
  return taken.allowed ? allowed : limited(`rate_${phase}`, taken.retryAfterMs);
}

/** Asked before anything is looked up, so that calls about nothing are not free. */
export async function takeCustomerRate(limiter: RateLimiter, customerId: string): Promise<Decision> {
  const taken = await limiter.take(`broker:calls:${customerId}`, callsPerMinute);
  return taken.allowed ? allowed : limited("rate_customer", taken.retryAfterMs);
}

/** One more write today? */
export async function takeWriteQuota(limiter: RateLimiter, customerId: string): Promise<Decision> {
  const taken = await limiter.take(`broker:writes:${customerId}`, writesPerDay);
  return taken.allowed ? allowed : limited("quota_writes", taken.retryAfterMs);
}

/** One more file today? Asked before the body is read. */
export async function takeFileQuota(limiter: RateLimiter, customerId: string): Promise<Decision> {
  const taken = await limiter.take(`broker:files:${customerId}`, filesPerDay);
  return taken.allowed ? allowed : limited("quota_files", taken.retryAfterMs);
}

/** Counts each mebibyte begun. */
export async function takeByteQuota(limiter: RateLimiter, customerId: string, bytes: number): Promise<Decision> {
  for (let begun = 0; begun < bytes; begun += mebibyte) {
    const taken = await limiter.take(`broker:mebibytes:${customerId}`, mebibytesPerDay);
    if (!taken.allowed) return limited("quota_bytes", taken.retryAfterMs);
  }
  return allowed;
}
