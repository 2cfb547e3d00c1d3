import { type JsonObject, type PublicErrorCode, publicErrors, type WireError } from "../../sdk/src/protocol/index.js";

/** HTTP status of every public error code. The one table; docs/errors.md is compared with it by a test. */
export const errorStatus: Record<PublicErrorCode, number> = {
  USER_CANCELLED: 409,
  SCOPE_NOT_GRANTED: 403,
  CAPABILITY_DISABLED: 403,
  RATE_LIMITED: 429,
  INVALID_PARAMS: 422,
  NOT_FOUND: 404,
  CONFLICT: 409,
  TIMEOUT: 504,
  TOO_LARGE: 413,
  UNSUPPORTED_MEDIA: 415,
  WIDGET_INACTIVE: 410,
  UNAUTHENTICATED: 401,
  UNSUPPORTED_PROTOCOL: 400,
  PROTOCOL: 400,
  UNKNOWN_METHOD: 404,
  KILLED: 410,
  UPSTREAM: 502,
  INTERNAL: 500,
};

/** An error whose code a caller must handle and may show. Everything else that is thrown becomes INTERNAL. */
export class VitrineError extends Error {
  override readonly name = "VitrineError";
  readonly code: PublicErrorCode;
  readonly details: JsonObject | undefined;

  constructor(code: PublicErrorCode, details?: JsonObject) {
    super(code);
    this.code = code;
    this.details = details;
  }
}

/** The error as it may leave the server: no stack, no text of an unknown error. */
export function toWireError(error: unknown, requestId?: string): WireError {
  const code = error instanceof VitrineError ? error.code : "INTERNAL";
  const details = error instanceof VitrineError ? error.details : undefined;
  return {
    code,
    message: code,
    retryable: publicErrors[code].retryable,
    ...(requestId === undefined ? {} : { requestId }),
    ...(details === undefined ? {} : { details }),
  };
}
