import { createHmac, timingSafeEqual } from "node:crypto";

/** The token that a signed-in page sends with each write: bound to the session, so another session's token is worthless. */
export function createCsrfToken(key: Buffer, sessionId: string): string {
  return createHmac("sha256", key).update(`portal-csrf\n${sessionId}`).digest("base64url");
}

/** Compares in constant time; anything but a string of the same length is not equal. */
export function isSameToken(expected: string, given: unknown): boolean {
  if (typeof given !== "string") return false;
  const [left, right] = [Buffer.from(expected), Buffer.from(given)];
  return left.length === right.length && timingSafeEqual(left, right);
}
