import { createHash } from "node:crypto";
import type { ClientBase } from "pg";
import { type DataSource, QueryFailedError, type QueryRunner } from "typeorm";
import type { PostgresDriver } from "typeorm/driver/postgres/PostgresDriver.js";

/** Statements of this room by their text. Those that TypeORM makes up are endless and stay unnamed. */
const names = new Map<string, string>();
const kept = 300;

/** Makes PostgreSQL keep a plan for this statement in each connection: planning costs several times the running. */
export function keepPlanned(text: string): void {
  if (names.has(text) || names.size >= kept) return;
  names.set(text, createHash("sha256").update(text).digest("hex").slice(0, 32));
}

/** Lets every runner of the source send the statements that `keepPlanned` named by their names. */
export function usePlannedStatements(source: DataSource): void {
  const driver = source.driver as PostgresDriver;
  const create = driver.createQueryRunner.bind(driver);
  driver.createQueryRunner = (mode) => {
    const runner = create(mode);
    withPlans(runner, source);
    return runner;
  };
}

function withPlans(runner: QueryRunner, source: DataSource): void {
  const send = runner.query.bind(runner) as (text: string, values?: unknown[], structured?: boolean) => Promise<unknown>;
  const planned = async (text: string, values: unknown[] = [], structured = false): Promise<unknown> => {
    const name = names.get(text);
    if (name === undefined || runner.isReleased) return await send(text, values, structured);
    const client = (await runner.connect()) as ClientBase;
    const start = performance.now();
    try {
      const { rows, rowCount } = await client.query<object>({ name, text, values });
      return structured ? { raw: rows, records: rows, affected: rowCount ?? 0 } : rows;
    } catch (error) {
      throw new QueryFailedError(text, values, error as Error);
    } finally {
      const elapsed = performance.now() - start;
      if (elapsed > 1000) source.logger.logQuerySlow(Math.round(elapsed), text);
    }
  };
  runner.query = planned as QueryRunner["query"];
}
