import { denied, Refusal } from "./decision.js";

/** Runs work for a customer, at most so many at the same time. Throws RATE_LIMITED at once when there is no slot. */
export type WithSlot = <T>(customerId: string, work: () => Promise<T>) => Promise<T>;

/** Bounds what bodies hold in memory while they come in, for one customer and for all. `reason` is for the log. */
export function createSlots(most: { readonly perCustomer: number; readonly inAll: number }, reason: string): WithSlot {
  const taken = new Map<string, number>();
  let inAll = 0;
  return async (customerId, work) => {
    const mine = taken.get(customerId) ?? 0;
    if (mine >= most.perCustomer || inAll >= most.inAll) throw new Refusal(denied("RATE_LIMITED", reason, { retryAfterMs: 1000 }));
    taken.set(customerId, mine + 1);
    inAll += 1;
    try {
      return await work();
    } finally {
      inAll -= 1;
      const left = (taken.get(customerId) ?? 1) - 1;
      if (left === 0) taken.delete(customerId);
      else taken.set(customerId, left);
    }
  };
}
