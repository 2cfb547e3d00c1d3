import { LRUCache } from "lru-cache";
import sqlite3 from "sqlite3";
import { type DataSource, QueryFailedError, type QueryResult, type QueryRunner } from "typeorm";
import type { SqliteDriver } from "typeorm/driver/sqlite/SqliteDriver.js";
import { SqliteQueryRunner } from "typeorm/driver/sqlite/SqliteQueryRunner.js";

/**
 * The sqlite3 package for TypeORM, which calls `verbose()` on it: that takes a stack trace for every statement and doubles
 * its cost.
 */
export const quietSqlite = { ...sqlite3, verbose: () => quietSqlite };

/** Compiling a statement costs more than running it; sizes are numbers of statements kept compiled. */
const kept = 300;
const preparable = /^(SELECT|INSERT|UPDATE|DELETE|BEGIN|COMMIT|ROLLBACK)\b/;
const changing = /^(INSERT|UPDATE|DELETE)\b/;

/** Makes runners of one SQLite connection that keep statements compiled; `release` must be called before the source is destroyed. */
export function createPreparedRunners(source: DataSource) {
  const driver = source.driver as SqliteDriver;
  const connection = driver.databaseConnection as sqlite3.Database;
  const statements = new LRUCache<string, sqlite3.Statement>({ max: kept, dispose: (statement) => statement.finalize() });

  const compile = (text: string): Promise<sqlite3.Statement> =>
    new Promise((resolve, reject) => {
      const statement = connection.prepare(text, (error: Error | null) => {
        if (error) return reject(error);
        statements.set(text, statement);
        resolve(statement);
      });
    });

  class PreparedRunner extends SqliteQueryRunner {
    override query(text: string, values?: unknown[], structured?: false): Promise<never>;
    override query(text: string, values: unknown[] | undefined, structured: true): Promise<QueryResult>;
    override async query(text: string, values: unknown[] = [], structured = false): Promise<unknown> {
      if (!preparable.test(text)) return structured ? await super.query(text, values, true) : await super.query(text, values);
      const start = performance.now();
      try {
        const statement = statements.get(text) ?? (await compile(text));
        const result = await (changing.test(text) ? change(statement, text, values) : read(statement, values));
        return structured ? result : result.raw;
      } catch (error) {
        throw new QueryFailedError(text, values, error as Error);
      } finally {
        const elapsed = performance.now() - start;
        if (elapsed > 1000) source.logger.logQuerySlow(Math.round(elapsed), text);
      }
    }
  }

  function create(): QueryRunner {
    const runner = new PreparedRunner(driver) as unknown as QueryRunner;
    return Object.assign(runner, { manager: source.createEntityManager(runner) });
  }

  // TypeORM asks for a runner per statement; this driver hands out one for all.
  driver.queryRunner = create();
  return { create, release: () => statements.clear() };
}

function read(statement: sqlite3.Statement, values: unknown[]): Promise<Pick<QueryResult, "raw" | "records">> {
  return new Promise((resolve, reject) => {
    statement.all(values, (error, rows) => (error ? reject(error) : resolve({ raw: rows, records: rows })));
  });
}

function change(statement: sqlite3.Statement, text: string, values: unknown[]): Promise<Pick<QueryResult, "raw" | "affected">> {
  return new Promise((resolve, reject) => {
    statement.run(values, function (error: Error | null) {
      if (error) return reject(error);
      resolve({ raw: text.startsWith("INSERT") ? this.lastID : undefined, affected: this.changes });
    });
  });
}
