import { availableParallelism } from "node:os";
import { readCommandConfig } from "../../config/index.js";
import { CommandError } from "../command-error.js";
import { findVersion } from "../find-version.js";
import { openProgress } from "../report/progress.js";
import { report } from "../report/report.js";
import { selectFindings } from "../report/select-findings.js";
import { refuseInputAsOutput } from "../report/write-report.js";
import { exitCodes, type Terminal } from "../terminal.js";
import type { CommandParts } from "../verb.js";
import { collectFiles } from "./collect-files.js";
import type { ScanOptions } from "./scan-options.js";
import type { ScanResult } from "./scan-result.js";
import { scanSources } from "./scan-sources.js";

const defaultTextFindings = 50;

/** Collect → judge → select → report. Returns the exit code. Throws CommandError for what is wrong outside the scanned code. */
export async function scan(paths: readonly string[], options: ScanOptions, { terminal, openPipeline }: CommandParts): Promise<number> {
  const config = readCommandConfig(terminal.environment);
  const startedAt = new Date();
  const before = performance.now();
  const { sources, skippedLinks } = await collectFiles(paths, { cwd: terminal.cwd, stdinName: options.stdinFilename });
  if (options.output !== undefined) await refuseInputAsOutput(options.output, sources, terminal.cwd);

  const troubles: string[] = [];
  const concurrency = Math.max(1, Math.min(sources.length, 4, availableParallelism()));
  const pipeline = await openPipeline({
    maxBytes: config.maxBundleBytes,
    poolSize: concurrency,
    onTrouble: (message) => void troubles.push(message),
  });
  const progress = openProgress(terminal.stderr, options.quiet ? 0 : sources.length);
  try {
    const rules = await pipeline.rules();
    if (rules.length === 0) throw new CommandError("The scanner has no rules.", "Reinstall Vitrine: nothing can be judged without them.");
    const scanned = await scanSources(sources, {
      pipeline,
      terminal,
      concurrency,
      frameWidth: frameWidth(options, terminal),
      onJudged: (done) => progress.show(done),
    });
    const text = options.format === "text";
    const selected = selectFindings(scanned.files, {
      severity: options.quiet ? "block" : (options.severity ?? (text ? "warn" : "note")),
      max: options.maxFindings ?? (text ? defaultTextFindings : undefined),
    });
    const result: ScanResult = {
      version: findVersion(),
      cwd: terminal.cwd,
      startedAt,
      durationMs: performance.now() - before,
      files: selected.files,
      problems: scanned.problems,
      troubles,
      skippedLinks,
      rules,
      omitted: selected.omitted,
      exitCode: decideExit(scanned),
    };
    progress.clear();
    await report(result, options, config.color, terminal);
    return result.exitCode;
  } finally {
    progress.clear();
    await pipeline.close();
  }
}

/** A file that could not be read makes the run a failure whatever the others are: it is not known to be clean. */
function decideExit(scanned: Pick<ScanResult, "files" | "problems">): number {
  if (scanned.problems.length > 0) return exitCodes.failed;
  return scanned.files.every((file) => file.report.verdict === "publish") ? exitCodes.clean : exitCodes.rejected;
}

function frameWidth(options: ScanOptions, terminal: Terminal): number {
  const columns = options.output === undefined && terminal.stdout.isTTY ? (terminal.stdout.columns ?? 100) : 108;
  return Math.max(60, Math.min(160, columns - 8));
}
