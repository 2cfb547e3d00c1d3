import {
  type BrokerRecords,
  type CallOwner,
  type CallSubject,
  type Capability,
  type VerifiedImage,
  VitrineError,
} from "../contracts/index.js";
import type { ExecutedCall } from "./broker-call.js";
import { buildConfirmation } from "./confirmation/build-confirmation.js";
import { denied, Refusal } from "./decision.js";
import { bindPowers } from "./powers/bind-powers.js";
import { type Entities, rememberEntities } from "./powers/remember-entities.js";

/** A capability that hangs would hold the transaction, and on SQLite every other writer with it. */
const deadlineMs = 10_000;

export interface Run {
  readonly capability: Capability;
  readonly owner: CallOwner;
  readonly subject: CallSubject;
  readonly requestId: string;
  readonly key: string;
  readonly digest: string;
  readonly params: unknown;
  /** The state that the customer said yes to, for capabilities that confirm. */
  readonly confirmed?: string | undefined;
  readonly image?: VerifiedImage;
}
export type RunCapability = (run: Run) => Promise<ExecutedCall>;

async function withDeadline<Value>(work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new VitrineError("TIMEOUT")), deadlineMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Why a confirmed call may not be done now; undefined when what the customer said yes to is still so. Read before the transaction:
 * a transaction that waits for a second connection can starve when all of them do. Nothing is lost: the write names the revision
 * that was read here.
 */
async function findObjection(run: Run, entities: Entities): Promise<unknown> {
  if (!run.capability.confirms) return undefined;
  try {
    const { state } = await buildConfirmation(run.capability, (id) => entities.find(id), run.params);
    const changed = denied("CONFLICT", "state_changed_since_confirmation", { reason: "changed" });
    return state === run.confirmed ? undefined : new Refusal(changed);
  } catch (error) {
    return error;
  }
}

/** Runs a capability with bound powers in one transaction, once per idempotency key; a repeat gets the first answer. */
export function createRunCapability(options: {
  readonly records: BrokerRecords;
  readonly mediaUrl: (key: string) => string;
}): RunCapability {
  const { records, mediaUrl } = options;
  return async (run) => {
    const { capability, owner, requestId, params, image } = run;
    const confirmed = rememberEntities((id) => records.findEntity(owner, id));
    const objection = await findObjection(run, confirmed);
    return records.write(owner, run.key, run.digest, async (writes) => {
      // Only now: a repeat of a call that was done gets its answer, although its own write changed the state.
      if (objection !== undefined) throw objection;
      const entities = confirmed.continuedBy((id) => writes.findEntity(id));
      const { powers, revoke } = bindPowers({ entities, writes, widgetName: run.subject.widget.name, requestId, mediaUrl, image });
      try {
        return await withDeadline(capability.run(powers, params, image));
      } finally {
        revoke();
      }
    });
  };
}
