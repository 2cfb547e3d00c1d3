import type { Node } from "estree";
import { defineRule } from "../../contracts/index.js";

export const hiddenConstructor = defineRule({
  kind: "javascript",
  meta: {
    id: "dynamic-code/hidden-constructor",
    category: "obfuscation",
    severity: "block",
    title: "Reaches the Function constructor by a detour",
    description:
      "Takes the Function constructor from some value's own constructor, so that neither eval nor Function is named, and runs text with it.",
    messages: { detour: { text: "Text is run through a value's constructor.", fix: "Write the code as code." } },
    examples: {
      incorrect: [
        '[].filter.constructor("alert(1)")()',
        '(() => {}).constructor("alert(1)")()',
        '"".constructor.constructor(code)()',
        'Object.getPrototypeOf(async function () {}).constructor("await x()")()',
      ],
      correct: [
        '(function () {}).constructor("return this")()',
        "class Shape { copy() { return new this.constructor(this.size) } }",
        "const kind = value.constructor.name",
      ],
    },
  },
  create({ file, report }) {
    const visit = (node: Node & { start: number; end: number }): void => {
      const call = file.callOf(node);
      if (call?.path !== "Function.prototype.constructor") return;
      const code = call.args.at(-1);
      if (code && file.valueOf(code) !== "return this") report({ messageId: "detour", at: node });
    };
    return { CallExpression: visit, NewExpression: visit };
  },
});
