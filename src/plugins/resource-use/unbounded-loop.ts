import { defineRule } from "../../contracts/index.js";

export const unboundedLoop = defineRule({
  kind: "behaviour",
  meta: {
    id: "resource-use/unbounded-loop",
    category: "resource_use",
    severity: "block",
    title: "The bundle did not come to an end",
    description:
      "While it was tried out, one piece of the bundle ran until it was stopped: an endless loop, endless promises, or work that is far too long.",
    messages: {
      stopped: {
        text: "The bundle ran without end and was stopped.",
        fix: "Find the loop that never ends. Split long work into steps with setTimeout.",
      },
    },
    examples: { incorrect: [], correct: [] },
  },
  check({ behaviour, report }) {
    if (behaviour.stopped === "time") report({ messageId: "stopped" });
  },
});
