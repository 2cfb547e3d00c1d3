import type { JsonObject, PublicErrorCode, WireError } from "../protocol/index.js";

/** What a widget's promise rejects with. `message` equals `code`, as the documented API promises. */
export class GroError extends Error {
  readonly code: PublicErrorCode;
  readonly retryable: boolean;
  readonly requestId: string | undefined;
  readonly details: JsonObject | undefined;

  constructor(error: WireError) {
    super(error.code);
    this.name = "GroError";
    this.code = error.code;
    this.retryable = error.retryable;
    this.requestId = error.requestId;
    this.details = error.details;
  }
}
