import type { Finding } from "../../contracts/index.js";
import { randomWords, type Secrets } from "./secret-ranges.js";
import type { Line, Range, SourceText } from "./source-text.js";
import { glyphOf } from "./visible.js";

/** A line of code as it is shown. `mark` is the span, in columns of `text`. */
export interface FrameLine {
  readonly number: number;
  readonly text: string;
  readonly mark?: Range;
}

const contextLines = 2;
const lead = 24;

/** The lines around a place, at most `width` columns wide, all cut at the same column; the span is marked on its first line. */
export function drawFrame(source: SourceText, place: Range, secrets: Secrets, width: number): readonly FrameLine[] {
  const start = Math.min(place.start, source.text.length);
  const marked = source.lineAt(start);
  const skip = skippedColumns(source.text, marked, start, width);
  const lines: FrameLine[] = [];
  for (let number = marked.number - contextLines; number <= marked.number + contextLines; number += 1) {
    const line = number > 0 ? source.line(number) : undefined;
    if (!line) continue;
    const range = line.number === marked.number ? { start, end: Math.max(start, Math.min(place.end, line.end)) } : undefined;
    lines.push(drawLine(source.text, line, skip, range, secrets, width));
  }
  return trimEmpty(lines);
}

/** The frame of a finding in code that is not in the file (decoded, made at run time): the one line that the scanner kept. */
export function frameOfExcerpt(place: NonNullable<Finding["place"]>, excerpt: NonNullable<Finding["excerpt"]>): readonly FrameLine[] {
  const range = { start: excerpt.highlightStart, end: excerpt.highlightEnd };
  return [{ ...drawLine(excerpt.text, { number: 1, start: 0, end: excerpt.text.length }, 0, range, nothing, 240), number: place.line }];
}

const nothing: Secrets = { ranges: [], cautious: false };

/** How many UTF-16 units of every line are left out so that the place is in view. */
function skippedColumns(text: string, line: Line, start: number, width: number): number {
  if (line.end - line.start <= width) return 0;
  const column = start - line.start;
  if (column <= width - lead * 2) return 0;
  const skip = Math.min(column - lead, Math.max(0, line.end - line.start - width + lead));
  const code = text.charCodeAt(line.start + skip);
  return code >= 0xdc00 && code <= 0xdfff ? skip - 1 : skip;
}

function drawLine(text: string, line: Line, skip: number, range: Range | undefined, secrets: Secrets, width: number): FrameLine {
  const from = Math.min(line.end, line.start + skip);
  const isSecret = secretsOf(text, line, { start: from, end: Math.min(line.end, from + width) }, range, secrets);
  let shown = from > line.start ? "…" : "";
  let columns = shown.length;
  let marks = 0;
  let start: number | undefined;
  let end: number | undefined;
  let offset = from;
  while (offset < line.end) {
    const character = String.fromCodePoint(text.codePointAt(offset) ?? 0);
    const glyph = isSecret(offset) ? { text: "•", width: 1 } : glyphOf(character);
    if (columns + glyph.width > width - 1) break;
    if (range && offset >= range.start) start ??= columns;
    if (range && offset >= range.end && offset > range.start) end ??= columns;
    marks = glyph.width === 0 ? marks + 1 : 0;
    if (marks <= 2) shown += glyph.text;
    columns += glyph.width;
    offset += character.length;
  }
  if (offset < line.end) {
    shown += "…";
    columns += 1;
  }
  if (!range) return { number: line.number, text: shown };
  const begin = start ?? columns;
  return { number: line.number, text: shown, mark: { start: begin, end: Math.max(begin + 1, end ?? columns) } };
}

function secretsOf(text: string, line: Line, view: Range, place: Range | undefined, secrets: Secrets): (offset: number) => boolean {
  const near = secrets.ranges.filter((range) => range.start < view.end && range.end > view.start);
  if (secrets.cautious) {
    // A word may begin left of what is shown.
    const from = Math.max(line.start, view.start - 256);
    const words = randomWords(text.slice(from, Math.min(line.end, view.end + 256)));
    const found = words.map((word) => ({ start: from + word.start, end: from + word.end }));
    // What the finding itself points at is shown, unless the scanner masked it.
    near.push(...found.filter((word) => !place || word.start >= place.end || word.end <= place.start));
  }
  return (offset) => near.some((range) => offset >= range.start && offset < range.end);
}

function trimEmpty(lines: readonly FrameLine[]): readonly FrameLine[] {
  const first = lines.findIndex((line) => line.mark || line.text.trim() !== "");
  const last = lines.findLastIndex((line) => line.mark || line.text.trim() !== "");
  return lines.slice(first, last + 1);
}
