import { mkdir, open } from "node:fs/promises";
import path from "node:path";
import type { BaseEntity, DataSource } from "typeorm";
import { createDataSource, parseDatabaseUrl } from "./create-data-source.js";
import { type Database, defaultPatience, type Patience, type StoreLogger } from "./database.js";
import { createPostgresWriter } from "./postgres-writer.js";
import { runMigrations } from "./run-migrations.js";
import { createSqliteWriter } from "./sqlite-writer.js";
import { translateError } from "./translate-error.js";

export interface DatabaseOptions {
  /** `sqlite:<absolute path>` or `postgres://…`. */
  readonly url: string;
  readonly logger?: StoreLogger;
  readonly patience?: Partial<Patience>;
}

/** Opens the database, brings its schema up to date and binds the entity classes (AdminJS reads through them). */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const patience = { ...defaultPatience, ...options.patience };
  const target = parseDatabaseUrl(options.url);
  const sources: DataSource[] = [];
  const connect = async () => {
    const source = createDataSource(options.url, { patience, ...(options.logger ? { logger: options.logger } : {}) });
    await source.initialize();
    sources.push(source);
    return source;
  };
  try {
    if (target.dialect === "sqlite") await createPrivateFile(target.path);
    const main = await connect();
    if (target.dialect === "sqlite") await main.query("PRAGMA synchronous = FULL");
    await runMigrations(main);
    const reading = target.dialect === "sqlite" ? await connect() : main;
    // A write on the reading connection could join somebody's transaction: it fails loudly instead.
    if (target.dialect === "sqlite") await reading.query("PRAGMA query_only = ON");
    for (const { target: entity } of reading.entityMetadatas) (entity as typeof BaseEntity).useDataSource(reading);
    return assemble(target.dialect, reading, main, sources, patience);
  } catch (error) {
    await Promise.all(sources.map((source) => source.destroy()));
    throw error;
  }
}

function assemble(
  dialect: Database["dialect"],
  reading: DataSource,
  main: DataSource,
  sources: readonly DataSource[],
  patience: Patience,
): Database {
  const writer = dialect === "sqlite" ? createSqliteWriter(main, patience) : createPostgresWriter(main, patience);
  const underway = new Set<Promise<unknown>>();
  let closed: Promise<void> | undefined;

  async function track<T>(write: () => Promise<T>): Promise<T> {
    if (closed) throw new Error("The database is closed.");
    const writing = write();
    underway.add(writing);
    try {
      return await writing;
    } catch (error) {
      throw translateError(error);
    } finally {
      underway.delete(writing);
    }
  }

  async function isReady(): Promise<boolean> {
    if (closed) return false;
    try {
      await reading.query("SELECT 1");
      return true;
    } catch {
      return false;
    }
  }

  async function shut(): Promise<void> {
    await Promise.allSettled(underway);
    for (const source of sources) await source.destroy();
  }

  return {
    dialect,
    read: reading.manager,
    transaction: (work) => track(() => writer.transaction(work)),
    execute: (statement, values) => track(() => writer.execute(statement, values)),
    isReady,
    close: () => (closed ??= shut()),
  };
}

/** The file holds personal data: only its owner may read it, and SQLite gives its journal files the same mode. */
async function createPrivateFile(file: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await (await open(file, "a", 0o600)).close();
}
