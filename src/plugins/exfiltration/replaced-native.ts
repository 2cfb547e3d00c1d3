import type { Node } from "estree";
import { defineRule } from "../../contracts/index.js";

const natives =
  /^(?:fetch|XMLHttpRequest(?:\.prototype\.(?:open|send|setRequestHeader))?|WebSocket|EventTarget\.prototype\.addEventListener|HTMLFormElement\.prototype\.submit|JSON\.(?:parse|stringify)|navigator\.sendBeacon|gro|gro\..+)$/;

export const replacedNative = defineRule({
  kind: "javascript",
  meta: {
    id: "exfiltration/replaced-native",
    category: "data_exfiltration",
    severity: "warn",
    title: "Replaces a built-in to listen in",
    description: "Puts its own function in place of a built-in that data passes through. Polyfills and some frameworks do; so do skimmers.",
    messages: { replaced: { text: "{name} is replaced.", fix: "Leave built-ins and window.gro as they are." } },
    examples: {
      incorrect: [
        "const send = XMLHttpRequest.prototype.send; XMLHttpRequest.prototype.send = function (b) { log(b); send.call(this, b) }",
        "window.fetch = spy(window.fetch)",
      ],
      correct: ["const fetch = make()", "client.fetch = wrapped"],
    },
  },
  create({ file, report }) {
    return {
      AssignmentExpression(node) {
        const left = node.left as Node;
        const path = left.type === "MemberExpression" ? file.pathOf(left) : undefined;
        if (path !== undefined && natives.test(path)) report({ messageId: "replaced", at: node, data: { name: path } });
      },
    };
  },
});
