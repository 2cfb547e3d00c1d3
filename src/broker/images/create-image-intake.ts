import { Semaphore } from "async-mutex";
import type { BlobStore, VerifiedImage } from "../../contracts/index.js";
import { denied, Refusal } from "../decision.js";
import { guardLoaders } from "./guard-loaders.js";
import { reencode } from "./reencode.js";
import { sniffImage } from "./sniff-image.js";

/** Turns what somebody sent into an image of ours. */
export interface ImageIntake {
  /** Throws UNSUPPORTED_MEDIA, TOO_LARGE, TIMEOUT, or RATE_LIMITED when too many wait. */
  verify(bytes: Buffer, name: string): Promise<VerifiedImage>;
}

/** Decoding takes a core and up to 160 MB each. */
const atOnce = 2;
const mostWaiting = 16;

const contentTypes = { png: "image/png", jpeg: "image/jpeg", webp: "image/webp", gif: "image/gif" } as const;

/**
 * The gate for images: sniffed, decoded by one of four loaders, encoded anew (nothing but pixels survives), then stored. The
 * blob is written before any row names it: a crash in between leaves an orphan, never a dangling address.
 */
export function createImageIntake(options: { readonly blobs: BlobStore }): ImageIntake {
  guardLoaders();
  const gate = new Semaphore(atOnce);
  let waiting = 0;
  return {
    async verify(bytes, name) {
      const kind = sniffImage(bytes);
      if (kind === undefined) throw new Refusal(denied("UNSUPPORTED_MEDIA", "not_an_image"));
      if (waiting >= mostWaiting) throw new Refusal(denied("RATE_LIMITED", "images_waiting", { retryAfterMs: 2000 }));
      waiting += 1;
      const image = await gate
        .runExclusive(() => reencode(bytes, kind))
        .finally(() => {
          waiting -= 1;
        });
      const digest = await options.blobs.put(image.bytes);
      return {
        digest,
        contentType: contentTypes[kind],
        size: image.bytes.length,
        width: image.width,
        height: image.height,
        name: name.slice(0, 200),
      };
    },
  };
}
