import { QueryFailedError } from "typeorm";
import { VitrineError } from "../contracts/index.js";

/** What the driver says: `SQLITE_CONSTRAINT` or a PostgreSQL state such as `23505`. */
function driverError(error: unknown): { code: string; message: string } | undefined {
  if (!(error instanceof QueryFailedError)) return undefined;
  const { code, message } = error.driverError as Error & { code?: unknown };
  return { code: typeof code === "string" ? code : "", message };
}

/** Serialization failure or deadlock: PostgreSQL promises that the same transaction may succeed when it is run again. */
export function isRetryable(error: unknown): boolean {
  const code = driverError(error)?.code;
  return code === "40001" || code === "40P01";
}

/**
 * An error of the database as callers may handle it. Unknown failures stay unknown but lose the bound values, which hold
 * customers' data and digests and would end up in logs.
 */
export function translateError(error: unknown): unknown {
  // The pool's own words; it gives no code. Every connection is in use: the same as a full queue on SQLite.
  if (error instanceof Error && error.message === "timeout exceeded when trying to connect")
    return new VitrineError("RATE_LIMITED", { retryAfterMs: 1000 });
  const cause = driverError(error);
  if (!cause) return error;
  const { code, message } = cause;
  if (code === "23505" || message.includes("UNIQUE constraint failed")) return new VitrineError("CONFLICT", { reason: "duplicate" });
  if (code === "23503" || code === "23001" || message.includes("FOREIGN KEY constraint failed"))
    return new VitrineError("CONFLICT", { reason: "reference" });
  // Too long, not a number in range, not text, a missing value.
  if (/^22|^23502/.test(code) || message.includes("NOT NULL constraint failed"))
    return new VitrineError("INVALID_PARAMS", { reason: "value does not fit" });
  if (code === "SQLITE_BUSY") return new VitrineError("RATE_LIMITED", { retryAfterMs: 1000 });
  if (code === "57014") return new VitrineError("TIMEOUT");
  (error as { parameters?: unknown[] }).parameters = [];
  return error;
}
