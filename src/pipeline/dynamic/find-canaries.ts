const maxText = 128 << 10;
const maxTokens = 60;

/**
 * Names of the sample values that a text carries: as they are, reversed, in hexadecimal, as character codes, percent- or
 * base64-encoded, up to three encodings deep.
 */
export function findCanaries(text: string, canaries: Readonly<Record<string, string>>): readonly string[] {
  const found = new Set<string>();
  search(text.slice(0, maxText), 0);
  return [...found];

  function search(part: string, depth: number): void {
    for (const [name, value] of Object.entries(canaries)) if (!found.has(name) && carries(part, value)) found.add(name);
    if (depth >= 3) return;
    const plain = percentDecoded(part);
    if (plain !== undefined && plain !== part) search(plain, depth + 1);
    for (const token of (part.match(/[A-Za-z0-9+/_-]{12,}={0,2}/g) ?? []).slice(0, maxTokens)) {
      const decoded = Buffer.from(token, "base64").toString("latin1");
      // Anything decodes to something: only text is worth looking into.
      if (/[\u0020-\u007e]{8}/.test(decoded)) search(decoded, depth + 1);
    }
  }
}

function carries(text: string, value: string): boolean {
  if (text.includes(value) || text.includes([...value].reverse().join(""))) return true;
  const hex = Buffer.from(value, "latin1").toString("hex");
  if (text.toLowerCase().includes(hex)) return true;
  const codes = [...value].map((character) => character.charCodeAt(0));
  return [",", "-", " ", ".", "|", "_"].some((separator) => text.includes(codes.join(separator)));
}

function percentDecoded(text: string): string | undefined {
  if (!/%[\da-f]{2}|\+/i.test(text)) return undefined;
  return text.replace(/\+/g, " ").replace(/%([\da-f]{2})/gi, (_, pair: string) => String.fromCharCode(Number.parseInt(pair, 16)));
}
