import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  bundledSamples,
  credentialSamples,
  hardSamples,
  hostileSamples,
  librarySamples,
  lookAlikeSamples,
  obfuscatedSamples,
  type Sample,
  widgetSamples,
} from "../../tests/corpus/index.js";
import type { CorpusFile } from "./outcome.js";
import type { ScanOptions } from "./read-options.js";

/**
 * Makes the corpus, writes it below `folder` and returns what is where. `extra` names a folder of scripts of your own that count as
 * harmless libraries: a look at code that nobody here has seen.
 */
export async function collectCorpus(
  folder: string,
  { extra, every }: Pick<ScanOptions, "extra" | "every">,
): Promise<readonly CorpusFile[]> {
  await mkdir(folder, { recursive: true });
  const files: CorpusFile[] = [];
  const seen = new Set<string>();
  for await (const { text, ...sample } of everySample(extra)) {
    // A minifier may find nothing to do: the same bytes are not counted twice.
    if (sample.kind === "benign" && seen.has(text)) continue;
    seen.add(text);
    if (seen.size % every !== 0) continue;
    const file = path.join(folder, `${files.length}.txt`);
    await writeFile(file, text);
    files.push({ ...sample, file, bytes: Buffer.byteLength(text) });
  }
  return files;
}

async function* everySample(extra: string | undefined): AsyncGenerator<Sample> {
  yield* hostileSamples(2);
  yield* credentialSamples(2);
  yield* lookAlikeSamples(2);
  yield* widgetSamples();
  yield* hardSamples();
  yield* librarySamples();
  yield* bundledSamples();
  yield* obfuscatedSamples({ variants: 2 });
  if (extra !== undefined) yield* extraSamples(extra);
}

async function* extraSamples(folder: string): AsyncGenerator<Sample> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.m?js$/.test(entry.name)) continue;
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(folder, file);
    yield { kind: "benign", group: "libraries", technique: name, name: `extra/${name}`, text: await readFile(file, "utf8") };
  }
}
