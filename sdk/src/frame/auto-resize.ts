import { natives } from "./natives.js";

/** At most this often, in milliseconds. Timers, not animation frames: a frame below the fold gets none of those. */
const interval = 40;

/** Reports the content's height when it changes; returns `gro.resize`. */
export function createAutoResize(report: (height: number) => void): () => void {
  let pending = false;
  let last = -1;
  let at = -interval;

  const measure = () => {
    pending = false;
    at = natives.now();
    const height = contentHeight();
    if (height === last) return;
    last = height;
    report(height);
  };
  const schedule = () => {
    if (pending) return;
    pending = true;
    const wait = at + interval - natives.now();
    if (wait <= 0) natives.queueMicrotask(measure);
    else natives.setTimeout(measure, wait);
  };
  const observer = new ResizeObserver(schedule);
  observer.observe(document.body);
  const root = document.getElementById("gro-widget-root");
  if (root) observer.observe(root);
  return schedule;
}

function contentHeight(): number {
  const { body } = document;
  const root = document.getElementById("gro-widget-root");
  // The document element is never smaller than the frame, so it could only grow.
  return Math.ceil(Math.max(body.getBoundingClientRect().height, body.scrollHeight, root?.scrollHeight ?? 0));
}
