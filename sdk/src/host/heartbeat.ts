/** Milliseconds between two pings; two in a row without an answer mean that the frame's thread is stuck. */
const interval = 2_500;
const allowedMisses = 2;

export interface Heartbeat {
  pong(n: number): void;
  /** Any message is a sign of life. */
  alive(): void;
  /** Hidden pages slow their frames down, so nobody is counted then. */
  setVisible(visible: boolean): void;
  stop(): void;
}

export function createHeartbeat(options: { ping(n: number): void; onMiss(): void; onLost(): void; visible: boolean }): Heartbeat {
  let { visible } = options;
  let sent = 0;
  let isAnswered = true;
  let misses = 0;
  let due = performance.now() + interval;

  const timer = setInterval(() => {
    const now = performance.now();
    // A machine that slept, or is too busy to run this timer, says nothing about the frame.
    const isLate = now - due > interval / 2;
    due = now + interval;
    if (!visible || isLate) {
      isAnswered = true;
      misses = 0;
      return;
    }
    if (!isAnswered) {
      misses += 1;
      options.onMiss();
      if (misses >= allowedMisses) return options.onLost();
    }
    isAnswered = false;
    sent += 1;
    options.ping(sent);
  }, interval);

  return {
    pong(n) {
      if (n !== sent) return;
      isAnswered = true;
      misses = 0;
    },
    alive() {
      isAnswered = true;
      misses = 0;
    },
    setVisible(value) {
      visible = value;
      isAnswered = true;
      misses = 0;
    },
    stop: () => clearInterval(timer),
  };
}
