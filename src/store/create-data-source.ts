import { DataSource, type Logger } from "typeorm";
import { migrations } from "../../migrations/index.js";
import { createEntitySchemas } from "../entities/index.js";
import { defaultPatience, type Patience, type StoreLogger } from "./database.js";
import { quietSqlite } from "./prepared-sqlite.js";

/** `sqlite:<absolute path>` or `postgres://…`, taken apart. Throws for anything else. */
export function parseDatabaseUrl(url: string): { dialect: "sqlite"; path: string } | { dialect: "postgres"; url: string } {
  if (/^postgres(ql)?:\/\//.test(url)) return { dialect: "postgres", url };
  const path = /^sqlite:(?:\/\/)?(\/.*)$/s.exec(url)?.[1] ?? /^sqlite:([a-z]:[\\/].*)$/is.exec(url)?.[1];
  if (path === undefined) throw new Error("The database must be sqlite:<absolute path> or postgres://user:password@host/database.");
  return { dialect: "sqlite", path };
}

/** An unopened DataSource with our entities and migrations. Never synchronizes: only migrations change the schema. */
export function createDataSource(url: string, options: { logger?: StoreLogger; patience?: Patience } = {}): DataSource {
  const target = parseDatabaseUrl(url);
  const patience = options.patience ?? defaultPatience;
  const shared = {
    entities: createEntitySchemas(target.dialect),
    migrations,
    synchronize: false,
    migrationsRun: false,
    maxQueryExecutionTime: 1000,
    logger: slowQueryLogger(options.logger),
  };
  if (target.dialect === "sqlite") {
    return new DataSource({ ...shared, type: "sqlite", driver: quietSqlite, database: target.path, enableWAL: true, busyTimeout: 5000 });
  }
  return new DataSource({
    ...shared,
    type: "postgres",
    url: target.url,
    poolSize: 10,
    connectTimeoutMS: patience.queueMs,
    applicationName: "vitrine",
    // A dropped idle connection is replaced by the pool; without a listener it would end the process.
    poolErrorHandler: (error: Error) => options.logger?.warn({ reason: error.message }, "lost a database connection"),
    extra: {
      statement_timeout: patience.transactionMs,
      idle_in_transaction_session_timeout: patience.transactionMs,
      query_timeout: patience.transactionMs + 5000,
      keepAlive: true,
    },
  });
}

/** Logs slow statements without their values: those are customers' data. */
function slowQueryLogger(logger: StoreLogger | undefined): Logger {
  const ignore = () => undefined;
  return {
    logQuery: ignore,
    logQueryError: ignore,
    logQuerySlow: (milliseconds, statement) => logger?.warn({ milliseconds, statement: statement.slice(0, 500) }, "slow statement"),
    logSchemaBuild: ignore,
    logMigration: ignore,
    log: ignore,
  };
}
