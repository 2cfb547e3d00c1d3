import type { BenignSample, HostileSample } from "../../tests/corpus/index.js";

/** A sample on disk: the judges read the same bytes, each in a process of its own. */
export type CorpusFile = (Omit<HostileSample, "text"> | Omit<BenignSample, "text">) & { readonly file: string; readonly bytes: number };
export type HostileFile = Extract<CorpusFile, { kind: "hostile" }>;
export type BenignFile = Extract<CorpusFile, { kind: "benign" }>;

/** What one judge said about one file. */
export interface Outcome {
  readonly name: string;
  /** Would this judge keep the file from being published? */
  readonly flagged: boolean;
  /** `category rule` of what blocks, for our scanner; the kinds of warnings for the others. */
  readonly reasons: readonly string[];
  readonly wallMs: number;
  /** Processor time of the whole process for this file, with the garbage that it left. */
  readonly cpuMs: number;
  /** Parsing and static rules; absent for judges that have no other part. */
  readonly staticMs?: number;
  /** Why a verdict came without a full look, if it did. */
  readonly unfinished?: string;
}

export interface JudgeRun {
  readonly outcomes: readonly Outcome[];
  readonly peakMemoryMb: number;
}

export interface JudgeOptions {
  /** A JSON file with the corpus files. */
  readonly manifest: string;
}

export interface RepeatRun {
  readonly files: number;
  readonly repeats: number;
  /** Files whose verdict was not the same each time. */
  readonly changedVerdicts: readonly string[];
  /** Files whose blocking rules were not the same each time. */
  readonly changedFindings: readonly string[];
}
