import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { z } from "zod";

const longestToken = 1024;
const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** What a customer's "yes" is good for. */
export interface ConfirmationClaims {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
  /** Customer, subscription, widget, version, method and parameters. */
  readonly call: string;
  /** What was shown, and the records that it was made from. */
  readonly state: string;
  /** The only idempotency key it may be spent with, when one was named. */
  readonly key?: string | undefined;
}

const claims = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{32}$/),
  expires: z.number().int(),
  call: digest,
  state: digest,
  key: z.string().optional(),
});

export const newConfirmationId = () => randomBytes(16).toString("hex");

// The label keeps a signature from meaning anything elsewhere, should the key ever be shared.
const sign = (key: Buffer, payload: string) => createHmac("sha256", key).update(`vitrine.confirmation.1.${payload}`).digest();

/** `payload.signature`, both base64url. */
export function sealConfirmation(key: Buffer, content: ConfirmationClaims): string {
  const payload = Buffer.from(JSON.stringify(content)).toString("base64url");
  return `${payload}.${sign(key, payload).toString("base64url")}`;
}

/** The claims of a token that we signed; undefined for anything else. Expiry is the caller's to judge. */
export function openConfirmation(key: Buffer, token: string): ConfirmationClaims | undefined {
  if (token.length > longestToken) return undefined;
  const [payload, signature, ...rest] = token.split(".");
  if (payload === undefined || signature === undefined || rest.length > 0) return undefined;
  const expected = sign(key, payload).toString("base64url");
  // Compared as text: base64url decoders accept several spellings of the same bytes.
  const given = Buffer.from(signature);
  const wanted = Buffer.from(expected);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
  const parsed = claims.safeParse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
  return parsed.success ? parsed.data : undefined;
}
