import type { QueryRunner } from "typeorm";
import { VitrineError } from "../contracts/index.js";

type Query = (statement: string, values?: unknown[], structured?: boolean) => Promise<never>;

/**
 * Runs `work` in a transaction of `runner` and ends it completely: statements that are still under way when `work` answers or
 * fails are waited for, and those that come later are refused. Otherwise one branch of a failed `Promise.all` would write
 * after the rollback, outside every transaction or inside the next one.
 */
export async function runHeld<T>(runner: QueryRunner, deadlineMs: number, begin: string, work: () => Promise<T>): Promise<T> {
  const send = runner.query.bind(runner) as Query;
  const pending = new Set<Promise<unknown>>();
  let open = true;
  const guarded: Query = (statement, values, structured) => {
    if (!open) return Promise.reject(new Error("A statement came after the end of its transaction."));
    const answer = send(/^(BEGIN|START) TRANSACTION$/.test(statement) ? begin : statement, values, structured);
    pending.add(answer);
    answer.then(
      () => pending.delete(answer),
      () => pending.delete(answer),
    );
    return answer;
  };
  runner.query = guarded as QueryRunner["query"];
  const end = async (statement: "COMMIT" | "ROLLBACK") => {
    open = false;
    await Promise.allSettled(pending);
    await send(statement);
  };

  await runner.startTransaction();
  try {
    const answer = await beforeDeadline(deadlineMs, work());
    await end("COMMIT");
    return answer;
  } catch (error) {
    await end("ROLLBACK").catch(() => discard(runner));
    throw error;
  }
}

async function beforeDeadline<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new VitrineError("TIMEOUT")), milliseconds);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

/** A pooled connection that could not roll back is closed, so that nobody is handed its open transaction. */
async function discard(runner: QueryRunner): Promise<void> {
  if (runner.connection.options.type !== "postgres") return;
  const client = (await runner.connect()) as { end(): Promise<void> };
  await client.end();
}
