/**
 * Public error codes: what a widget sees as `error.code` (and, as the seed API promises, `error.message`).
 * `retryable` says whether the same call may succeed later without a change by the author.
 */
export const publicErrors = {
  USER_CANCELLED: { retryable: false, meaning: "The customer declined, or the widget runs in preview." },
  SCOPE_NOT_GRANTED: { retryable: false, meaning: "The widget was not granted the scope that this call needs." },
  CAPABILITY_DISABLED: { retryable: false, meaning: "The community has switched this capability off." },
  RATE_LIMITED: { retryable: true, meaning: "Too many calls; wait for `details.retryAfterMs`." },
  INVALID_PARAMS: { retryable: false, meaning: "The parameters do not match the schema; `details.issues` names each place." },
  NOT_FOUND: { retryable: false, meaning: "It does not exist, or it does not belong to this customer." },
  CONFLICT: { retryable: true, meaning: "The record changed meanwhile, or the idempotency key was used for another call." },
  TIMEOUT: { retryable: true, meaning: "No answer within the time limit." },
  TOO_LARGE: { retryable: false, meaning: "The message or file is over its size limit." },
  UNSUPPORTED_MEDIA: { retryable: false, meaning: "The file is not a real PNG, JPEG, WEBP or GIF image." },
  WIDGET_INACTIVE: { retryable: false, meaning: "This widget or version is no longer active here." },
  UNAUTHENTICATED: { retryable: false, meaning: "The customer is signed out." },
  UNSUPPORTED_PROTOCOL: { retryable: false, meaning: "Frame and host share no protocol version." },
  PROTOCOL: { retryable: false, meaning: "A message did not follow the protocol." },
  UNKNOWN_METHOD: { retryable: false, meaning: "There is no such call." },
  KILLED: { retryable: false, meaning: "The host ended this widget." },
  UPSTREAM: { retryable: true, meaning: "An outside service failed." },
  INTERNAL: { retryable: true, meaning: "Something failed on the server; quote the request id." },
} as const;

export type PublicErrorCode = keyof typeof publicErrors;

export function isPublicErrorCode(value: unknown): value is PublicErrorCode {
  return typeof value === "string" && Object.hasOwn(publicErrors, value);
}

/** An error as it travels over the port and over HTTP. `message` equals `code`. */
export interface WireError {
  readonly code: PublicErrorCode;
  readonly message: string;
  readonly retryable: boolean;
  readonly requestId?: string;
  readonly details?: JsonObject;
}

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}
