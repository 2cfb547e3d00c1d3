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
        "const A = Object.getPrototypeOf(async function () {}).constructor; new A('scope', `return ${expression}`)",
      ],
    },
  },
  create({ file, report }) {
    const visit = (node: Node & { start: number; end: number }): void => {
      const call = file.callOf(node);
      const code = call?.args.at(-1);
      if (!call || !code) return;
      const value = file.valueOf(code);
      // Libraries that evaluate expressions make asynchronous functions of computed text; only fixed text hides something there.
      const detour = call.path === "Function.prototype.constructor" || (call.path === "AsyncFunction" && typeof value === "string");
      if (detour && value !== "return this") report({ messageId: "detour", at: node });
    };
    return { CallExpression: visit, NewExpression: visit };
  },
});
