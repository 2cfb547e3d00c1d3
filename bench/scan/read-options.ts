import path from "node:path";

export interface ScanOptions {
  /** Lists what was missed after the tables. */
  readonly misses: boolean;
  /** A folder of harmless scripts that are judged as well. */
  readonly extra: string | undefined;
}

/** `--misses` and `--extra=<folder>`. */
export function readOptions(flags: readonly string[]): ScanOptions {
  const unknown = flags.find((flag) => flag !== "--misses" && !flag.startsWith("--extra="));
  if (unknown !== undefined) throw new Error(`${unknown} is not an option here; there are --misses and --extra=<folder>`);
  const extra = flags.find((flag) => flag.startsWith("--extra="))?.slice("--extra=".length);
  return { misses: flags.includes("--misses"), extra: extra === undefined ? undefined : path.resolve(extra) };
}
