import path from "node:path";

export interface ScanOptions {
  /** Lists what was missed after the tables. */
  readonly misses: boolean;
  /** A folder of harmless scripts that are judged as well. */
  readonly extra: string | undefined;
  /** Takes every nth sample only: a first look in a fraction of the time. */
  readonly every: number;
}

/** `--misses`, `--extra=<folder>` and `--every=<n>`. */
export function readOptions(flags: readonly string[]): ScanOptions {
  const valueOf = (name: string): string | undefined => flags.find((flag) => flag.startsWith(`--${name}=`))?.slice(name.length + 3);
  const unknown = flags.find((flag) => !/^--(?:misses$|extra=.|every=[1-9]\d*$)/.test(flag));
  if (unknown !== undefined) throw new Error(`${unknown} is no option here; there are --misses, --extra=<folder> and --every=<n>`);
  const extra = valueOf("extra");
  return {
    misses: flags.includes("--misses"),
    extra: extra === undefined ? undefined : path.resolve(extra),
    every: Number(valueOf("every") ?? 1),
  };
}
