import type { Node } from "estree";
import { defineRule } from "../../contracts/index.js";

const minLength = 300;

export const charset = defineRule({
  kind: "javascript",
  meta: {
    id: "obfuscation/charset",
    category: "obfuscation",
    severity: "block",
    title: "Code that is hardly made of letters",
    description: "Outside its texts, code consists of words. Here symbols or letters of other scripts stand in for them.",
    messages: {
      symbols: { text: "Only {share} % of the code are letters or digits.", fix: "Ship the code itself, readable or minified." },
      scripts: { text: "{share} % of the code are characters outside ASCII.", fix: "Use plain names; texts may hold any script." },
    },
    examples: {
      incorrect: [
        `$=~[];${'$={___:++$,$$$$:(![]+"")[$]};'.repeat(20)}`,
        `${"ωﾟ=/｀ﾉ/;".repeat(3)}${"(ﾟΘﾟ)+(ﾟωﾟ)+(ﾟｰﾟ)+".repeat(40)}1`.replace(/ωﾟ=\/｀ﾉ\/;/g, ""),
      ],
      correct: [`const texts = [${'"日本語のテキスト", '.repeat(60)}]`, "function weigh(pet) { return pet.weight }\n".repeat(20)],
    },
  },
  create({ file, report }) {
    const texts: { start: number; end: number }[] = [];
    const keep = (node: Node & { start: number; end: number }): void => {
      texts.push(node);
    };
    return {
      Literal(node) {
        if (typeof node.value === "string" || "regex" in node) keep(node);
      },
      TemplateElement: keep,
      end() {
        let letters = 0;
        let foreign = 0;
        let total = 0;
        let next = 0;
        for (let offset = 0; offset < file.text.length; offset += 1) {
          const range = texts[next];
          if (range && offset >= range.start) {
            offset = Math.max(offset, range.end - 1);
            next += 1;
            continue;
          }
          const code = file.text.charCodeAt(offset);
          if (code <= 32) continue;
          total += 1;
          if (code > 126) foreign += 1;
          else if ((code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122)) letters += 1;
        }
        if (total < minLength) return;
        if (foreign / total > 0.2 && letters / total < 0.5)
          report({ messageId: "scripts", data: { share: Math.round((foreign / total) * 100) } });
        else if (letters / total < 0.22) report({ messageId: "symbols", data: { share: Math.round((letters / total) * 100) } });
      },
    };
  },
});
