/** Repeatable choices: the same seed gives the same corpus on every machine. */
export interface Random {
  /** 0 ≤ value < 1. */
  next(): number;
  /** Both ends included. */
  int(min: number, max: number): number;
  chance(share: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** `length` characters out of `alphabet`, with at least one digit and one letter when the alphabet has both and the text is long. */
  text(alphabet: string, length: number): string;
  /** A pronounceable lower-case word. */
  word(): string;
}

export const alphabets = {
  lower: "abcdefghijklmnopqrstuvwxyz",
  upper: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  digits: "0123456789",
  hex: "0123456789abcdef",
  lowerDigits: "abcdefghijklmnopqrstuvwxyz0123456789",
  upperDigits: "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
  letters: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
  alnum: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
  base64url: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-",
  base64: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/",
  base32: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
} as const;

/** 32-bit FNV-1a. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** mulberry32, seeded with a text. */
export function createRandom(seed: string): Random {
  let state = hashOf(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  const pick = <Item>(items: readonly Item[]): Item => items[int(0, items.length - 1)] as Item;
  const plainText = (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet[int(0, alphabet.length - 1)]).join("");
  return {
    next,
    int,
    chance: (share) => next() < share,
    pick,
    text(alphabet, length) {
      const isMixed = length >= 8 && /\d/.test(alphabet) && /[a-z]/i.test(alphabet);
      for (;;) {
        const text = plainText(alphabet, length);
        if (!isMixed || (/\d/.test(text) && /[a-z]/i.test(text))) return text;
      }
    },
    word: () => Array.from({ length: int(2, 3) }, () => pick([..."bcdfghklmnprstvz"]) + pick([..."aeiou"])).join(""),
  };
}
