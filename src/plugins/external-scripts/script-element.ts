import type { Node } from "estree";
import { defineRule, outsideHost } from "../../contracts/index.js";

const markup = /<script\b[^>]{0,300}?\bsrc\s*=\s*["']?\s*([^\s"'>]{1,300})/i;

export const scriptElement = defineRule({
  kind: "javascript",
  meta: {
    id: "external-scripts/script-element",
    category: "external_script_loading",
    severity: "block",
    title: "Loads a script from another host",
    description: "What is loaded later was never checked. The frame loads only the bundle itself.",
    messages: {
      element: { text: "A script is loaded from {host}.", fix: "Bundle the library into the widget." },
      imported: { text: "{via} loads code from {host}.", fix: "Bundle the library into the widget." },
      inline: { text: "{via} runs code from a {scheme} address.", fix: "Put the code into the bundle." },
    },
    examples: {
      incorrect: [
        'const s = document.createElement("script"); s.src = "https://cdn.example/x.js"; document.head.append(s)',
        'const s = document["createElement"]("scr" + "ipt"); s.setAttribute("src", "//cdn.example/x.js")',
        'import("https://cdn.example/x.js")',
        'importScripts("https://cdn.example/x.js")',
        'document.write("<script src=https://cdn.example/x.js></" + "script>")',
        'import("data:text/javascript,alert(1)")',
      ],
      correct: [
        'const s = document.createElement("script"); s.type = "application/json"',
        'import("./chunk.js")',
        'const hint = "add <script> to your page"',
      ],
    },
  },
  create({ file, report }) {
    const markupIn = (node: Node & { start: number; end: number }): void => {
      const value = file.markupOf(node);
      if (value === undefined) return;
      const host = value.includes("<script") ? outsideHost(markup.exec(value)?.[1] ?? "") : undefined;
      if (host !== undefined) report({ messageId: "element", at: node, data: { host } });
    };
    const visitCall = (node: Node & { start: number; end: number }): void => {
      markupIn(node);
      const call = file.callOf(node);
      const first = call?.args[0];
      if (!call || !first) return;
      if (call.path === "import" || call.path === "importScripts") {
        const address = file.prefixOf(first) ?? "";
        const host = outsideHost(address);
        const scheme = /^\s*(data|blob|javascript):/i.exec(address)?.[1];
        if (host !== undefined) report({ messageId: "imported", at: node, data: { via: call.path, host } });
        else if (scheme !== undefined) report({ messageId: "inline", at: node, data: { via: call.path, scheme } });
      }
      const second = call.args[1];
      if (
        /createElement(?:NS)?\(script\)\.setAttribute$/.test(call.path) &&
        second &&
        String(file.valueOf(first)).toLowerCase() === "src"
      ) {
        const host = outsideHost(file.prefixOf(second) ?? "");
        if (host !== undefined) report({ messageId: "element", at: node, data: { host } });
      }
    };
    return {
      AssignmentExpression(node) {
        markupIn(node);
        const path = file.pathOf(node.left as Node);
        const host =
          path !== undefined && /createElement(?:NS)?\(script\)\.src$/.test(path)
            ? outsideHost(file.prefixOf(node.right) ?? "")
            : undefined;
        if (host !== undefined) report({ messageId: "element", at: node, data: { host } });
      },
      CallExpression: visitCall,
      ImportExpression: visitCall,
      Property: markupIn,
      TaggedTemplateExpression: markupIn,
    };
  },
});
