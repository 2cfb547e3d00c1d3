import type { Node } from "estree";
import { defineRule } from "../../contracts/index.js";

const minHexNames = 12;

export const knownTool = defineRule({
  kind: "javascript",
  meta: {
    id: "obfuscation/known-tool",
    category: "obfuscation",
    severity: "block",
    title: "The work of an obfuscator",
    description:
      "Structures that obfuscators leave behind: shuffled string tables, packers, code in a handful of symbols, flattened control flow, traps for debuggers. Minified code is fine.",
    messages: {
      table: {
        text: "A string table is shuffled before use (javascript-obfuscator).",
        fix: "Build without the obfuscator; minify instead.",
      },
      names: {
        text: "{count} names are hexadecimal numbers (javascript-obfuscator).",
        fix: "Build without the obfuscator; minify instead.",
      },
      packer: { text: "The code is packed into text (packer).", fix: "Ship it unpacked; the server compresses it." },
      symbols: { text: "The code is written in symbols ({tool}).", fix: "Ship the code itself." },
      flattened: { text: "The order of the code is hidden in a text ({order}).", fix: "Build without control-flow flattening." },
      trap: { text: "A trap for debuggers.", fix: "Remove the debugger statement that is made at run time." },
    },
    examples: {
      incorrect: [
        "(function (t, n) { const a = t(); while (true) { try { const v = parseInt(f(1)) / 1 + parseInt(f(2)) / 2; if (v === n) break; else a.push(a.shift()) } catch (e) { a.push(a.shift()) } } })(table, 0x4f1)",
        "var _0x1a2b=['a'];(function(_0x3c,_0x4d){var _0x5e=function(_0x6f){while(--_0x6f){_0x3c['push'](_0x3c['shift']())}};_0x5e(++_0x4d)})(_0x1a2b,0x1f)",
        "eval(function(p,a,c,k,e,d){while(c--)if(k[c])p=p.replace(new RegExp('\\\\b'+e(c)+'\\\\b','g'),k[c]);return p}('0(1)',2,2,'alert|1'.split('|'),0,{}))",
        "[][(![]+[])[+[]]+(![]+[])[!+[]+!+[]]+(![]+[])[+!+[]]+(!![]+[])[+[]]][([][(![]+[])[+[]]+(![]+[])[!+[]+!+[]]+(![]+[])[+!+[]]+(!![]+[])[+[]]]+[])[!+[]+!+[]+!+[]]]",
        "const order = '3|1|0|2'.split('|'); let i = 0; while (true) { switch (order[i++]) { case '0': a(); continue; case '1': b(); continue } break }",
        "(function () { (function () {}).constructor('debugger')() })(); setInterval(check, 4000)",
      ],
      correct: [
        "const list = queue; list.push(list.shift())",
        "const parts = '1|2|3'.split('|'); show(parts)",
        "const a = [] + {}; const mask = 0x1f",
        "!function(t,e){t.x=e}(this,1)",
      ],
    },
  },
  create({ file, report }) {
    let hexNames = 0;
    const hexSeen = new Set<string>();
    let identifiers = 0;
    let firstHex: (Node & { start: number; end: number }) | undefined;

    const enclosing = (node: Node, types: readonly string[]): Node | undefined =>
      file.ancestors(node).find((parent) => types.includes(parent.type));
    const textOf = (node: Node): string => {
      const { start, end } = node as Node & { start: number; end: number };
      return file.text.slice(start, Math.min(end, start + 4000));
    };

    return {
      Identifier(node) {
        if (hexSeen.has(node.name)) return;
        identifiers += 1;
        hexSeen.add(node.name);
        if (/^_0x[\da-f]{2,}$|^a0_0x|^[Il1O0_$]{8,}$|^[oO0]{6,}$/.test(node.name)) {
          hexNames += 1;
          firstHex ??= node;
        }
      },
      CallExpression(node) {
        const callee = node.callee as Node;
        // x.push(x.shift()) inside a loop that never tests anything else, or beside sums of parseInt.
        if (callee.type === "MemberExpression" && node.arguments.length === 1) {
          const inner = node.arguments[0] as Node;
          if (
            inner.type === "CallExpression" &&
            inner.callee.type === "MemberExpression" &&
            memberName(callee) === "push" &&
            memberName(inner.callee) === "shift"
          ) {
            const loop = enclosing(node, ["WhileStatement", "ForStatement", "DoWhileStatement"]);
            const source = loop ? textOf(loop) : "";
            if (
              loop &&
              (/parseInt\([^;]*\+[^;]*parseInt\(/.test(source) || /while\s*\(\s*--/.test(source) || /\[\s*['"]push['"]\s*\]/.test(source))
            )
              report({ messageId: "table", at: node });
          }
        }
        const call = file.callOf(node);
        if (call?.path === "eval" && call.args[0]) {
          const packed = call.args[0];
          if (
            packed.type === "CallExpression" &&
            packed.callee.type === "FunctionExpression" &&
            packed.callee.params.length >= 4 &&
            /\.?split|replace/.test(textOf(packed))
          )
            report({ messageId: "packer", at: node });
        }
        if (
          call &&
          /^(?:Function|Function\.prototype\.constructor|eval)$/.test(call.path) &&
          call.args[0] &&
          /^\s*debugger;?\s*$|^(?:while\s*\(true\)\s*\{\s*\})$/.test(String(file.valueOf(call.args.at(-1) as Node)))
        )
          report({ messageId: "trap", at: node });
        if (callee.type === "MemberExpression" && memberName(callee) === "split" && callee.object.type !== "Super") {
          const order = file.valueOf(callee.object);
          if (typeof order === "string" && /^\d+(?:\|\d+){2,}$/.test(order)) {
            const scope = enclosing(node, ["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression", "Program"]);
            const source = scope ? file.text.slice((node as Node & { end: number }).end, (node as Node & { end: number }).end + 600) : "";
            if (/while\s*\(|for\s*\(/.test(source) && /switch\s*\(/.test(source))
              report({ messageId: "flattened", at: node, data: { order } });
          }
        }
      },
      end() {
        if (hexNames >= minHexNames && hexNames / Math.max(1, identifiers) > 0.15 && firstHex)
          report({ messageId: "names", at: firstHex, data: { count: hexNames } });
        const tool = symbolTool(file.text);
        if (tool !== undefined) report({ messageId: "symbols", data: { tool } });
      },
    };

    function memberName(node: Node): string | undefined {
      if (node.type !== "MemberExpression") return undefined;
      if (!node.computed && node.property.type === "Identifier") return node.property.name;
      const value = file.valueOf(node.property);
      return typeof value === "string" ? value : undefined;
    }
  },
});

/** Encoders that write any program in a few symbols. */
function symbolTool(text: string): string | undefined {
  if (/\(ﾟДﾟ\)|ﾟωﾟﾉ|ﾟΘﾟ/.test(text)) return "aaencode";
  if (/=\s{0,9}~\s{0,9}\[\s{0,9}\]\s{0,9};\s{0,9}[$\w]{1,40}\s{0,9}=\s{0,9}\{\s{0,9}___/.test(text)) return "jjencode";
  const run = /(?:[[\]()!+]{2}\s*){60,}/.exec(text.slice(0, 200_000));
  if (run) return "jsfuck";
  return undefined;
}
