import type { JsonObject, PublicErrorCode } from "../../sdk/src/protocol/index.js";
import { VitrineError } from "../contracts/index.js";

/** What one step of a call decided. `reason` is for our log, `code` and `details` for the widget. */
export type Decision =
  | { readonly allow: true }
  | { readonly allow: false; readonly code: PublicErrorCode; readonly reason: string; readonly details?: JsonObject };

type Denial = Extract<Decision, { allow: false }>;

export const allowed: Decision = { allow: true };

export function denied(code: PublicErrorCode, reason: string, details?: JsonObject): Denial {
  return details === undefined ? { allow: false, code, reason } : { allow: false, code, reason, details };
}

/** A refusal on its way to the caller; `reason` stays in the log. */
export class Refusal extends VitrineError {
  readonly reason: string;

  constructor(decision: Denial) {
    super(decision.code, decision.details);
    this.reason = decision.reason;
  }
}

/** Ends the call when a step said no. */
export function enforce(decision: Decision): void {
  if (!decision.allow) throw new Refusal(decision);
}
