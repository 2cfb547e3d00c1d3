/**
 * Characters that change how the text around them reads: controls, format characters (bidirectional marks, invisible
 * letters), lone surrogates, line separators. A name with U+202E can otherwise turn a sentence around. Joiners stay: Persian
 * and emoji need them.
 */
const misleading = /(?![\t\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Somebody else's text as one calm run: misleading characters gone, at most `cap` characters. Not HTML-escaped. */
export function plainText(text: string, cap = 200): string {
  const clean = text.replace(misleading, "").trim();
  const characters = Array.from(clean.slice(0, cap * 2 + 2));
  return characters.length <= cap ? characters.join("") : `${characters.slice(0, cap - 1).join("")}…`;
}

/** `meals_per_day` and `mealsPerDay` read as "Meals per day". */
export function humanise(key: string): string {
  const words = plainText(key, 80)
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[_\-.]+/g, " ")
    .trim()
    .toLowerCase();
  return words === "" ? "Value" : words.charAt(0).toUpperCase() + words.slice(1);
}

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** What a reader takes for the first letter of a name, for a mark beside it. */
export function initial(name: string): string {
  return segmenter.segment(plainText(name, 20))[Symbol.iterator]().next().value?.segment ?? "";
}
