import type { Finding } from "../../contracts/index.js";
import { visibleCharacter } from "./visible-text.js";

const width = 200;
const leadIn = 60;

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The code around a place: one line, at most 200 characters, invisible characters shown by number, secrets as dots. */
export function excerptOf(text: string, line: Range, place: Range, masks: readonly Range[]): NonNullable<Finding["excerpt"]> {
  const from = Math.max(line.start, Math.min(place.start - leadIn, Math.max(line.start, line.end - width)));
  let shown = from > line.start ? "…" : "";
  let highlightStart = shown.length;
  let highlightEnd = shown.length;
  let offset = from;
  for (const character of text.slice(from, Math.min(line.end, from + width))) {
    const masked = masks.some((mask) => offset >= mask.start && offset < mask.end);
    const next = masked ? "•" : visibleCharacter(character);
    if (shown.length + next.length > width - 1) break;
    if (offset <= place.start) highlightStart = shown.length;
    shown += next;
    offset += character.length;
    if (offset <= place.end || highlightEnd <= highlightStart) highlightEnd = shown.length;
  }
  if (offset < line.end) shown += "…";
  return { text: shown, highlightStart, highlightEnd: Math.max(highlightStart, highlightEnd) };
}
