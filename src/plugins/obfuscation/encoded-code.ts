import type { Node } from "estree";
import { defineRule, outsideHost } from "../../contracts/index.js";

const decoders = /^(?:atob|unescape|decodeURIComponent|decodeURI|String\.fromCharCode|String\.fromCodePoint)$/;
const code =
  /\b(?:function|eval|document|window|fetch|XMLHttpRequest|localStorage|createElement|innerHTML|sendBeacon|WebSocket|appendChild|addEventListener)\b.*[(=.]|=>\s*[{(]|<script/;
const telling =
  /^(?:document|cookie|eval|fetch|Function|XMLHttpRequest|WebSocket|sendBeacon|localStorage|sessionStorage|createElement|appendChild|innerHTML|constructor|script|iframe|location|addEventListener|keydown|keypress|keyup|password|RTCPeerConnection)$/;
const joins = /(?:^|\.)(?:join|reverse|concat|replace|fromCharCode)$/;

export const encodedCode = defineRule({
  kind: "javascript",
  meta: {
    id: "obfuscation/encoded-code",
    category: "obfuscation",
    severity: "block",
    title: "Code, addresses or names are hidden in an encoding",
    description:
      "A text that is decoded or put together turns out to be code, an outside address, or the name of something that is being hidden.",
    messages: {
      code: { text: "Decoded, this is code: {text}", fix: "Write the code as code." },
      address: { text: "Decoded, this is an address: {text}", fix: "Write addresses as they are." },
      name: { text: "The name “{text}” is hidden.", fix: "Write the name as it is." },
    },
    examples: {
      incorrect: [
        'const c = atob("ZnVuY3Rpb24gcigpe2RvY3VtZW50LmJvZHkucmVtb3ZlKCl9")',
        "const u = String.fromCharCode(104,116,116,112,115,58,47,47,101,118,105,108,46,101,120,97,109,112,108,101)",
        'window[atob("ZmV0Y2g=")]("/x")',
        'const k = document[["c", "oo", "kie"].join("")]',
        'window["\\x65val"]("1")',
        'self["lave".split("").reverse().join("")]("1")',
      ],
      correct: [
        'const icon = atob("PHN2ZyB3aWR0aD0iMTAiPjwvc3ZnPg==")',
        "const sign = String.fromCharCode(8364)",
        'const cls = ["btn", "btn-primary"].join(" ")',
        'const q = decodeURIComponent("caf%C3%A9")',
        'const data = target["data" + name]',
      ],
    },
  },
  create({ file, report }) {
    const seen = new Set<string>();
    const say = (messageId: "code" | "address" | "name", node: Node & { start: number; end: number }, text: string): void => {
      if (seen.has(text)) return;
      seen.add(text);
      report({ messageId, at: node, data: { text } });
    };
    return {
      CallExpression(node) {
        const path = file.callOf(node)?.path;
        if (path === undefined || !decoders.test(path)) return;
        const value = file.valueOf(node);
        if (typeof value !== "string" || value.length < 6) return;
        if (
          outsideHost(value) !== undefined &&
          /^\s*(?:https?:|wss?:|\/\/)/i.test(value) &&
          path !== "decodeURI" &&
          path !== "decodeURIComponent"
        )
          say("address", node, value);
        else if (value.length > 24 && code.test(value)) say("code", node, value);
      },
      MemberExpression(node) {
        if (!node.computed || node.property.type === "Identifier") return;
        const value = file.valueOf(node.property);
        if (typeof value !== "string" || !telling.test(value)) return;
        const property = node.property as Node;
        if (property.type === "Literal") {
          if (property.raw?.includes("\\")) say("name", node, value);
          return;
        }
        const call =
          property.type === "CallExpression" &&
          property.callee.type === "MemberExpression" &&
          property.callee.property.type === "Identifier"
            ? property.callee.property.name
            : undefined;
        const path = property.type === "CallExpression" ? file.callOf(property)?.path : undefined;
        if (property.type === "BinaryExpression" || (path !== undefined && decoders.test(path)) || (call !== undefined && joins.test(call)))
          say("name", node, value);
      },
    };
  },
});
