import type { Severity } from "../../contracts/index.js";

/** The options of `vitrine scan` as the command line gives them. */
export interface ScanOptions {
  readonly format: "text" | "json" | "sarif";
  readonly output?: string;
  readonly severity?: Severity;
  readonly maxFindings?: number;
  readonly quiet?: true;
  /** undefined: as the environment and the output say. */
  readonly color?: boolean;
  readonly stdinFilename: string;
}
