import { defineRule } from "../../contracts/index.js";

const escape = /\\x(?:2[\da-f]|[3-6][\da-f]|7[\da-e])|\\u00(?:2[\da-f]|[3-6][\da-f]|7[\da-e])|\\u\{(?:2[\da-f]|[3-6][\da-f]|7[\da-e])\}/gi;
const minEscapes = 24;

export const escapedText = defineRule({
  kind: "javascript",
  meta: {
    id: "obfuscation/escaped-text",
    category: "obfuscation",
    severity: "block",
    title: "Plain letters are written as numbers",
    description: "Texts or names consist of escapes for ordinary letters. No build tool writes “a” as \\x61; it hides what the code says.",
    messages: { escaped: { text: "{count} ordinary characters are written as escapes.", fix: "Write the texts as they are." } },
    examples: {
      incorrect: [
        'const a = "\\x64\\x6f\\x63\\x75\\x6d\\x65\\x6e\\x74", b = "\\x63\\x6f\\x6f\\x6b\\x69\\x65", c = "\\x61\\x70\\x70\\x65\\x6e\\x64\\x43\\x68\\x69\\x6c\\x64"; window[a][b]',
      ],
      correct: ['const marks = "\\u00a0\\u2026\\x00\\x1b"', 'const path = "C:\\\\x61"; const one = "\\x41"'],
    },
  },
  create({ report }) {
    let escapes = 0;
    let characters = 0;
    let first: { start: number; end: number } | undefined;
    const count = (raw: string, at: { start: number; end: number }): void => {
      characters += raw.length;
      if (!raw.includes("\\")) return;
      const found = raw.match(escape)?.length ?? 0;
      escapes += found;
      if (found > 0) first ??= at;
    };
    return {
      Literal(node) {
        if (typeof node.value === "string" && node.raw) count(node.raw, node);
      },
      TemplateElement: (node) => count(node.value.raw, node),
      end() {
        if (escapes >= minEscapes && (escapes * 4) / Math.max(1, characters) > 0.25 && first)
          report({ messageId: "escaped", at: first, data: { count: escapes } });
      },
    };
  },
});
