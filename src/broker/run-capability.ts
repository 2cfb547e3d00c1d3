import type { JsonObject } from "../../sdk/src/protocol/index.js";
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

/** Runs a capability with bound powers in one transaction, once per idempotency key; a repeat gets the first answer. */
export function createRunCapability(options: {
  readonly records: BrokerRecords;
  readonly mediaUrl: (key: string) => string;
}): RunCapability {
  const { records, mediaUrl } = options;
  return ({ capability, owner, subject, requestId, key, digest, params, confirmed, image }) =>
    records.write(owner, key, digest, async (writes) => {
      const { powers, revoke } = bindPowers({ records, writes, owner, widgetName: subject.widget.name, requestId, mediaUrl });
      const work = async (): Promise<JsonObject> => {
        if (capability.confirms) {
          const { state } = await buildConfirmation(capability, (id) => powers.findEntity(id), params);
          if (state !== confirmed) throw new Refusal(denied("CONFLICT", "state_changed_since_confirmation", { reason: "changed" }));
        }
        return capability.run(powers, params, image);
      };
      try {
        return await withDeadline(work());
      } finally {
        revoke();
      }
    });
}
