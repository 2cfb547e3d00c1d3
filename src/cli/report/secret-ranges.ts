import type { Finding } from "../../contracts/index.js";
import type { Range } from "./source-text.js";

const dot = "•";
const token = /[A-Za-z0-9+/_=.~-]{16,}/g;
const nearBy = 4096;

/** What must not be read in a code frame. */
export interface Secrets {
  readonly ranges: readonly Range[];
  /** A file with one credential may hold others that no finding names: then frames also hide what looks random. */
  readonly cautious: boolean;
}

/**
 * The ranges that the scanner masked, read back from its excerpts: a frame shows more lines than an excerpt and would print the
 * secret again. Where an excerpt ends inside a secret, the range goes on to the end of the place or of the word.
 */
export function findSecrets(text: string, findings: readonly Finding[]): Secrets {
  const masked = findings.filter((finding) => finding.excerpt?.text.includes(dot));
  return {
    ranges: masked.flatMap((finding) => readMasks(text, finding)),
    cautious: masked.length > 0 || findings.some((finding) => finding.category === "credential_exposure"),
  };
}

function readMasks(text: string, { place, excerpt }: Finding): Range[] {
  if (!place || !excerpt) return [];
  const ranges: Range[] = [];
  let offset = place.start;
  let open: number | undefined;
  let at = excerpt.highlightStart;
  for (; at < excerpt.text.length && offset < text.length; at += 1) {
    const character = String.fromCodePoint(text.codePointAt(offset) ?? 0);
    const shown = excerpt.text[at];
    if (shown === "…" && character !== "…") break;
    if (shown === dot) open ??= offset;
    else if (open !== undefined) {
      ranges.push({ start: open, end: offset });
      open = undefined;
    }
    if (shown === "<" && character !== "<") at = excerpt.text.indexOf(">", at);
    else if (shown !== dot) at += character.length - 1;
    if (at < 0) break;
    offset += character.length;
  }
  if (open !== undefined) ranges.push({ start: open, end: Math.max(offset, place.end, wordEnd(text, offset)) });
  return [...ranges, ...readBackwards(text, place.start, excerpt.text.slice(0, excerpt.highlightStart))];
}

/** The part of the excerpt before the place, from its end. */
function readBackwards(text: string, from: number, shown: string): Range[] {
  const ranges: Range[] = [];
  let offset = from;
  let rest = shown;
  while (rest !== "" && rest !== "…" && offset > 0) {
    const low = text.charCodeAt(offset - 1);
    const size = low >= 0xdc00 && low <= 0xdfff && offset > 1 ? 2 : 1;
    const start = offset - size;
    const code = /<U\+[0-9A-F]{4,6}>$/.exec(rest)?.[0];
    if (rest.endsWith(dot)) {
      ranges.push({ start, end: offset });
      rest = rest.slice(0, -1);
    } else if (code !== undefined && text[start] !== ">") rest = rest.slice(0, -code.length);
    else rest = rest.slice(0, -size);
    offset = start;
  }
  return ranges;
}

function wordEnd(text: string, from: number): number {
  const rest = text.slice(from, from + nearBy).search(/["'`\s]/);
  return rest < 0 ? Math.min(text.length, from + nearBy) : from + rest;
}

/** Words that look random: long, of letters and digits, with high entropy. Pure. */
export function randomWords(text: string): Range[] {
  return [...text.matchAll(token)]
    .filter(([word]) => looksRandom(word))
    .map(({ 0: word, index }) => ({ start: index, end: index + word.length }));
}

function looksRandom(word: string): boolean {
  if (!/\d/.test(word) || !/[A-Za-z]/.test(word)) return false;
  const counts = new Map<string, number>();
  for (const character of word) counts.set(character, (counts.get(character) ?? 0) + 1);
  let entropy = 0;
  for (const count of counts.values()) entropy -= (count / word.length) * Math.log2(count / word.length);
  return entropy >= 3;
}
