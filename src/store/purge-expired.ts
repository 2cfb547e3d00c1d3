import type { Database } from "./database.js";

const day = 86_400_000;
/** Rows per statement: other writers get their turn between two of them. */
const batch = 1000;

/** Removes sessions a day after their end and answers to idempotency keys after two days. Call it every hour or so. */
export async function purgeExpired(database: Database, now = new Date()): Promise<{ sessions: number; replies: number }> {
  const sweep = async (statement: string, before: number) => {
    let removed = 0;
    for (;;) {
      const count = await database.execute(statement, [new Date(now.getTime() - before), batch]);
      removed += count;
      if (count < batch) return removed;
    }
  };
  return {
    sessions: await sweep("DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at < $1 LIMIT $2)", day),
    replies: await sweep(
      "DELETE FROM idempotency_records WHERE id IN (SELECT id FROM idempotency_records WHERE created_at < $1 LIMIT $2)",
      2 * day,
    ),
  };
}
