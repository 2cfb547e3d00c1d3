export interface Range {
  readonly start: number;
  readonly end: number;
}

/** One line, without its terminator. `number` is 1-based; offsets are 0-based UTF-16 units. */
export interface Line extends Range {
  readonly number: number;
}

/** A source by lines, as JavaScript counts them: LF, CR, CRLF, U+2028 and U+2029 end one. */
export interface SourceText {
  readonly text: string;
  readonly lineCount: number;
  /** undefined past the end. */
  line(number: number): Line | undefined;
  lineAt(offset: number): Line;
}

export function createSourceText(text: string): SourceText {
  const starts = [0];
  for (let offset = 0; offset < text.length; offset += 1) {
    const code = text.charCodeAt(offset);
    if (code === 13 && text.charCodeAt(offset + 1) === 10) continue;
    if (code === 10 || code === 13 || code === 0x2028 || code === 0x2029) starts.push(offset + 1);
  }
  const line = (number: number): Line | undefined => {
    const start = starts[number - 1];
    if (start === undefined) return undefined;
    const next = starts[number];
    if (next === undefined) return { number, start, end: text.length };
    const crlf = next - 2 >= start && text.charCodeAt(next - 1) === 10 && text.charCodeAt(next - 2) === 13;
    return { number, start, end: next - (crlf ? 2 : 1) };
  };
  return {
    text,
    lineCount: starts.length,
    line,
    lineAt(offset) {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return line(low + 1) ?? { number: 1, start: 0, end: text.length };
    },
  };
}
