import { hkdfSync } from "node:crypto";

/** One 32-byte key per purpose, so that a signature made for one thing is never valid for another. */
export function deriveKey(secret: string, purpose: "session" | "csrf" | "preview" | "confirmation" | "frame"): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "vitrine", `vitrine/${purpose}/v1`, 32));
}
