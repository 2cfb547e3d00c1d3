import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { Semaphore, withTimeout } from "async-mutex";
import { VitrineError } from "../contracts/index.js";

/** OWASP's first choice for scrypt is N=2^17, r=8, p=1 (128 MiB); N=2^15 with p=3 costs an attacker as much and us 32 MiB. */
const cost = { N: 2 ** 15, r: 8, p: 3 } as const;
const keyLength = 32;
const maxLength = 1024;
const format = /^scrypt\$N=(\d{4,7}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]{16,64})\$([\w-]{43})$/;

/** Hashing takes a thread of the pool that also serves files and SQLite: a flood of sign-ins must leave some. */
const turns = withTimeout(new Semaphore(2), 10_000, new VitrineError("RATE_LIMITED", { retryAfterMs: 1000 }));

/** `scrypt$N=…,r=…,p=…$salt$key`. Throws INVALID_PARAMS for more than 1024 characters. */
export async function hashPassword(password: string): Promise<string> {
  if (password.length > maxLength) throw new VitrineError("INVALID_PARAMS", { reason: "password is too long" });
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return `scrypt$N=${cost.N},r=${cost.r},p=${cost.p}$${salt.toString("base64url")}$${key.toString("base64url")}`;
}

/**
 * true when the password belongs to the hash. `null` (no such account, no password) and a hash that cannot be read take as
 * long as a wrong password; a password of more than 1024 characters is refused unread, whoever it is for.
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  if (password.length > maxLength) return false;
  const stored = hash === null ? undefined : parse(hash);
  const key = await derive(password, stored?.salt ?? decoy, stored?.cost ?? cost);
  return timingSafeEqual(key, stored?.key ?? decoyKey) && stored !== undefined;
}

const decoy = randomBytes(16);
const decoyKey = randomBytes(keyLength);

function parse(hash: string) {
  const match = format.exec(hash);
  if (!match) return undefined;
  const [N, r, p] = [Number(match[1]), Number(match[2]), Number(match[3])] as const;
  // A planted row must not be able to exhaust memory.
  if (!N || (N & (N - 1)) !== 0 || N > 2 ** 17 || !r || r > 16 || !p || p > 8) return undefined;
  return { cost: { N, r, p }, salt: Buffer.from(match[4] ?? "", "base64url"), key: Buffer.from(match[5] ?? "", "base64url") };
}

const derive = (password: string, salt: Buffer, { N, r, p }: { N: number; r: number; p: number }): Promise<Buffer> =>
  turns.runExclusive(
    () =>
      new Promise<Buffer>((resolve, reject) => {
        // The same characters may be typed in several encodings (RFC 8265).
        scrypt(password.normalize("NFC"), salt, keyLength, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
          error ? reject(error) : resolve(key),
        );
      }),
  );
