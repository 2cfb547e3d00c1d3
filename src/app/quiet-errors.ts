import type { Logger } from "pino";

/**
 * What of an error may stand in a log: kind, code, text, stack and its causes. Pino's own way adds every field that an error
 * carries, and database errors carry the values of their statement and the row that was in the way.
 */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const code: unknown = "code" in error ? error.code : undefined;
  return {
    type: error.constructor.name,
    message: error.message.slice(0, 1000),
    stack: error.stack?.slice(0, 8000),
    ...(typeof code === "string" || typeof code === "number" ? { code } : {}),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

/** The same logger, for every room: whatever it is given as `err` loses its fields. */
export function quietErrors(logger: Logger): Logger {
  return logger.child({}, { serializers: { err: describeError } });
}
