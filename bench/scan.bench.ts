import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startMeasured } from "./harness/child.js";
import { collectCorpus } from "./scan/collect-corpus.js";
import { verdictsOf } from "./scan/figures.js";
import { listMisses } from "./scan/misses.js";
import type { JudgeRun, RepeatRun } from "./scan/outcome.js";
import { readOptions } from "./scan/read-options.js";
import { scanTables } from "./scan/tables.js";

/** What the scanner finds, what it wrongly rejects and what it costs, beside its peers on the same files. */
export async function measure(flags: readonly string[]): Promise<readonly string[]> {
  const options = readOptions(flags);
  const folder = await mkdtemp(path.join(tmpdir(), "vitrine-corpus-"));
  try {
    process.stderr.write("corpus ");
    const files = await collectCorpus(folder, options);
    const manifest = path.join(folder, "manifest.json");
    await writeFile(manifest, JSON.stringify(files));
    const vitrine = await run("scan/vitrine-judge.ts", manifest, async (ask) => ({
      judged: (await ask("run")) as JudgeRun,
      repeats: (await ask("repeat")) as RepeatRun,
    }));
    const jsXRay = await run("scan/js-x-ray-judge.ts", manifest, async (ask) => (await ask("run")) as JudgeRun);
    const secretlint = await run("scan/secretlint-judge.ts", manifest, async (ask) => (await ask("run")) as JudgeRun);
    process.stderr.write("\n");
    if (options.misses) process.stdout.write(`${listMisses(files, verdictsOf(vitrine.judged.outcomes))}\n`);
    return scanTables({ files, vitrine: vitrine.judged, repeats: vitrine.repeats, jsXRay, secretlint });
  } finally {
    if (!options.misses) await rm(folder, { recursive: true, force: true });
  }
}

async function run<Result>(
  file: string,
  manifest: string,
  work: (ask: (question: string) => Promise<unknown>) => Promise<Result>,
): Promise<Result> {
  process.stderr.write(`${path.basename(file, ".ts")} `);
  const child = await startMeasured(file, { manifest });
  try {
    return await work((question) => child.ask(question));
  } finally {
    await child.close();
  }
}
