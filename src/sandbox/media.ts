import { LRUCache } from "lru-cache";
import type { BlobStore, SandboxRecords } from "../contracts/index.js";
import { createAnswer, type ReadyAnswer } from "./answer.js";

const extensions: ReadonlyMap<string, string> = new Map([
  ["image/png", "png"],
  ["image/jpeg", "jpg"],
  ["image/webp", "webp"],
  ["image/gif", "gif"],
]);
const memory = 32 * 1024 * 1024;
/** Milliseconds after which a removed image is gone here too. */
const believedFor = 10_000;

/** Finds the ready answer for an uploaded image; undefined for unknown keys and for types that we never store. */
export function createMedia(records: Pick<SandboxRecords, "findMedia">, blobs: BlobStore) {
  const ready = new LRUCache<string, ReadyAnswer>({
    maxSize: memory,
    ttl: believedFor,
    sizeCalculation: ({ body }) => body.length + 1_024,
  });

  return async (key: string): Promise<ReadyAnswer | undefined> => {
    const known = ready.get(key);
    if (known) return known;
    const media = await records.findMedia(key);
    const extension = media && extensions.get(media.contentType);
    if (!media || extension === undefined) return undefined;
    const bytes = await blobs.get(media.digest);
    if (!bytes) return undefined;
    const answer = createAnswer(
      bytes,
      [
        "Content-Type",
        media.contentType,
        "Cache-Control",
        "public, max-age=31536000, immutable",
        "Content-Disposition",
        `inline; filename="image.${extension}"`,
        "Content-Security-Policy",
        "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy",
        "cross-origin",
        "Referrer-Policy",
        "no-referrer",
        "X-Content-Type-Options",
        "nosniff",
      ],
      `"${media.digest.slice(0, 32)}"`,
    );
    ready.set(key, answer);
    return answer;
  };
}
