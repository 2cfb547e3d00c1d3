import { setTimeout as delay } from "node:timers/promises";
import type { DataSource, EntityManager } from "typeorm";
import type { Database, Patience } from "./database.js";
import { runHeld } from "./run-held.js";
import { affectedRows } from "./statements.js";
import { isRetryable } from "./translate-error.js";

const attempts = 5;

/** Transactions on pooled connections; a deadlock or serialization failure is tried again a few times. */
export function createPostgresWriter(source: DataSource, patience: Patience): Pick<Database, "transaction" | "execute"> {
  async function once<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const runner = source.createQueryRunner();
    try {
      return await runHeld(runner, patience.transactionMs, "BEGIN", () => work(runner.manager));
    } finally {
      await runner.release();
    }
  }

  async function retried<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        if (attempt === attempts || !isRetryable(error)) throw error;
        // Random, so that two transactions that collided do not collide again.
        await delay(Math.random() * 20 * 2 ** attempt);
      }
    }
  }

  return {
    transaction: (work) => retried(() => once(work)),
    execute: (statement, values) => retried(() => affectedRows(source.manager, statement, values)),
  };
}
