import { LRUCache } from "lru-cache";
import type { ChangeBus, SandboxRecords, ServableVersion } from "../contracts/index.js";

/** Milliseconds that an answer of the database is believed without a change being announced. */
const believedFor = 1_000;

export interface LiveVersions {
  /** Grows with every announced change; what was decided in an earlier epoch is decided again. */
  readonly epoch: number;
  /** What is known and fresh, without waiting. `undefined`: ask `find`. */
  peek(versionId: string, now: number): { readonly version: ServableVersion | undefined } | undefined;
  find(versionId: string): Promise<ServableVersion | undefined>;
  close(): void;
}

/** Remembers for at most a second whether a version may be served, and forgets everything on a change. */
export function createLiveVersions(records: Pick<SandboxRecords, "findServable">, bus: ChangeBus, now: () => number): LiveVersions {
  const known = new LRUCache<string, { version: ServableVersion | undefined; at: number; epoch: number }>({ max: 5_000 });
  const pending = new Map<string, Promise<ServableVersion | undefined>>();
  let epoch = 0;
  const unsubscribe = bus.subscribe(() => {
    epoch += 1;
    pending.clear();
  });

  const peek = (versionId: string, at: number) => {
    const entry = known.get(versionId);
    return entry && entry.epoch === epoch && at - entry.at < believedFor ? entry : undefined;
  };
  const load = async (versionId: string) => {
    const startedIn = epoch;
    const at = now();
    const version = await records.findServable(versionId);
    // A lookup that began before a change may have read the past.
    if (startedIn === epoch) known.set(versionId, { version, at, epoch });
    return version;
  };

  return {
    get epoch() {
      return epoch;
    },
    peek,
    async find(versionId) {
      const fresh = peek(versionId, now());
      if (fresh) return fresh.version;
      const running = pending.get(versionId);
      if (running) return running;
      const lookup = load(versionId).finally(() => {
        if (pending.get(versionId) === lookup) pending.delete(versionId);
      });
      pending.set(versionId, lookup);
      return lookup;
    },
    close: unsubscribe,
  };
}
