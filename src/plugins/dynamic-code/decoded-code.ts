import type { Node } from "estree";
import { defineRule } from "../../contracts/index.js";
import { codeArgument, decodersIn, isText } from "./code-runners.js";

export const decodedCode = defineRule({
  kind: "javascript",
  meta: {
    id: "dynamic-code/decoded-code",
    category: "obfuscation",
    severity: "block",
    title: "Code is hidden in an encoded text",
    description: "Runs text that was encoded, split or built from character codes. A bundler never does this; it hides what the code does.",
    messages: {
      decoded: {
        text: "{via} runs text that {decoder} made.",
        fix: "Ship the code itself, readable or minified, instead of an encoded form of it.",
      },
      folded: { text: "{via} runs text that is put together from pieces: “{code}”.", fix: "Write the code as code." },
    },
    examples: {
      incorrect: [
        'eval(atob("YWxlcnQoMSk="))',
        "eval(String.fromCharCode(97, 108, 101, 114, 116, 40, 49, 41))",
        'new Function(unescape("%61%6c%65%72%74%28%31%29"))()',
        'window["ev" + "al"]("aler" + "t(1)")',
        'const run = globalThis.eval; const hidden = atob("YWxlcnQoMSk="); run(hidden)',
        '[].filter.constructor(atob("YWxlcnQoMSk="))()',
        'setTimeout(atob("YWxlcnQoMSk="), 10)',
        'eval(")1(trela".split("").reverse().join(""))',
      ],
      correct: [
        'const text = atob("aGVsbG8="); element.textContent = text',
        "const root = Function('return this')()",
        'const label = String.fromCharCode(8364) + " 10"; setTimeout(() => show(label), 10)',
      ],
    },
  },
  create({ file, report }) {
    const visit = (node: Node & { start: number; end: number }): void => {
      const run = codeArgument(file, node);
      if (!run) return;
      const timer = run.via.startsWith("set") || run.via.startsWith("request");
      const value = file.valueOf(run.code);
      if (typeof value === "string") {
        const written = run.code.type === "Literal" || run.code.type === "TemplateLiteral";
        if (!written && value.length > 4 && /[(=.;]/.test(value))
          report({ messageId: "folded", at: node, data: { via: run.via, code: value } });
        return;
      }
      if (timer && !isText(file, run.code) && run.code.type !== "CallExpression") return;
      const [decoder] = decodersIn(directSources(run.code));
      if (decoder !== undefined) report({ messageId: "decoded", at: node, data: { via: run.via, decoder } });
    };

    /** What makes the text itself. A compiler that decodes entities somewhere inside is not a decoder of code: only what stands here. */
    function directSources(code: Node): ReadonlySet<string> {
      const found = new Set<string>();
      const pending: Node[] = [code];
      for (let hops = 0; hops < 40; hops += 1) {
        const next = pending.pop();
        if (!next) break;
        if (next.type === "CallExpression" || next.type === "NewExpression") {
          const path = file.callOf(next)?.path;
          if (path !== undefined) found.add(`${path}()`);
          if (next.callee.type === "MemberExpression") pending.push(next.callee.object);
          pending.push(...(next.arguments as Node[]));
        } else if (next.type === "BinaryExpression" && next.left.type !== "PrivateIdentifier") pending.push(next.left, next.right);
        else if (next.type === "TemplateLiteral") pending.push(...next.expressions);
        else if (next.type === "AwaitExpression") pending.push(next.argument);
        else if (next.type === "Identifier") {
          const path = file.pathOf(next);
          if (path?.endsWith(")")) found.add(`${path.slice(0, path.indexOf("("))}()`);
        }
      }
      return found;
    }
    return { CallExpression: visit, NewExpression: visit };
  },
});
