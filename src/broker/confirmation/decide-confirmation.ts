import { allowed, type Decision, denied } from "../decision.js";
import type { ConfirmationClaims } from "./token.js";

/**
 * Whether a token is a "yes" to exactly this call. Missing, forged or meant for another call: PROTOCOL, nothing a retry could
 * mend. Ours but too old or bound to another key: CONFLICT, ask again. Pure.
 */
export function decideConfirmation(
  claims: ConfirmationClaims | undefined,
  call: { readonly digest: string; readonly idempotencyKey: string; readonly now: number },
): Decision {
  if (claims === undefined) return denied("PROTOCOL", "confirmation_missing_or_forged", { reason: "confirmation" });
  if (claims.call !== call.digest) return denied("PROTOCOL", "confirmation_of_other_call", { reason: "confirmation" });
  if (claims.expires <= call.now) return denied("CONFLICT", "confirmation_expired", { reason: "expired" });
  if (claims.key !== undefined && claims.key !== call.idempotencyKey) {
    return denied("CONFLICT", "confirmation_of_other_key", { reason: "used" });
  }
  return allowed;
}
