import { limits } from "../protocol/index.js";

/** At most twenty heights a second reach the page, and a widget whose height chases the frame's own is stopped. */
const interval = 50;
const windowLength = 10_000;
const perWindow = 60;

/** Returns the entrance: any number of heights in, few and clamped ones out, the last one always. */
export function createResizeGate(report: (height: number) => void): (height: number) => void {
  let wanted = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = -interval;
  let windowStart = 0;
  let count = 0;

  const flush = () => {
    timer = undefined;
    const now = performance.now();
    if (now - windowStart > windowLength) {
      windowStart = now;
      count = 0;
    }
    count += 1;
    last = now;
    if (count <= perWindow) report(wanted);
    else timer = setTimeout(flush, windowStart + windowLength - now + 1);
  };
  return (height) => {
    wanted = Math.round(Math.min(limits.maxHeight, Math.max(0, height)));
    timer ??= setTimeout(flush, Math.max(0, last + interval - performance.now()));
  };
}
