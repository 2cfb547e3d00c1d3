// Controls, bidirectional marks, zero-width and unassigned characters: they can move a terminal's cursor, hide text, or make code
// read in another order than it runs in.
const hidden = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const oddSpace = /(?![ \u00a0])\p{Zs}/u;
const combining = /[\p{Mn}\p{Me}]/u;
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3001-\u303e\uff01-\uff60\uffe0-\uffe6]/u;

/** A piece of text as a terminal shows it. `width` counts columns. */
export interface Glyph {
  readonly text: string;
  readonly width: number;
}

/** One character (code point) made visible: what cannot be seen is written as its number. */
export function glyphOf(character: string): Glyph {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x20 && code < 0x7f) return { text: character, width: 1 };
  if (character === "\t") return { text: "  ", width: 2 };
  if (character === "\u00a0") return { text: " ", width: 1 };
  if (hidden.test(character) || oddSpace.test(character)) {
    const text = `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
    return { text, width: text.length };
  }
  if (combining.test(character)) return { text: character, width: 0 };
  return { text: character, width: wide.test(character) ? 2 : 1 };
}

/** A whole text for one line of a terminal: line breaks become spaces. */
export function visible(text: string, limit = 2000): string {
  let shown = "";
  let marks = 0;
  for (const character of text) {
    const glyph = character === "\n" || character === "\r" ? { text: " ", width: 1 } : glyphOf(character);
    marks = glyph.width === 0 ? marks + 1 : 0;
    // Many marks on one letter would paint over the lines around it.
    if (marks > 2) continue;
    if (shown.length + glyph.text.length > limit) return `${shown}…`;
    shown += glyph.text;
  }
  return shown;
}
