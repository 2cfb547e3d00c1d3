import { maxStretch, ownThread, processorTime } from "../worker/processor-time.js";

/** A limit on work: passed when the thread has worked that long, or at the latest at a multiple of it on the wall clock. */
export interface Deadline {
  passed(): boolean;
}

const thread = ownThread();

export function createDeadline(limitMs: number): Deadline {
  const wallStart = performance.now();
  const workStart = processorTime(thread);
  let nextLook = wallStart + limitMs;
  return {
    passed() {
      const now = performance.now();
      if (now < nextLook) return false;
      if (workStart === undefined || now - wallStart > limitMs * maxStretch) return true;
      const left = limitMs - ((processorTime(thread) ?? Number.POSITIVE_INFINITY) - workStart);
      if (left <= 0) return true;
      // Work cannot outrun the wall: nothing can have passed before then.
      nextLook = now + left;
      return false;
    },
  };
}
