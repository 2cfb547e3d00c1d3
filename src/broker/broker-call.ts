import type { JsonObject, JsonValue } from "../../sdk/src/protocol/index.js";
import type { Confirmation, CustomerActor } from "../contracts/index.js";

/** Who calls from where. `customer` comes from the session, never from the request's body. */
export interface CallOrigin {
  readonly customer: CustomerActor | undefined;
  readonly requestId: string;
  readonly widgetId: string;
  readonly versionId: string;
  readonly subscriptionId: string;
  readonly method: string;
}

/** `idempotencyKey` is optional here: a confirmation that names one can only be spent with it. */
export interface PrepareCall extends CallOrigin {
  readonly params: JsonValue;
  readonly idempotencyKey?: string;
}

export interface ExecuteCall extends CallOrigin {
  readonly params: JsonValue;
  readonly idempotencyKey: string;
  readonly confirmationToken?: string;
}

export interface ImageCall extends CallOrigin {
  readonly fileName: string;
  readonly idempotencyKey: string;
}

export interface PreparedCall {
  readonly confirmation: Confirmation & { readonly token: string };
}

export interface ExecutedCall {
  readonly reply: JsonObject;
  readonly replayed: boolean;
}
