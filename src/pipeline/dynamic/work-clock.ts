import { maxStretch, ownThread, processorTime } from "../worker/processor-time.js";

/**
 * Measures what a thread works rather than what passes on the wall. The kernel is asked only when a limit has passed on the wall:
 * how much of the time since the start the thread really worked then tells how much of the limit is left.
 */
export interface WorkClock {
  /** A limit that starts now. */
  limit(ms: number): { passed(): boolean };
}

const thread = ownThread();

export function startWorkClock(): WorkClock {
  const wallStart = performance.now();
  const workStart = processorTime(thread);

  /** Share of the wall time since the start that the thread worked. */
  const share = (now: number): number => {
    const work = processorTime(thread);
    if (work === undefined || workStart === undefined) return 1;
    return Math.min(1, Math.max(1 / maxStretch, (work - workStart) / Math.max(1, now - wallStart)));
  };

  return {
    limit(ms) {
      const from = performance.now();
      let nextLook = from + ms;
      return {
        passed() {
          const now = performance.now();
          if (now < nextLook) return false;
          const left = ms - (now - from) * share(now);
          if (left < 1) return true;
          nextLook = now + left;
          return false;
        },
      };
    },
  };
}
