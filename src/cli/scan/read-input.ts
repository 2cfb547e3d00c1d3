import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { CommandError, systemCode } from "../command-error.js";
import type { Terminal } from "../terminal.js";

/** More than this is not even read. The limit of a bundle is lower and is the scanner's to tell. */
export const maxInputBytes = 64 << 20;

/** `-` means standard input, as everywhere. */
export function isStdin(name: string): boolean {
  return name === "-";
}

/**
 * The bytes of a regular file. A link put in its place since it was collected is not followed, a pipe is not waited for. Throws
 * CommandError naming `shown`.
 */
export async function readFileBytes(file: string, shown: string): Promise<Uint8Array> {
  let handle: FileHandle;
  try {
    handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    throw explainUnreadable(shown, error);
  }
  try {
    const stats = await handle.stat();
    if (!stats.isFile())
      throw new CommandError(`${shown} is not a file any more.`, "Run the scan again when nothing else changes the folder.");
    if (stats.size > maxInputBytes) throw tooLarge(shown);
    const bytes = await handle.readFile();
    if (bytes.byteLength > maxInputBytes) throw tooLarge(shown);
    return bytes;
  } catch (error) {
    throw error instanceof CommandError ? error : explainUnreadable(shown, error);
  } finally {
    await handle.close();
  }
}

/** Standard input to its end. Throws CommandError when it is larger than anything that could be a bundle. */
export async function readStdin(stdin: Terminal["stdin"], shown: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    size += chunk.byteLength;
    if (size > maxInputBytes) throw tooLarge(shown);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(shown: string): CommandError {
  return new CommandError(`${shown} is larger than ${maxInputBytes >> 20} MiB.`, "That is no widget: name the built bundle.");
}

function explainUnreadable(shown: string, error: unknown): CommandError {
  const code = systemCode(error);
  if (code === "EACCES" || code === "EPERM")
    return new CommandError(`${shown} cannot be read: permission denied.`, "Give this user the right to read it.");
  if (code === "ENOENT") return new CommandError(`${shown} is gone.`, "Run the scan again when nothing else changes the folder.");
  if (code === "ELOOP") return new CommandError(`${shown} is a symbolic link; links are not followed.`, "Name what it points to.");
  return new CommandError(`${shown} cannot be read (${code ?? "unknown reason"}).`, "Check the path and the disk.");
}
