import type { Node } from "estree";
import { defineRule, outsideHost } from "../../contracts/index.js";

const markup = /<(?:iframe|frame|embed|object)\b[^>]{0,400}?\b(srcdoc|src|data)\s*=\s*["']?\s*([^\s"'>]{1,300})/i;
const made = /createElement(?:NS)?\((iframe|frame|embed|object)\)\.(srcdoc|src|data|contentWindow|contentDocument)(?:\.|$)/;

export const frameElement = defineRule({
  kind: "javascript",
  meta: {
    id: "nested-documents/frame-element",
    category: "external_script_loading",
    severity: "block",
    title: "Puts a document into the document",
    description:
      "A document inside the widget has its own, untouched globals and may load or run what the widget may not. The frame's policy allows none.",
    messages: {
      document: { text: "A nested document is made ({how}).", fix: "Draw into the widget's own document." },
      inside: { text: "The globals of a nested document are taken ({how}).", fix: "Use the widget's own globals." },
    },
    examples: {
      incorrect: [
        'const f = document.createElement("iframe"); f.srcdoc = "<script>1</script>"; root.append(f)',
        'const f = document.createElement("iframe"); f.src = "https://phish.example"',
        'const f = document.createElement("iframe"); document.body.append(f); const fetch = f.contentWindow.fetch; fetch("/x")',
        "root.innerHTML = \"<iframe srcdoc='<b>hi</b>'></iframe>\"",
        'root.innerHTML = `<embed src="//phish.example/x.swf">`',
      ],
      correct: [
        "const tags = ['iframe', 'object', 'embed']",
        'const f = document.createElement("div"); f.src = "x"',
        'const hint = "<iframe> is not allowed"',
      ],
    },
  },
  create({ file, report }) {
    const markupIn = (node: Node & { start: number; end: number }): void => {
      const value = file.markupOf(node);
      if (value === undefined) return;
      const match = value.includes("<") ? markup.exec(value) : null;
      if (
        match &&
        (match[1]?.toLowerCase() === "srcdoc" ||
          outsideHost(match[2] ?? "") !== undefined ||
          /^(?:data|blob|javascript):/i.test(match[2] ?? ""))
      ) {
        report({ messageId: "document", at: node, data: { how: "markup" } });
      }
    };
    return {
      AssignmentExpression(node) {
        markupIn(node);
        const match = made.exec(file.pathOf(node.left as Node) ?? "");
        if (!match) return;
        const value = file.prefixOf(node.right);
        if (
          match[2] === "srcdoc" ||
          (value !== undefined && (outsideHost(value) !== undefined || /^(?:data|blob|javascript):/i.test(value)))
        ) {
          report({ messageId: "document", at: node, data: { how: `${match[1] ?? ""}.${match[2] ?? ""}` } });
        }
      },
      CallExpression(node) {
        markupIn(node);
        const call = file.callOf(node);
        const element = /createElement(?:NS)?\((iframe|frame|embed|object)\)\.setAttribute$/.exec(call?.path ?? "");
        const [name, value] = call?.args ?? [];
        if (!element || !name || !value) return;
        const attribute = String(file.valueOf(name)).toLowerCase();
        if (attribute === "srcdoc" || (/^(?:src|data)$/.test(attribute) && outsideHost(file.prefixOf(value) ?? "") !== undefined)) {
          report({ messageId: "document", at: node, data: { how: `${element[1] ?? ""}.${attribute}` } });
        }
      },
      MemberExpression(node) {
        const match = /^.*createElement(?:NS)?\((iframe|frame|object)\)\.(contentWindow|contentDocument)\.(?!document(?:$|\.))[\w$]+$/.exec(
          file.pathOf(node) ?? "",
        );
        if (match) report({ messageId: "inside", at: node, data: { how: `${match[1] ?? ""}.${match[2] ?? ""}` } });
      },
      Property: markupIn,
      TaggedTemplateExpression: markupIn,
    };
  },
});
