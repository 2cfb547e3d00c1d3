import { defineRule } from "../../contracts/index.js";

export const madeAtRunTime = defineRule({
  kind: "behaviour",
  meta: {
    id: "nested-documents/made-at-run-time",
    category: "external_script_loading",
    severity: "block",
    title: "The bundle put a document into its document",
    description: "While it was tried out, the bundle gave an iframe, object or embed something to show.",
    messages: { made: { text: "A nested document was made: {address}", fix: "Draw into the widget's own document." } },
    examples: { incorrect: [], correct: [] },
  },
  check({ behaviour, report }) {
    for (const { kind, target } of behaviour.events)
      if (kind === "frame.srcdoc" || kind === "request.frame") report({ messageId: "made", data: { address: target } });
  },
});
