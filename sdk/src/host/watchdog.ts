const interval = 1_000;
/** Milliseconds without an answer after which the worker is stuck in something that a frame sent. */
const patience = 3_000;

export interface Watchdog {
  start(): void;
  pong(n: number): void;
  stop(): void;
}

/** Watches a mount's worker from the page. */
export function createWatchdog(options: { ping(n: number): void; onStuck(): void }): Watchdog {
  let timer: number | undefined;
  let sent = 0;
  let unansweredSince: number | undefined;
  let due = 0;

  const tick = () => {
    const now = performance.now();
    // When the page itself was held up, an answer may already wait behind this timer.
    const isLate = now - due > interval / 2;
    due = now + interval;
    if (isLate) unansweredSince = undefined;
    if (unansweredSince !== undefined) {
      if (now - unansweredSince >= patience) options.onStuck();
      return;
    }
    sent += 1;
    unansweredSince = now;
    options.ping(sent);
  };
  return {
    start() {
      due = performance.now() + interval;
      timer ??= window.setInterval(tick, interval);
    },
    pong(n) {
      if (n === sent) unansweredSince = undefined;
    },
    stop: () => window.clearInterval(timer),
  };
}
