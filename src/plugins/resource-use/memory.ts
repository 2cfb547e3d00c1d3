import { defineRule } from "../../contracts/index.js";

export const memory = defineRule({
  kind: "behaviour",
  meta: {
    id: "resource-use/memory",
    category: "resource_use",
    severity: "block",
    title: "The bundle took too much memory",
    description: "While it was tried out, the bundle filled the memory or the stack that it was given.",
    messages: {
      memory: { text: "The bundle filled its memory.", fix: "Do not build very large strings, arrays or buffers." },
      stack: { text: "The bundle called itself without end.", fix: "Give the recursion an end." },
    },
    examples: { incorrect: [], correct: [] },
  },
  check({ behaviour, report }) {
    if (behaviour.stopped === "memory" || behaviour.stopped === "stack") report({ messageId: behaviour.stopped });
  },
});
