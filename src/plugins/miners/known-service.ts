import type { Node } from "estree";
import { defineRule } from "../../contracts/index.js";
import { minerHostIn } from "./services.js";

const listSize = 12;
const decoders = /^(?:atob|unescape|decodeURIComponent|String\.fromCharCode)$|\.(?:join|reverse|concat|replace)$/;

export const knownService = defineRule({
  kind: "javascript",
  meta: {
    id: "miners/known-service",
    category: "crypto_mining",
    severity: "block",
    title: "Talks to a mining service",
    description: "Holds the address of a browser mining service or a mining pool.",
    messages: {
      service: { text: "The address of a mining service: {host}.", fix: "Remove the miner. Customers' devices are not for mining." },
    },
    examples: {
      incorrect: [
        'const s = "https://coinhive.com/lib/coinhive.min.js"',
        'new WebSocket("wss://" + "ws1.coinimp.com/proxy")',
        'const pool = "stratum+tcp://xmr.nanopool.org:14444"',
        'load(atob("aHR0cHM6Ly9jcnlwdG8tbG9vdC5jb20vbGliLmpz"))',
      ],
      correct: [
        'const text = "CoinHive closed in 2019"',
        `const blocked = [${Array.from({ length: 14 }, (_, index) => `"host${index}.example"`).join(", ")}, "coinhive.com"]`,
      ],
    },
  },
  create({ file, report }) {
    // The left parts of a longer sum, which was judged as a whole.
    const inner = new Set<Node>();
    const judge = (node: Node & { start: number; end: number }, value: unknown): void => {
      const host = typeof value === "string" && value.length > 6 ? minerHostIn(value) : undefined;
      if (host === undefined) return;
      // A long list of hosts is a blocker's.
      const list = file
        .ancestors(node)
        .slice(0, 2)
        .find((parent) => parent.type === "ArrayExpression");
      if (list?.type === "ArrayExpression" && list.elements.length > listSize) return;
      report({ messageId: "service", at: node, data: { host } });
    };
    return {
      Literal: (node) => judge(node, node.value),
      TemplateLiteral: (node) => judge(node, node.quasis.map((quasi) => quasi.value.cooked ?? "").join("x")),
      BinaryExpression(node) {
        if (node.operator !== "+") return;
        inner.add(node.left);
        if (!inner.has(node)) judge(node, file.valueOf(node) ?? file.prefixOf(node));
      },
      CallExpression(node) {
        if (decoders.test(file.callOf(node)?.path ?? "")) judge(node, file.valueOf(node));
      },
    };
  },
});
