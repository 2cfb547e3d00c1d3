import type { BrokerRecords } from "../../contracts/index.js";

type Found = ReturnType<BrokerRecords["findEntity"]>;

/** The owner's entities as one call sees them. */
export interface Entities {
  find(id: string): Found;
  /** After a write: what was read is no longer so. */
  forget(id: string): void;
  /** The same rows, further ones read another way. */
  continuedBy(find: (id: string) => Found): Entities;
}

/**
 * Finds entities, each once per call: what is compared with the confirmation, what is audited and what is replaced are the same
 * row with the same revision.
 */
export function rememberEntities(find: (id: string) => Found, known: ReadonlyMap<string, Found> = new Map()): Entities {
  const seen = new Map(known);
  return {
    find(id) {
      const found = seen.get(id) ?? find(id);
      seen.set(id, found);
      return found;
    },
    forget: (id) => void seen.delete(id),
    continuedBy: (next) => rememberEntities(next, seen),
  };
}
