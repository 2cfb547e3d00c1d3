/** Longest text that a dialog shows of one value. */
const maxLength = 200;

/** Control characters, and characters that reorder, hide or join text: a value must read as what it is. */
const unprintable = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029\u115F\u1160\u3164\uFFA0]/gu;

/** One line of harmless text: no control, bidi or invisible characters, at most 200 characters. */
export function plainText(value: string): string {
  const text = value
    .slice(0, maxLength * 4)
    .replace(/\s+/g, " ")
    .replace(unprintable, "")
    .replace(/(\p{M}{3})\p{M}+/gu, "$1")
    .trim();
  const characters = Array.from(text);
  return characters.length > maxLength ? `${characters.slice(0, maxLength - 1).join("")}…` : text;
}

/** Text that somebody else wrote, recognisable as such. Numbers and truth values need no quotes. */
export function quoted(value: string): string {
  const text = plainText(value);
  return /^(?:-?\d+(?:\.\d+)?|true|false)$/.test(text) ? text : `“${text}”`;
}
