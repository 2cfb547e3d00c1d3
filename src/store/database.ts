import type { EntityManager } from "typeorm";
import type { Dialect } from "../entities/index.js";

/** What may be bound to a statement. Times are `Date`, JSON goes through `toJson`. */
export type StatementValue = string | number | boolean | Date | null;

/**
 * The open database. On SQLite all writes of the process go through one queue on a connection of their own: TypeORM has one
 * connection per DataSource there, and a write that slips into another request's open transaction is rolled back with it.
 */
export interface Database {
  readonly dialect: Dialect;
  /** Reads only: on SQLite this connection refuses every write. */
  readonly read: EntityManager;
  /**
   * Runs `work` in one transaction and gives its answer after the commit; when `work` throws nothing is kept. `work` may run
   * again after a deadlock, so it must have no effect outside the manager. Throws RATE_LIMITED when the write queue stays full,
   * TIMEOUT when `work` takes too long, CONFLICT for a duplicate or a row that is still used, INVALID_PARAMS for a value that
   * the database cannot hold.
   */
  transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
  /** Runs one write statement by itself (`$1`, `$2` … in order of first use) and gives the number of rows it changed. */
  execute(statement: string, values: readonly StatementValue[]): Promise<number>;
  isReady(): Promise<boolean>;
  /** Waits for the write in progress, then closes every connection. */
  close(): Promise<void>;
}

/** The part of a pino logger that the store uses. */
export interface StoreLogger {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** How long callers wait, in milliseconds. */
export interface Patience {
  /** For a turn in the write queue or a pooled connection. */
  readonly queueMs: number;
  /** For one transaction from begin to commit. */
  readonly transactionMs: number;
}
export const defaultPatience: Patience = { queueMs: 10_000, transactionMs: 20_000 };
