import { randomBytes } from "node:crypto";
import { lstat, realpath, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { CommandError, systemCode } from "../command-error.js";
import type { Source } from "../scan/collect-files.js";

/** Throws CommandError when the report would overwrite a file that is scanned. */
export async function refuseInputAsOutput(output: string, sources: readonly Source[], cwd: string): Promise<void> {
  const target = await realpath(path.resolve(cwd, output)).catch(() => undefined);
  if (target === undefined) return;
  for (const source of sources) {
    if (source.kind === "file" && (await realpath(source.path).catch(() => source.path)) === target)
      throw new CommandError(`--output ${output} is one of the scanned files.`, "Name another file for the report.");
  }
}

/** Writes a report whole or not at all; into a device or pipe as it comes. Throws CommandError naming the path. */
export async function writeReport(output: string, text: string, cwd: string): Promise<void> {
  const target = path.resolve(cwd, output);
  const stats = await lstat(target).catch(() => undefined);
  if (stats?.isDirectory()) throw new CommandError(`--output ${output} is a folder.`, "Name a file in it, for example report.json.");
  try {
    if (stats && !stats.isFile()) return await writeFile(target, text);
    const temporary = `${target}.${randomBytes(6).toString("hex")}.part`;
    await writeFile(temporary, text, { flag: "wx" });
    await rename(temporary, target).catch(async (error: unknown) => {
      await rm(temporary, { force: true });
      throw error;
    });
  } catch (error) {
    throw explainUnwritable(output, error);
  }
}

function explainUnwritable(output: string, error: unknown): CommandError {
  const code = systemCode(error);
  if (code === "ENOENT" || code === "ENOTDIR")
    return new CommandError(
      `--output ${output} cannot be written: its folder does not exist.`,
      `Make it first: mkdir -p ${path.dirname(output)}`,
    );
  if (code === "EACCES" || code === "EPERM" || code === "EROFS")
    return new CommandError(
      `--output ${output} cannot be written: permission denied.`,
      "Name a file in a folder that this user may write to.",
    );
  if (code === "ENOSPC")
    return new CommandError(`--output ${output} cannot be written: the disk is full.`, "Free some space and run the scan again.");
  return new CommandError(`--output ${output} cannot be written (${code ?? "unknown reason"}).`, "Check the path and the disk.");
}
