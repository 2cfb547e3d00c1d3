import { defineRule } from "../../contracts/index.js";

export const askedAtRunTime = defineRule({
  kind: "behaviour",
  meta: {
    id: "phishing/asked-at-run-time",
    category: "phishing",
    severity: "block",
    title: "The bundle asked for a password or a card number",
    description: "While it was tried out, the bundle showed a field for a password or a payment card, or a dialog that asks for one.",
    messages: {
      field: { text: "A field for a {what} was shown.", fix: "Remove the field; sign-in and payment belong to the portal." },
      dialog: { text: "A dialog asks: {text}", fix: "Remove the dialog." },
    },
    examples: { incorrect: [], correct: [] },
  },
  check({ behaviour, report }) {
    for (const { kind, target } of behaviour.events) {
      if (kind === "field.password" || kind === "field.card")
        report({ messageId: "field", data: { what: kind === "field.card" ? "payment card" : "password" } });
      if (kind === "dialog.prompt" && /passw|pin\b|card|cvv|cvc|security code|iban/i.test(target))
        report({ messageId: "dialog", data: { text: target } });
    }
  },
});
