import type { EntityManager, QueryRunner } from "typeorm";
import type { Database, StatementValue } from "./database.js";
import { keepPlanned } from "./prepared-postgres.js";
import { translateError } from "./translate-error.js";
import { type Cell, fitText, toDatabaseTime } from "./values.js";

/** A row as the driver gives it; read its columns with the functions of values.ts. */
export type Row = Readonly<Record<string, Cell>>;

/**
 * Statements of the store are written once for both databases: `$1`, `$2` … in order of first use (SQLite numbers named
 * parameters in that order, PostgreSQL by the number).
 */
function bind(manager: EntityManager, values: readonly StatementValue[]): unknown[] {
  const sqlite = manager.connection.options.type === "sqlite";
  return values.map((value) => {
    if (typeof value === "string") return fitText(value);
    if (value instanceof Date) return sqlite ? toDatabaseTime(value) : value;
    return sqlite && typeof value === "boolean" ? Number(value) : value;
  });
}

/** Runs a SELECT. Failures carry no bound values. */
export async function select(manager: EntityManager, statement: string, values: readonly StatementValue[]): Promise<Row[]> {
  keepPlanned(statement);
  try {
    return await manager.query<Row[]>(statement, bind(manager, values));
  } catch (error) {
    throw translateError(error);
  }
}

/** Runs an INSERT, UPDATE or DELETE (the statement must begin with that word) and gives the number of rows it changed. */
export async function affectedRows(manager: EntityManager, statement: string, values: readonly StatementValue[]): Promise<number> {
  keepPlanned(statement);
  const own: QueryRunner | undefined = manager.queryRunner;
  const runner = own ?? manager.connection.createQueryRunner();
  try {
    const result = await runner.query(statement, bind(manager, values), true);
    return result.affected ?? 0;
  } finally {
    if (!own) await runner.release();
  }
}

/** Appended to a SELECT inside a transaction: PostgreSQL locks the rows, SQLite's write transaction has locked everything. */
export const rowLock = (database: Pick<Database, "dialect">): string => (database.dialect === "postgres" ? " FOR UPDATE" : "");
