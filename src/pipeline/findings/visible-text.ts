// Control, bidirectional, zero-width and tag characters: they can make a report look different from the code it quotes.
const hidden =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202f\u205f-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffd]|[\u{e0000}-\u{e0fff}]|[\ud800-\udfff]/u;

/** One character as it may be shown: whitespace as a space, anything invisible as its code point. */
export function visibleCharacter(character: string): string {
  if (character === "\t" || character === " " || character === "\u00a0") return " ";
  if (!hidden.test(character)) return character;
  return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`;
}

/** Text made safe to show, at most `limit` characters. */
export function visibleText(text: string, limit: number): string {
  let shown = "";
  for (const character of text.slice(0, limit + 1)) {
    const next = character === "\n" || character === "\r" ? " " : visibleCharacter(character);
    if (shown.length + next.length > limit) return shown.length < limit ? `${shown}…` : `${shown.slice(0, limit - 1)}…`;
    shown += next;
  }
  return shown;
}
