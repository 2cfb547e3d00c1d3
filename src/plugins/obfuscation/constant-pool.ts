import type { Node } from "estree";
import { defineRule } from "../../contracts/index.js";

const minPoolKeys = 4;
const minPoolReads = 30;
const minProgramText = 1000;

/** Every printable character once, in no order: the table of an encoder that invents its own alphabet. */
function isShuffledAlphabet(value: string): boolean {
  if (value.length < 80 || value.length > 96 || new Set(value).size !== value.length || !/^[\u0020-\u007e]+$/.test(value)) return false;
  let ordered = 0;
  for (let index = 1; index < value.length; index += 1) if (value.charCodeAt(index) === value.charCodeAt(index - 1) + 1) ordered += 1;
  return ordered < value.length / 8;
}

export const constantPool = defineRule({
  kind: "javascript",
  meta: {
    id: "obfuscation/constant-pool",
    category: "obfuscation",
    severity: "block",
    title: "Names and numbers are kept in a pool",
    description:
      "The names of properties and plain numbers are fetched from a list by index, decoded with an invented alphabet, or the whole program is a text: the work of js-confuser and its like.",
    messages: {
      pool: { text: "{count} property names come from a list by number.", fix: "Build without the obfuscator; minify instead." },
      alphabet: { text: "Texts are encoded with an invented alphabet.", fix: "Build without the obfuscator; minify instead." },
      program: { text: "A program of {size} characters is kept in a text and run by {via}.", fix: "Ship the code itself." },
    },
    examples: {
      incorrect: [
        'const p = [0x0, 0x1, "length", "push", "slice", 0xff]; a[p[0x2]]; b[p[0x3]](1); c[p[0x4]](2); d[p[0x2]] = e[p[0x2]]',
        'const t = "ptsd?*)lhix87.+SXCPwvL=:!kZQ45O~e$Vc#<NR^[F0A%,I>Yo]Km2/B6Ej1nT{`ag|3z@y;D_fbGJuU&Hqr9}W"',
        `new Function("x", "${"var a = 1; ".repeat(120)}")(1)`,
      ],
      correct: [
        'const days = ["sun", "mon"]; show(days[0]); show(labels[days[1]])',
        'const base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"',
        'const z85 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#"',
        'const root = new Function("return this")()',
      ],
    },
  },
  create({ file, report }) {
    let keys = 0;
    let reads = 0;
    let first: (Node & { start: number; end: number }) | undefined;
    const isPoolRead = (node: Node): boolean =>
      node.type === "MemberExpression" && node.computed && node.object.type === "Identifier" && isIndex(node.property);
    const runs = (node: Node & { start: number; end: number }): void => {
      const call = file.callOf(node);
      if (!call || !/^(?:eval|(?:Async)?Function|Function\.prototype\.constructor)$/.test(call.path)) return;
      const code = call.args.at(-1);
      const text = code && file.valueOf(code);
      if (typeof text === "string" && text.length > minProgramText)
        report({ messageId: "program", at: node, data: { size: text.length, via: call.path } });
    };
    return {
      MemberExpression(node) {
        if (isPoolRead(node) && file.valueOf(node) !== undefined) reads += 1;
        if (!node.computed || !isPoolRead(node.property as Node)) return;
        if (typeof file.valueOf(node.property) !== "string") return;
        keys += 1;
        first ??= node;
      },
      Literal(node) {
        if (typeof node.value === "string" && isShuffledAlphabet(node.value)) report({ messageId: "alphabet", at: node });
      },
      CallExpression: runs,
      NewExpression: runs,
      end() {
        if (first && (keys >= minPoolKeys || (keys >= 2 && reads >= minPoolReads)))
          report({ messageId: "pool", at: first, data: { count: keys } });
      },
    };

    function isIndex(node: Node): boolean {
      const value = node.type === "Literal" || node.type === "UnaryExpression" ? file.valueOf(node) : undefined;
      return typeof value === "number";
    }
  },
});
