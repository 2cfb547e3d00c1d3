import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, stat, unlink } from "node:fs/promises";
import path from "node:path";
import { LRUCache } from "lru-cache";
import type { BlobStore } from "../contracts/index.js";
import type { StoreLogger } from "./database.js";

export interface BlobStoreOptions {
  /** Made when absent, readable by its owner only. */
  readonly directory: string;
  /** Bytes kept in memory; default 64 MiB, 0 for none. */
  readonly cacheBytes?: number;
  readonly logger?: StoreLogger;
}

const isDigest = (text: string) => /^[0-9a-f]{64}$/.test(text);
const digestOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
/** A temporary file of this age belongs to a process that died. */
const abandonedAfterMs = 3_600_000;

/**
 * Blobs as files named by their SHA-256, in 256 directories. A blob appears whole or not at all: it is written beside, flushed
 * and renamed, and the directory is flushed before `put` answers. `get` never gives bytes that do not match their name.
 */
export function createBlobStore({ directory, cacheBytes = 64 * 1024 * 1024, logger }: BlobStoreOptions): BlobStore {
  const cache =
    cacheBytes > 0 ? new LRUCache<string, Buffer>({ maxSize: cacheBytes, sizeCalculation: (bytes) => bytes.length + 1 }) : undefined;
  const temporary = path.join(directory, "tmp");
  const shardOf = (digest: string) => path.join(directory, digest.slice(0, 2));
  let prepared: Promise<void> | undefined;

  async function prepare(): Promise<void> {
    await mkdir(temporary, { recursive: true, mode: 0o700 });
    const names = await readdir(temporary);
    await Promise.all(names.map((name) => sweep(path.join(temporary, name))));
  }

  async function read(digest: string): Promise<Buffer | undefined> {
    const bytes = await readFile(path.join(shardOf(digest), digest)).catch(absent);
    if (bytes === undefined || digestOf(bytes) === digest) return bytes;
    logger?.error({ digest }, "a stored blob does not match its digest");
    return undefined;
  }

  return {
    async put(bytes) {
      const digest = digestOf(bytes);
      // Also mends a blob whose file was damaged: the reading checks it.
      if ((await read(digest)) !== undefined) return digest;
      prepared ??= prepare();
      await prepared.catch((error: unknown) => {
        prepared = undefined;
        throw error;
      });
      const file = path.join(temporary, randomUUID());
      try {
        await writeFlushed(file, bytes);
        if ((await mkdir(shardOf(digest), { recursive: true, mode: 0o700 })) !== undefined) await flushDirectory(directory);
        await rename(file, path.join(shardOf(digest), digest));
      } catch (error) {
        await unlink(file).catch(absent);
        throw error;
      }
      await flushDirectory(shardOf(digest));
      return digest;
    },

    async get(digest) {
      // Also keeps a crafted name from leaving the directory.
      if (!isDigest(digest)) return undefined;
      const kept = cache?.get(digest);
      if (kept) return kept;
      const bytes = await read(digest);
      if (bytes && bytes.length < cacheBytes) cache?.set(digest, bytes);
      return bytes;
    },
  };
}

async function writeFlushed(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, "wx", 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A rename is only lasting once its directory is. */
async function flushDirectory(directory: string): Promise<void> {
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function sweep(file: string): Promise<void> {
  const found = await stat(file).catch(absent);
  if (found && Date.now() - found.mtimeMs > abandonedAfterMs) await unlink(file).catch(absent);
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
  return undefined;
}
