import type { BrokerRecords, CallOwner, CallSubject, Capability, Confirmation } from "../../contracts/index.js";
import { enforce } from "../decision.js";
import { digestJson } from "../digest-json.js";
import { buildConfirmation } from "./build-confirmation.js";
import { decideConfirmation } from "./decide-confirmation.js";
import { newConfirmationId, openConfirmation, sealConfirmation } from "./token.js";

const lifetimeMs = 10 * 60 * 1000;

export type Confirmations = ReturnType<typeof createConfirmations>;

/** The customer's "yes": asked from server data, sealed, good for one call and one use. */
export function createConfirmations(options: {
  readonly key: Buffer;
  readonly records: Pick<BrokerRecords, "findEntity" | "write">;
  readonly clock: () => number;
}) {
  const { key, records, clock } = options;

  /** A token signed for one customer, widget and subscription is nothing for another. */
  const bind = (owner: CallOwner, callDigest: string) => digestJson([owner.customerId, owner.subscriptionId, owner.widgetId, callDigest]);

  return {
    /** Builds was → now and seals it. */
    async ask(
      call: { readonly capability: Capability; readonly owner: CallOwner; readonly subject: CallSubject },
      params: unknown,
      callDigest: string,
      idempotencyKey: string | undefined,
    ): Promise<Confirmation & { readonly token: string }> {
      const { capability, owner } = call;
      const { confirmation, state } = await buildConfirmation(capability, (id) => records.findEntity(owner, id), params);
      const token = sealConfirmation(key, {
        id: newConfirmationId(),
        expires: clock() + lifetimeMs,
        call: bind(owner, callDigest),
        state,
        key: idempotencyKey,
      });
      return { ...confirmation, token };
    },

    /**
     * Checks a token and ties it to the idempotency key, for good: one "yes" is one write. Answers with the digest of the state
     * that was confirmed, which the write compares with what is there. A token that was made for this key needs no tying.
     */
    async spend(owner: CallOwner, callDigest: string, idempotencyKey: string, token: string | undefined): Promise<string> {
      const claims = token === undefined ? undefined : openConfirmation(key, token);
      enforce(decideConfirmation(claims, { digest: bind(owner, callDigest), idempotencyKey, now: clock() }));
      if (claims === undefined) throw new Error("A confirmation was allowed without claims");
      if (claims.key === undefined) {
        // A record of its own, before the write: used again with another key it fails with CONFLICT, also after a restart and in
        // another process; with the same key it leads to the same answer.
        await records.write(owner, `confirmation:${claims.id}`, digestJson([idempotencyKey, callDigest]), async () => ({ spent: true }));
      }
      return claims.state;
    },
  };
}
