import { Client } from "pg";
import { afterAll, beforeAll, describe } from "vitest";
import { createId, type Database, openDatabase } from "../../src/store/index.js";
import { openTestDatabase, type TestDatabase } from "./database.js";

const postgresUrl = /^postgres(ql)?:/.test(process.env["DATABASE_URL"] ?? "") ? process.env["DATABASE_URL"] : undefined;

/** A new, migrated PostgreSQL database on the server of DATABASE_URL that `close` drops. */
export async function openTestPostgres(): Promise<TestDatabase> {
  const name = `vitrine_test_${createId().replaceAll("-", "")}`;
  const url = new URL(postgresUrl as string);
  const admin = async (statement: string) => {
    const client = new Client({ connectionString: postgresUrl });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await admin(`CREATE DATABASE ${name}`);
  url.pathname = `/${name}`;
  const database = await openDatabase({ url: url.href });
  return {
    database,
    url: url.href,
    async close() {
      await database.close();
      await admin(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

/** Runs the suite over SQLite, and over PostgreSQL when DATABASE_URL names one; says so when it does not. */
export function describeEachDatabase(title: string, suite: (subject: { readonly database: Database; readonly url: string }) => void): void {
  const engines = [
    { engine: "SQLite", open: openTestDatabase },
    ...(postgresUrl === undefined ? [] : [{ engine: "PostgreSQL", open: openTestPostgres }]),
  ];
  if (postgresUrl === undefined) {
    process.stderr.write(`SKIPPED on PostgreSQL: "${title}". Set DATABASE_URL to a postgres:// address to run it there too.\n`);
  }
  describe.each(engines)(`${title} ($engine)`, ({ open }) => {
    let opened: TestDatabase | undefined;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(async () => {
      await opened?.close();
    });
    const current = () => {
      if (!opened) throw new Error("The database is opened before the first test.");
      return opened;
    };
    suite({
      get database() {
        return current().database;
      },
      get url() {
        return current().url;
      },
    });
  });
}
