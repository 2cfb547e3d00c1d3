import type { Node } from "estree";
import { defineRule } from "../../contracts/index.js";
import { codeArgument } from "./code-runners.js";

export const evalRule = defineRule({
  kind: "javascript",
  meta: {
    id: "dynamic-code/eval",
    category: "obfuscation",
    severity: "warn",
    title: "Text may be run as code",
    description: "Uses eval or the Function constructor. Template compilers do; in the frame it is forbidden and will fail.",
    messages: {
      used: {
        text: "{via} is used; the frame forbids it.",
        fix: "Compile templates at build time (for Vue: the runtime-only build) and drop eval.",
      },
    },
    examples: {
      incorrect: ["const render = new Function('data', source)", "eval(code)"],
      correct: ["const root = Function('return this')()", "const value = JSON.parse(text)"],
    },
  },
  create({ file, report }) {
    const visit = (node: Node & { start: number; end: number }): void => {
      const run = codeArgument(file, node);
      if (
        !run ||
        (run.via !== "eval" && run.via !== "Function") ||
        file.valueOf(run.code) === "return this" ||
        file.valueOf(run.code) === "this"
      )
        return;
      report({ messageId: "used", at: node, data: { via: run.via } });
    };
    return { CallExpression: visit, NewExpression: visit };
  },
});
