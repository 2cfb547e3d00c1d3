import { mkdir, open } from "node:fs/promises";
import path from "node:path";
import type { BaseEntity, DataSource } from "typeorm";
import { createDataSource, parseDatabaseUrl } from "./create-data-source.js";
import { type Database, defaultPatience, type Patience, type StoreLogger } from "./database.js";
import { createPostgresWriter } from "./postgres-writer.js";
import { usePlannedStatements } from "./prepared-postgres.js";
import { createPreparedRunners } from "./prepared-sqlite.js";
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
  const closers: (() => Promise<void>)[] = [];
  const connect = async () => {
    const source = createDataSource(options.url, { patience, ...(options.logger ? { logger: options.logger } : {}) });
    await source.initialize();
    closers.push(() => source.destroy());
    return source;
  };
  const prepare = (source: DataSource) => {
    const runners = createPreparedRunners(source);
    closers.unshift(async () => runners.release());
    return runners;
  };
  try {
    if (target.dialect === "postgres") {
      const source = await connect();
      usePlannedStatements(source);
      await runMigrations(source);
      return assemble(source, createPostgresWriter(source, patience), closers);
    }
    await createPrivateFile(target.path);
    const writing = await connect();
    await writing.query("PRAGMA synchronous = FULL");
    await runMigrations(writing);
    const reading = await connect();
    // A write on the reading connection could join somebody's transaction: it fails loudly instead.
    await reading.query("PRAGMA query_only = ON");
    prepare(reading);
    return assemble(reading, createSqliteWriter(writing, prepare(writing).create, patience), closers);
  } catch (error) {
    for (const close of closers) await close();
    throw error;
  }
}

type Writer = Pick<Database, "transaction" | "execute">;

function assemble(reading: DataSource, writer: Writer, closers: readonly (() => Promise<void>)[]): Database {
  for (const { target } of reading.entityMetadatas) (target as typeof BaseEntity).useDataSource(reading);
  const underway = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;

  async function track<T>(write: () => Promise<T>): Promise<T> {
    if (closing) throw new Error("The database is closed.");
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
    if (closing) return false;
    try {
      await reading.query("SELECT 1");
      return true;
    } catch {
      return false;
    }
  }

  async function shut(): Promise<void> {
    await Promise.allSettled(underway);
    for (const close of closers) await close();
  }

  return {
    dialect: reading.options.type === "postgres" ? "postgres" : "sqlite",
    read: reading.manager,
    transaction: (work) => track(() => writer.transaction(work)),
    execute: (statement, values) => track(() => writer.execute(statement, values)),
    isReady,
    close: () => (closing ??= shut()),
  };
}

/** The file holds personal data: only its owner may read it, and SQLite gives its journal files the same mode. */
async function createPrivateFile(file: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await (await open(file, "a", 0o600)).close();
}
