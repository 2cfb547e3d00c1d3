import type { Stats } from "node:fs";
import { lstat, opendir, readlink, realpath } from "node:fs/promises";
import path from "node:path";
import { CommandError, systemCode } from "../command-error.js";
import { isStdin } from "./read-input.js";

/** What is scanned: absolute path, or standard input. */
export type Source = { readonly kind: "file"; readonly path: string } | { readonly kind: "stdin"; readonly name: string };

export interface Collected {
  readonly sources: readonly Source[];
  /** Symbolic links below a folder: seen and left alone. */
  readonly skippedLinks: number;
}

export interface CollectLimits {
  readonly files: number;
  readonly entries: number;
  readonly depth: number;
}

export const collectLimits: CollectLimits = { files: 2000, entries: 200_000, depth: 64 };

const script = /\.m?js$/i;

/**
 * The files that the arguments name, in a stable order and each once: a file as it is, a folder with every .js and .mjs below it.
 * node_modules, hidden entries and symbolic links are left out. Throws CommandError naming the path.
 */
export async function collectFiles(
  names: readonly string[],
  options: { readonly cwd: string; readonly stdinName: string; readonly limits?: CollectLimits },
): Promise<Collected> {
  const walk: Walk = { cwd: options.cwd, limits: options.limits ?? collectLimits, files: new Map(), entries: 0, skippedLinks: 0 };
  const sources: Source[] = [];
  for (const name of names) {
    if (isStdin(name)) {
      if (!sources.some((source) => source.kind === "stdin")) sources.push({ kind: "stdin", name: options.stdinName });
      continue;
    }
    for (const file of await collectOne(name, path.resolve(options.cwd, name), walk)) sources.push({ kind: "file", path: file });
  }
  return { sources, skippedLinks: walk.skippedLinks };
}

interface Walk {
  readonly cwd: string;
  readonly limits: CollectLimits;
  /** By real path, so that two spellings of one file are one. */
  readonly files: Map<string, string>;
  entries: number;
  skippedLinks: number;
}

async function collectOne(name: string, absolute: string, walk: Walk): Promise<string[]> {
  const stats = await look(name, absolute);
  if (stats.isSymbolicLink()) {
    const target = await readlink(absolute).catch(() => "");
    const where = path.relative(walk.cwd, path.resolve(path.dirname(absolute), target));
    throw new CommandError(`${name} is a symbolic link; links are not followed.`, `Name what it points to: ${where}`);
  }
  if (stats.isFile()) return remember(absolute, name, walk);
  if (!stats.isDirectory())
    throw new CommandError(`${name} is neither a file nor a folder.`, "Name a .js or .mjs file, a folder, or - for standard input.");
  const before = walk.files.size;
  const found = await walkFolder(absolute, name, 0, walk);
  if (walk.files.size === before && found.length === 0) {
    throw new CommandError(
      `${name} holds no .js or .mjs file.`,
      "Build first, then name the folder that the build writes to. node_modules, hidden files and symbolic links are left out.",
    );
  }
  return found;
}

async function look(name: string, absolute: string): Promise<Stats> {
  try {
    return await lstat(absolute);
  } catch (error) {
    throw explainMissing(name, error);
  }
}

function explainMissing(name: string, error: unknown): CommandError {
  const code = systemCode(error);
  if (code === "ENOENT" || code === "ENOTDIR")
    return new CommandError(
      `${name} does not exist.`,
      "Check the spelling and the folder that the command runs in; build first if it is a build's result.",
    );
  if (code === "EACCES" || code === "EPERM")
    return new CommandError(`${name} cannot be read: permission denied.`, "Give this user the right to read it.");
  if (code === "ELOOP") return new CommandError(`${name} leads through too many symbolic links.`, "Name the real path.");
  return new CommandError(`${name} cannot be read (${code ?? "unknown reason"}).`, "Check the path.");
}

async function walkFolder(folder: string, name: string, depth: number, walk: Walk): Promise<string[]> {
  if (depth > walk.limits.depth)
    throw new CommandError(`${name} has folders more than ${walk.limits.depth} levels deep.`, "Name a narrower folder.");
  const entries: { readonly name: string; readonly isFolder: boolean }[] = [];
  try {
    for await (const entry of await opendir(folder)) {
      walk.entries += 1;
      if (walk.entries > walk.limits.entries)
        throw new CommandError(`${name} holds more than ${walk.limits.entries} entries.`, "Name the folder that holds the built widgets.");
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      if (entry.isSymbolicLink()) walk.skippedLinks += 1;
      else if (entry.isDirectory()) entries.push({ name: entry.name, isFolder: true });
      else if (entry.isFile() && script.test(entry.name)) entries.push({ name: entry.name, isFolder: false });
    }
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw explainMissing(folder, error);
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const found: string[] = [];
  for (const entry of entries) {
    const absolute = path.join(folder, entry.name);
    if (entry.isFolder) found.push(...(await walkFolder(absolute, name, depth + 1, walk)));
    else found.push(...(await remember(absolute, name, walk)));
  }
  return found;
}

async function remember(absolute: string, name: string, walk: Walk): Promise<string[]> {
  const real = await realpath(absolute).catch(() => absolute);
  if (walk.files.has(real)) return [];
  if (walk.files.size >= walk.limits.files) {
    throw new CommandError(
      `${name} holds more than ${walk.limits.files} .js and .mjs files.`,
      "Name the folder that holds the built widgets, or scan in several runs.",
    );
  }
  walk.files.set(real, absolute);
  return [absolute];
}
