/** block: rejects the submission. warn: shown, a person should look. note: a fact worth keeping. */
export type Severity = "block" | "warn" | "note";

/** 1-based line, 0-based column (UTF-16 units), 0-based offsets into the decoded source. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly start: number;
  readonly end: number;
}

/** What is wrong with an author's code: plain data, safe to store and to show (secrets are masked in `excerpt`). */
export interface Finding {
  readonly ruleId: string;
  readonly messageId: string;
  readonly category: string;
  readonly severity: Severity;
  readonly message: string;
  /** How the author can mend it. */
  readonly fix: string;
  /** Absent for findings about the whole submission. */
  readonly place?: Place;
  /** The line of code around the place, at most 200 characters, control characters made visible. */
  readonly excerpt?: { readonly text: string; readonly highlightStart: number; readonly highlightEnd: number };
  readonly source: "static" | "dynamic" | "intake";
  /** Stable across moved lines: sha-256 (hex, 32 chars) of rule, message and normalised evidence. */
  readonly fingerprint: string;
}
