import type { Node } from "estree";
import { defineRule } from "../../contracts/index.js";

const primitives = /^(?:fetch|XMLHttpRequest|WebSocket|EventSource|WebTransport|navigator\.sendBeacon|importScripts)$/;

export const primitive = defineRule({
  kind: "javascript",
  meta: {
    id: "network/primitive",
    category: "data_exfiltration",
    severity: "note",
    title: "Knows a way to the network",
    description: "Mentions a network interface. Many libraries do; in the frame it leads nowhere. Kept to compare versions.",
    messages: { present: { text: "{name} is used.", fix: "Nothing to do. If your own code needs data, take it from window.gro." } },
    examples: {
      incorrect: ["function load(url) { return fetch(url) }", "new XMLHttpRequest()"],
      correct: ["cache.fetch(key)", "const prefetch = true"],
    },
  },
  create({ file, report }) {
    const seen = new Set<string>();
    const visit = (node: Node & { start: number; end: number }): void => {
      const path = file.callOf(node)?.path;
      if (path === undefined || !primitives.test(path) || seen.has(path)) return;
      seen.add(path);
      report({ messageId: "present", at: node, data: { name: path } });
    };
    return { CallExpression: visit, NewExpression: visit };
  },
});
