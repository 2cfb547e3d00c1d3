import path from "node:path";
import type { Pipeline } from "../../contracts/index.js";
import { CommandError } from "../command-error.js";
import type { Terminal } from "../terminal.js";
import type { Source } from "./collect-files.js";
import { readFileBytes, readStdin } from "./read-input.js";
import type { ScannedFile, ScanProblem } from "./scan-result.js";
import { showFindings } from "./show-findings.js";

export interface JudgeOptions {
  readonly pipeline: Pipeline;
  readonly terminal: Terminal;
  readonly concurrency: number;
  /** Widest line of code to show. */
  readonly frameWidth: number;
  onJudged(done: number): void;
}

/** Judges every source, some at a time. Answers stand in the order of the sources; what cannot be read is a problem, not an end. */
export async function scanSources(
  sources: readonly Source[],
  options: JudgeOptions,
): Promise<{ readonly files: readonly ScannedFile[]; readonly problems: readonly ScanProblem[] }> {
  const answers: (ScannedFile | ScanProblem)[] = [];
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < sources.length; index = next++) {
      const source = sources[index];
      if (source) answers[index] = await scanOne(source, options);
      options.onJudged(++done);
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.concurrency, sources.length) }, work));
  return {
    files: answers.filter((answer): answer is ScannedFile => "report" in answer),
    problems: answers.filter((answer): answer is ScanProblem => "message" in answer),
  };
}

async function scanOne(source: Source, { pipeline, terminal, frameWidth }: JudgeOptions): Promise<ScannedFile | ScanProblem> {
  const shown = source.kind === "stdin" ? source.name : showPath(source.path, terminal.cwd);
  try {
    if (source.kind === "stdin" && terminal.stdin.isTTY)
      await terminal.stderr.write("vitrine: reading standard input; end it with Ctrl-D\n");
    const bytes = source.kind === "stdin" ? await readStdin(terminal.stdin, shown) : await readFileBytes(source.path, shown);
    const fileName = path.basename(source.kind === "stdin" ? source.name : source.path);
    const report = await pipeline.judge({ fileName, bytes });
    return { path: shown, report, findings: showFindings(report, { bytes, fileName, shownPath: shown }, frameWidth) };
  } catch (error) {
    if (error instanceof CommandError) return { path: shown, message: error.message, advice: error.advice };
    throw error;
  }
}

/** As a person would write it from the working folder. */
export function showPath(absolute: string, cwd: string): string {
  const relative = path.relative(cwd, absolute);
  const outside = relative === "" || relative.startsWith("..") || path.isAbsolute(relative);
  return (outside ? absolute : relative).split(path.sep).join("/");
}
