export interface TokenBucket {
  /** Takes one token; false when there is none. */
  take(now: number): boolean;
  /** Milliseconds until the next token. */
  retryAfter(now: number): number;
}

/** `burst` tokens at the start, `perSecond` come back, never more than `burst`. Times are in milliseconds of any one clock. */
export function createTokenBucket(burst: number, perSecond: number): TokenBucket {
  let tokens = burst;
  let last: number | undefined;
  const refill = (now: number) => {
    if (last !== undefined) tokens = Math.min(burst, tokens + (Math.max(0, now - last) * perSecond) / 1000);
    last = now;
  };
  return {
    take(now) {
      refill(now);
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    retryAfter(now) {
      refill(now);
      return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) * 1000) / perSecond);
    },
  };
}
