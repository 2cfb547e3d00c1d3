import { availableParallelism } from "node:os";
import type { Pipeline } from "../contracts/index.js";
import { findGuest } from "./dynamic/find-guest.js";
import { judge, type Limits } from "./judge.js";
import { startPool } from "./pool.js";

export interface PipelineOptions {
  /** Absolute file URLs of modules whose default export is a plugin made with `definePlugin`. */
  readonly plugins: readonly string[];
  /** Bytes of one bundle (2 MiB), milliseconds for one judgement in its worker (2000), MiB of one QuickJS machine (96). */
  readonly limits?: Partial<Limits>;
  /** Worker threads kept warm; each judges one bundle at a time. */
  readonly poolSize?: number;
  readonly logger?: { warn(fields: object, message: string): void };
}

/**
 * Starts the scanner. Rejects, with the plugin and the reason, when a plugin cannot be loaded, was written for another contract,
 * needs a plugin that is not there, or repeats a rule id.
 */
export async function createPipeline(options: PipelineOptions): Promise<Pipeline> {
  const limits: Limits = { maxBytes: 2 << 20, wallMs: 2000, memoryMb: 96, ...options.limits };
  const pool = await startPool({
    plugins: options.plugins,
    guestPath: findGuest(),
    memoryMb: limits.memoryMb,
    wallMs: limits.wallMs,
    size: options.poolSize ?? Math.max(2, Math.min(4, availableParallelism() - 1)),
    onTrouble: (message) => options.logger?.warn({ room: "pipeline" }, message),
  });
  return {
    judge: (submission) => judge(submission, pool, limits),
    rules: () => Promise.resolve(pool.rules),
    close: () => pool.close(),
  };
}
