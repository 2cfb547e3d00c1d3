import type { BrokerRecords, CallOwner } from "../../contracts/index.js";

export type FindEntity = (id: string) => ReturnType<BrokerRecords["findEntity"]>;

/**
 * Finds the owner's entities, each once per call: what is compared with the confirmation, what is audited and what is replaced
 * are the same row with the same revision.
 */
export function rememberEntities(records: Pick<BrokerRecords, "findEntity">, owner: CallOwner): FindEntity {
  const known = new Map<string, ReturnType<FindEntity>>();
  return (id) => {
    const found = known.get(id) ?? records.findEntity(owner, id);
    known.set(id, found);
    return found;
  };
}
