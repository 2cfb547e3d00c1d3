import { createHash } from "node:crypto";
import type { BlobStore, Change, ChangeBus } from "../../src/contracts/index.js";

/** Bytes by digest, in memory. */
export function createMemoryBlobs(): BlobStore {
  const blobs = new Map<string, Buffer>();
  return {
    put: async (bytes) => {
      const digest = createHash("sha256").update(bytes).digest("hex");
      blobs.set(digest, Buffer.from(bytes));
      return digest;
    },
    get: async (digest) => blobs.get(digest),
  };
}

export function createMemoryBus(): ChangeBus {
  const listeners = new Set<(change: Change) => void>();
  return {
    publish: (change) => {
      for (const listener of listeners) listener(change);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
