import { randomBytes, randomUUID } from "node:crypto";
import { link, mkdir, open, readFile, rename, unlink } from "node:fs/promises";
import path from "node:path";
import { isWeakSecret } from "./is-weak-secret.js";

/**
 * The development secret of `dataDir`: made once, readable by the owner only, kept so that sessions survive a restart. It appears
 * whole or not at all, also when two processes start together; a damaged one stops the start, because an empty key is known to all.
 */
export async function keepDevelopmentSecret(dataDir: string): Promise<string> {
  const file = path.join(dataDir, "development-secret");
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const kept = (await readFile(file, "utf8").catch(absent)) ?? (await make(file));
  const secret = kept.trim();
  if (isWeakSecret(secret)) throw new Error(`${file} is damaged: it holds no secret. Remove it and start again; everybody is signed out.`);
  return secret;
}

async function make(file: string): Promise<string> {
  const draft = `${file}.${randomUUID()}`;
  const handle = await open(draft, "wx", 0o600);
  try {
    await handle.writeFile(randomBytes(48).toString("base64"));
    await handle.sync();
  } finally {
    await handle.close();
  }
  // A link, not a renaming: it fails when another process was faster, whose secret then counts. Not every disk has links.
  await link(draft, file).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") await rename(draft, file);
  });
  await unlink(draft).catch(absent);
  return await readFile(file, "utf8");
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
  return undefined;
}
