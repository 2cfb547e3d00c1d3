import { type BaseEntity, EntityManager } from "typeorm";
import { createId } from "./create-id.js";
import type { Database } from "./database.js";

type Automatic = "id" | "createdAt" | "updatedAt" | "revision" | "sessionEpoch";
type Nullable<T> = { [K in keyof T]: null extends T[K] ? K : never }[keyof T];
type Columns<T> = Omit<T, keyof BaseEntity>;
/** A row to insert: ids, times and counters are made when absent, nullable columns may be left out. */
export type NewRow<T> = Omit<Columns<T>, Automatic | Nullable<Columns<T>>> & Partial<Columns<T>>;

/** SQLite allows 32,766 bound values in a statement. */
const chunk = 500;

/**
 * Inserts rows of one entity, all or none; gives their ids in order. For seeds and tests. Pass the manager of a running
 * transaction to insert into several tables at once.
 */
export async function insertRows<T extends BaseEntity>(
  target: Database | EntityManager,
  entity: new () => T,
  rows: readonly NewRow<T>[],
): Promise<string[]> {
  if (!(target instanceof EntityManager)) return await target.transaction((manager) => insertRows(manager, entity, rows));
  const now = new Date();
  const properties = target.connection.getMetadata(entity).columns.map((column) => column.propertyName);
  const automatic: Record<string, () => unknown> = {
    id: createId,
    createdAt: () => now,
    updatedAt: () => now,
    revision: () => 1,
    sessionEpoch: () => 0,
  };
  const complete = rows.map((row) => {
    const given = row as Record<string, unknown>;
    return Object.fromEntries(properties.map((name) => [name, given[name] ?? automatic[name]?.() ?? null]));
  });
  for (let from = 0; from < complete.length; from += chunk) {
    const values = complete.slice(from, from + chunk);
    await target
      .createQueryBuilder()
      .insert()
      .into(entity)
      .values(values as never)
      .updateEntity(false)
      .execute();
  }
  return complete.map((row) => row["id"] as string);
}
