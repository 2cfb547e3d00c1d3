import type { CorpusFile, HostileFile, Outcome } from "./outcome.js";

/** Outcomes by file name. */
export type Verdicts = ReadonlyMap<string, Outcome>;

/** What one judge or one view of it flags. */
export type Flags = (file: CorpusFile) => boolean;

export interface Share {
  readonly of: number;
  readonly count: number;
}

export function shareOf<File extends CorpusFile>(files: readonly File[], flags: (file: File) => boolean): Share {
  return { of: files.length, count: files.filter((file) => flags(file)).length };
}

export const ratioOf = ({ count, of }: Share): number => (of === 0 ? Number.NaN : count / of);

export function verdictsOf(outcomes: readonly Outcome[]): Verdicts {
  return new Map(outcomes.map((outcome) => [outcome.name, outcome]));
}

/** Rejected for a reason that a rule gave: a scan that did not finish also rejects, but found nothing. */
export function foundBy(verdicts: Verdicts): Flags {
  return ({ name }) => {
    const outcome = verdicts.get(name);
    return outcome?.flagged === true && outcome.reasons.some((reason) => !reason.startsWith("scanner "));
  };
}

/** Rejected with a finding of the sample's own category. */
export function namedBy(verdicts: Verdicts): (file: HostileFile) => boolean {
  return ({ name, category }) => verdicts.get(name)?.reasons.some((reason) => reason.startsWith(`${category} `)) === true;
}

export function flaggedBy(verdicts: Verdicts, kind?: string): Flags {
  return ({ name }) => {
    const outcome = verdicts.get(name);
    return outcome?.flagged === true && (kind === undefined || outcome.reasons.includes(kind));
  };
}

/** Of the files with a blocking finding of this category, the share that is hostile. */
export function precisionOf(files: readonly CorpusFile[], verdicts: Verdicts, category: string): Share {
  const reported = files.filter(({ name }) => verdicts.get(name)?.reasons.some((reason) => reason.startsWith(`${category} `)));
  return { of: reported.length, count: reported.filter(({ kind }) => kind === "hostile").length };
}

/** The value below which `share` of the values lie. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
