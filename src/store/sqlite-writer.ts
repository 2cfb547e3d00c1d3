import { Mutex, withTimeout } from "async-mutex";
import type { DataSource, QueryRunner } from "typeorm";
import { VitrineError } from "../contracts/index.js";
import type { Database, Patience } from "./database.js";
import { runHeld } from "./run-held.js";
import { affectedRows } from "./statements.js";

/** The one queue that every write of this process to the SQLite file goes through. Waiting in it is bounded. */
export function createSqliteWriter(
  source: DataSource,
  createRunner: () => QueryRunner,
  patience: Patience,
): Pick<Database, "transaction" | "execute"> {
  const queue = withTimeout(new Mutex(), patience.queueMs, new VitrineError("RATE_LIMITED", { retryAfterMs: 1000 }));

  return {
    transaction: (work) =>
      queue.runExclusive(() => {
        // One each, which can be closed for good.
        const runner = createRunner();
        // IMMEDIATE takes the write lock at once: a read lock that is upgraded later fails when another process wrote in between.
        return runHeld(runner, patience.transactionMs, "BEGIN IMMEDIATE", () => work(runner.manager));
      }),
    execute: (statement, values) => queue.runExclusive(() => affectedRows(source.manager, statement, values)),
  };
}
