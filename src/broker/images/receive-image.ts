import { createHash } from "node:crypto";
import { type RateLimiter, type VerifiedImage } from "../../contracts/index.js";
import { createSlots } from "../create-slots.js";
import { denied, enforce, Refusal } from "../decision.js";
import { takeByteQuota, takeFileQuota } from "../take-rate.js";
import type { ImageIntake } from "./create-image-intake.js";

/** Bytes that nobody has read yet. Throws TOO_LARGE past its limit, TIMEOUT past its deadline. */
export interface ImageBody {
  /** As declared; undefined when the sender did not say. */
  readonly declaredSize: number | undefined;
  read(limit: number): Promise<Buffer>;
}

/** 5 MB as the documentation promises, in the larger of the two readings. */
export const largestImage = 5 * 1024 * 1024;

/** 2 × 5 MiB for one customer, 160 MiB in all. */
const mostAtOnce = { perCustomer: 2, inAll: 32 };

export interface ReceivedImage {
  /** SHA-256 (hex) of the bytes as sent. */
  readonly digest: string;
  verify(name: string): Promise<VerifiedImage>;
}
export type ReceiveImage = (customerId: string, body: ImageBody) => Promise<ReceivedImage>;

/** Lets one more body in, if this customer's quota and the memory set aside for bodies allow it. */
export function createReceiveImage(options: { readonly limiter: RateLimiter; readonly images: ImageIntake }): ReceiveImage {
  const { limiter, images } = options;
  const withSlot = createSlots(mostAtOnce, "uploads_in_flight");

  return async (customerId, body) => {
    if (body.declaredSize !== undefined && body.declaredSize > largestImage) throw new Refusal(denied("TOO_LARGE", "declared_size"));
    enforce(await takeFileQuota(limiter, customerId));
    const bytes = await withSlot(customerId, () => body.read(largestImage));
    enforce(await takeByteQuota(limiter, customerId, bytes.length));
    return { digest: createHash("sha256").update(bytes).digest("hex"), verify: (name) => images.verify(bytes, name) };
  };
}
