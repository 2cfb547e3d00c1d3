import { type DataSource, MigrationExecutor } from "typeorm";

/** Any number, the same in every process: only one of them migrates at a time. */
const lockKey = 7_318_004_212;

/**
 * Runs pending migrations as one transaction under a lock, so that processes which start together wait for one another and a
 * crash in the middle leaves the old schema.
 */
export async function runMigrations(source: DataSource): Promise<void> {
  const sqlite = source.options.type === "sqlite";
  const runner = source.createQueryRunner();
  try {
    // Rebuilding a table with keys enforced would cascade into the tables that point at it. Not allowed inside a transaction.
    if (sqlite) await runner.query("PRAGMA foreign_keys = OFF");
    await runner.query(sqlite ? "BEGIN IMMEDIATE" : "BEGIN");
    try {
      if (!sqlite) await runner.query("SELECT pg_advisory_xact_lock($1)", [lockKey]);
      const executor = new MigrationExecutor(source, runner);
      executor.transaction = "none";
      await executor.executePendingMigrations();
      const broken: unknown[] = sqlite ? await runner.query("PRAGMA foreign_key_check") : [];
      if (broken.length > 0) throw new Error(`A migration left ${broken.length} rows that point at nothing.`);
      await runner.query("COMMIT");
    } catch (error) {
      await runner.query("ROLLBACK");
      throw error;
    }
  } finally {
    if (sqlite) await runner.query("PRAGMA foreign_keys = ON");
    await runner.release();
  }
}
