import { defineRule } from "../../contracts/index.js";
import { codeArgument, isText } from "./code-runners.js";

export const stringTimer = defineRule({
  kind: "javascript",
  meta: {
    id: "dynamic-code/string-timer",
    category: "obfuscation",
    severity: "block",
    title: "A timer runs text as code",
    description: "Gives text to setTimeout or setInterval. The frame's policy forbids it, and it is a known way around checks.",
    messages: { text: { text: "{via} is given text to run.", fix: "Give it a function: setTimeout(() => …, 100)." } },
    examples: {
      incorrect: ['setTimeout("start()", 100)', 'window.setInterval("tick(" + id + ")", 1000)'],
      correct: ["setTimeout(start, 100)", "setInterval(() => tick(id), 1000)"],
    },
  },
  create({ file, report }) {
    return {
      CallExpression(node) {
        const run = codeArgument(file, node);
        if (run && run.via.startsWith("set") && isText(file, run.code)) report({ messageId: "text", at: node, data: { via: run.via } });
      },
    };
  },
});
