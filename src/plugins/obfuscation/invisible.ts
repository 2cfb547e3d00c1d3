import { defineRule } from "../../contracts/index.js";

const overrides = /[\u202a-\u202e\u2066-\u2069]/g;
const hiddenRun =
  /(?:[\u{e0000}-\u{e007f}\u{e0100}-\u{e01ef}]|[\ufe00-\ufe0f]{2,}){6,}|[\u200b\u200c\u200d\u2060\u2061-\u2064]{8,}|[\u3164\uffa0\u115f\u1160]{4,}/gu;
const invisibleName = /[\u3164\uffa0\u115f\u1160]|[\w$][\u200c\u200d\u2060]+[\w$]/g;

const enough = 20;

export const invisible = defineRule({
  kind: "text",
  meta: {
    id: "obfuscation/invisible",
    category: "obfuscation",
    severity: "block",
    title: "Invisible or direction-changing characters",
    description:
      "Characters that change the direction of text, fillers used as names, or long runs of invisible characters: the code is not what it looks like.",
    messages: {
      direction: {
        text: "A character changes the direction of the text ({character}).",
        fix: "Remove it, or write it as an escape such as \\u202E.",
      },
      hidden: { text: "{count} invisible characters stand in a row.", fix: "Remove them." },
      name: { text: "A name holds an invisible character.", fix: "Use visible names." },
    },
    examples: {
      incorrect: [
        "/* \u202e } \u2066if (admin)\u2069 \u2066 begin */ pay()",
        `const s = "${"\u200b\u200c".repeat(8)}"`,
        "const \u3164 = 1",
        `run("${"\u{e0101}\u{e0122}".repeat(6)}")`,
      ],
      correct: ['const family = "👨‍👩‍👧"', 'const farsi = "می‌خواهم"', 'const bidi = "\\u202e"', "const rtl = /[\u202a-\u202e]/"],
    },
  },
  check({ text, report }) {
    let told = 0;
    for (const match of text.matchAll(overrides)) {
      if (told >= enough) break;
      // In a character class it is a pattern that looks for such characters.
      const before = text.slice(Math.max(0, match.index - 300), match.index);
      if (before.lastIndexOf("[") > Math.max(before.lastIndexOf("]"), before.lastIndexOf("\n"))) continue;
      const character = `U+${match[0].charCodeAt(0).toString(16).toUpperCase()}`;
      told += 1;
      report({ messageId: "direction", at: { start: match.index, end: match.index + 1 }, data: { character } });
    }
    for (const match of text.matchAll(hiddenRun))
      report({ messageId: "hidden", at: { start: match.index, end: match.index + match[0].length }, data: { count: match[0].length } });
    for (const match of text.matchAll(invisibleName)) {
      const before = text.slice(Math.max(0, match.index - 200), match.index);
      if (/["'`[][^"'`\]\n]*$/.test(before)) continue;
      report({ messageId: "name", at: { start: match.index, end: match.index + match[0].length } });
    }
  },
});
