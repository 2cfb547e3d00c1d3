import { randomBytes } from "node:crypto";
import { createBlobStore } from "../../../src/store/index.js";

/** Puts blobs for ever and names each one after `put` answered. Killed by its parent. */
const blobs = createBlobStore({ directory: process.argv[2] as string });
await Promise.all(
  Array.from({ length: 4 }, async () => {
    for (;;) process.stdout.write(`${await blobs.put(randomBytes(300_000))}\n`);
  }),
);
