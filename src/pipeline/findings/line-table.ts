/** Line and column of an offset, 1-based and 0-based. Built once per file. */
export interface LineTable {
  lineOf(offset: number): { readonly line: number; readonly column: number; readonly start: number; readonly end: number };
}

export function createLineTable(text: string): LineTable {
  const starts = [0];
  for (let offset = 0; offset < text.length; offset += 1) {
    const code = text.charCodeAt(offset);
    if (code === 13 && text.charCodeAt(offset + 1) === 10) continue;
    if (code === 10 || code === 13 || code === 0x2028 || code === 0x2029) starts.push(offset + 1);
  }
  return {
    lineOf(offset) {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      const start = starts[low] ?? 0;
      const next = starts[low + 1];
      const end = next === undefined ? text.length : text.slice(start, next).replace(/[\r\n\u2028\u2029]+$/, "").length + start;
      return { line: low + 1, column: offset - start, start, end };
    },
  };
}
