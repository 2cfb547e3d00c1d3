import type { Node } from "estree";
import { defineRule } from "../../contracts/index.js";

const password = /<input\b[^>]{0,300}?\btype\s*=\s*["']?password\b/i;
const card =
  /<input\b[^>]{0,300}?\b(?:autocomplete\s*=\s*["']?cc-(?:number|csc|exp)|(?:name|id)\s*=\s*["']?(?:card[-_]?number|cardnumber|cc[-_]?(?:number|num|csc|cvv)|cvv2?|cvc)\b)/i;

export const secretField = defineRule({
  kind: "javascript",
  meta: {
    id: "phishing/secret-field",
    category: "phishing",
    severity: "block",
    title: "Asks for a password or a card number",
    description:
      "Customers sign in and pay in the portal. A widget has no use for a password or a card, so a field for one only serves to steal it.",
    messages: {
      password: { text: "Markup asks for a password.", fix: "Remove the field; the customer is signed in already." },
      card: { text: "Markup asks for a payment card.", fix: "Remove the field; payments belong to the portal." },
    },
    examples: {
      incorrect: [
        'root.innerHTML = \'<input type="password" name="p">\'',
        "root.innerHTML = `<label>Card <input autocomplete=cc-number></label>`",
        'const f = document.createElement("input"); f.type = "password"',
      ],
      correct: [
        'root.innerHTML = \'<input type="number" id="weight">\'',
        "const types = { text: true, password: true }",
        "input.type = kind",
      ],
    },
  },
  create({ file, report }) {
    const markupIn = (node: Node & { start: number; end: number }): void => {
      const value = file.markupOf(node);
      if (value === undefined) return;
      if (!value.includes("<input")) return;
      if (password.test(value)) report({ messageId: "password", at: node });
      if (card.test(value)) report({ messageId: "card", at: node });
    };
    return {
      CallExpression: markupIn,
      Property: markupIn,
      TaggedTemplateExpression: markupIn,
      AssignmentExpression(node) {
        markupIn(node);
        if (file.pathOf(node.left)?.endsWith("createElement(input).type") && file.valueOf(node.right) === "password")
          report({ messageId: "password", at: node });
      },
    };
  },
});
