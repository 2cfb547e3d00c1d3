import { createHash } from "node:crypto";
import { z } from "zod";
import { addressBucket, type RateLimiter } from "../../../contracts/index.js";
import type { Passwords } from "../../../resources/index.js";
import type { StaffAccount, StaffAccounts } from "./panel-options.js";

export const signInLimits = {
  /** Guessing one account's password, from anywhere. */
  account: { calls: 10, perSeconds: 300 },
  /** Guessing many accounts from one place. */
  address: { calls: 40, perSeconds: 300 },
} as const;

export type SignInAnswer =
  | { readonly kind: "signed-in"; readonly account: StaffAccount }
  | { readonly kind: "denied" }
  | { readonly kind: "limited"; readonly retryAfterMs: number };

const bodySchema = z.object({ email: z.string().max(254), password: z.string().min(1).max(1024) });

/**
 * One attempt. Unknown account, wrong password and locked account are one answer that takes one time: the password is
 * always verified, against nothing when there is no account.
 */
export function createSignIn(options: { staff: StaffAccounts; limiter: RateLimiter; passwords: Passwords }) {
  const { staff, limiter, passwords } = options;
  return async function signIn(body: unknown, address: string): Promise<SignInAnswer> {
    const placeBucket = `panel-sign-in:address:${addressBucket(address)}`;
    const place = await limiter.take(placeBucket, signInLimits.address);
    if (!place.allowed) return { kind: "limited", retryAfterMs: place.retryAfterMs };
    const input = bodySchema.safeParse(body);
    if (!input.success) return { kind: "denied" };
    const email = input.data.email.trim().toLowerCase().normalize("NFKC");
    const accountBucket = `panel-sign-in:account:${createHash("sha256").update(email).digest("hex")}`;
    const taken = await limiter.take(accountBucket, signInLimits.account);
    if (!taken.allowed) return { kind: "limited", retryAfterMs: taken.retryAfterMs };
    const account = await staff.findByEmail(email);
    const matches = await passwords.verify(input.data.password, account?.passwordHash ?? null);
    if (!account || !matches || !account.active) return { kind: "denied" };
    // Only failures use the limits up: signing in often locks nobody out.
    await limiter.giveBack?.(placeBucket, signInLimits.address);
    await limiter.giveBack?.(accountBucket, signInLimits.account);
    await staff.touchSignIn(account.id);
    return { kind: "signed-in", account };
  };
}
