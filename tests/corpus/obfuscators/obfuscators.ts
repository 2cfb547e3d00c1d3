import { createRequire } from "node:module";
import JavaScriptObfuscator, { type ObfuscatorOptions } from "javascript-obfuscator";
import type { ObfuscateOptions } from "js-confuser";
import { alphabets, type Random } from "../random.js";
import { deanPack, wrappers } from "./packers.js";
import { aaencode, jjencode } from "./symbol-encoders.js";
import { withSeededMath } from "./with-seeded-math.js";

export interface Obfuscator {
  /** Misses and recall are counted by tool. */
  readonly tool: string;
  readonly preset: string;
  /** Characters of input: some schemes blow a program up a thousandfold. */
  readonly maxInput: number;
  /** Takes seconds for one program. */
  readonly slow?: boolean;
  obfuscate(text: string, random: Random): Promise<string>;
}

const require = createRequire(import.meta.url);
const plain = (tool: string, preset: string, maxInput: number, work: (text: string, random: Random) => string): Obfuscator => ({
  tool,
  preset,
  maxInput,
  obfuscate: (text, random) => Promise.resolve(work(text, random)),
});

const javaScriptObfuscator: Readonly<Record<string, ObfuscatorOptions>> = {
  default: { optionsPreset: "default" },
  low: { optionsPreset: "low-obfuscation" },
  medium: { optionsPreset: "medium-obfuscation" },
  high: { optionsPreset: "high-obfuscation" },
  mangled: { identifierNamesGenerator: "mangled", stringArray: true, stringArrayThreshold: 1 },
  "base64-strings": {
    stringArray: true,
    stringArrayEncoding: ["base64"],
    stringArrayThreshold: 1,
    splitStrings: true,
    splitStringsChunkLength: 4,
  },
  "rc4-strings": { stringArray: true, stringArrayEncoding: ["rc4"], stringArrayThreshold: 1, identifierNamesGenerator: "mangled-shuffled" },
  "control-flow": {
    stringArray: false,
    controlFlowFlattening: true,
    controlFlowFlatteningThreshold: 1,
    numbersToExpressions: true,
    simplify: false,
  },
  "dead-code": { deadCodeInjection: true, deadCodeInjectionThreshold: 1, stringArray: true, stringArrayThreshold: 0.8 },
  escapes: { stringArray: false, unicodeEscapeSequence: true, identifierNamesGenerator: "hexadecimal" },
  "self-defending": { selfDefending: true, debugProtection: true, compact: true },
  dictionary: {
    identifierNamesGenerator: "dictionary",
    identifiersDictionary: ["oO0", "O0o", "o0O", "OOo", "ooO", "lIl", "IlI"],
    stringArray: true,
  },
};

const confuser: Readonly<Record<string, ObfuscateOptions>> = {
  low: { target: "browser", preset: "low" },
  medium: { target: "browser", preset: "medium" },
  high: { target: "browser", preset: "high" },
  strings: {
    target: "browser",
    stringConcealing: true,
    stringSplitting: true,
    identifierGenerator: "randomized",
    renameVariables: true,
    compact: true,
  },
  flow: { target: "browser", controlFlowFlattening: true, opaquePredicates: true, dispatcher: true, renameVariables: true, compact: true },
  flatten: {
    target: "browser",
    flatten: true,
    duplicateLiteralsRemoval: true,
    calculator: true,
    objectExtraction: true,
    astScrambler: true,
    variableMasking: true,
    identifierGenerator: "zeroWidth",
    compact: true,
  },
  numbers: {
    target: "browser",
    globalConcealing: true,
    movedDeclarations: true,
    stringEncoding: true,
    identifierGenerator: "hexadecimal",
    compact: true,
  },
  packed: { target: "browser", pack: true, rgf: true, renameVariables: true, identifierGenerator: "number", compact: true },
};

/** Every tool in every preset. */
export const obfuscators: readonly Obfuscator[] = [
  ...Object.entries(javaScriptObfuscator).map(([preset, options]) => ({
    ...plain("javascript-obfuscator", preset, 20_000, (text, random) =>
      JavaScriptObfuscator.obfuscate(text, { ...options, seed: random.int(1, 2 ** 30) }).getObfuscatedCode(),
    ),
    slow: isSlow(preset),
  })),
  ...Object.entries(confuser).map(([preset, options]) => ({
    tool: "js-confuser",
    preset,
    maxInput: preset === "high" ? 1_500 : 4_000,
    slow: isSlow(preset),
    async obfuscate(text: string, random: Random) {
      const { obfuscate } = require("js-confuser") as typeof import("js-confuser");
      return (await withSeededMath(random, () => obfuscate(text, options))).code;
    },
  })),
  plain("jsfuck", "eval", 110, (text) =>
    (require("jsfuck") as { JSFuck: { encode(text: string, wrap: boolean): string } }).JSFuck.encode(text, true),
  ),
  plain("aaencode", "original", 2_500, (text) => aaencode(text)),
  plain("jjencode", "named", 4_000, (text, random) => jjencode(text, random.pick(["$", "_", "$$$", random.text(alphabets.lower, 2)]))),
  plain("packer", "base 36", 30_000, (text) => deanPack(text, 36)),
  plain("packer", "base 62", 30_000, (text) => deanPack(text, 62)),
  ...Object.entries(wrappers).map(([preset, wrap]) =>
    plain(toolOf(preset), preset, preset === "white-space" || preset === "zero-width" ? 2_000 : 12_000, wrap),
  ),
];

function isSlow(preset: string): boolean {
  return preset === "medium" || preset === "high";
}

function toolOf(preset: string): string {
  if (/escapes|percent|write/.test(preset)) return "escape wrapper";
  if (/base64|nested|comment|getters/.test(preset)) return "base64 wrapper";
  if (/code|hex-text|xor|letters/.test(preset)) return "character-code wrapper";
  if (/zero|white/.test(preset)) return "invisible text";
  return "shuffled text";
}
