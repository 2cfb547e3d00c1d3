import { readFileSync, readlinkSync } from "node:fs";

// Limits are meant for what a bundle costs. On a busy machine a thread may wait longer than it works, and a harmless bundle must
// not be refused for that: where the kernel tells (Linux), the time on the processor counts, up to a multiple of the wall clock.

/** The kernel's name of the calling thread, or undefined where it has none to read. */
export function ownThread(): string | undefined {
  try {
    return readlinkSync("/proc/thread-self").split("/").at(-1);
  } catch {
    return undefined;
  }
}

/** Milliseconds that a thread of this process has spent on a processor; undefined when unknown. */
export function processorTime(thread: string | undefined): number | undefined {
  if (thread === undefined) return undefined;
  try {
    const [nanoseconds] = readFileSync(`/proc/self/task/${thread}/schedstat`, "latin1").split(" ");
    const time = Number(nanoseconds) / 1e6;
    return Number.isFinite(time) && time > 0 ? time : undefined;
  } catch {
    return undefined;
  }
}

/** Wall time at most this many times the limit, however little of it the thread got to work. */
export const maxStretch = 4;
