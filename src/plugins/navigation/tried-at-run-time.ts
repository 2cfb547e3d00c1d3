import { defineRule, outsideHost } from "../../contracts/index.js";

const kinds = /^(?:navigate(?:\.\w+)?|open|request\.(?:form|base)|form\.action)$/;

export const triedAtRunTime = defineRule({
  kind: "behaviour",
  meta: {
    id: "navigation/tried-at-run-time",
    category: "navigation",
    severity: "block",
    title: "The bundle led to another site",
    description: "While it was tried out, the bundle sent the frame, the page, a new window or a form to an outside address.",
    messages: { left: { text: "{kind} to {address} after {at} ms.", fix: "Remove the navigation. A widget stays in its frame." } },
    examples: { incorrect: [], correct: [] },
  },
  check({ behaviour, report }) {
    for (const { kind, target, at } of behaviour.events) {
      const outside = kinds.test(kind) && outsideHost(target) !== undefined;
      if (outside || kind === "navigate.meta" || kind === "navigate.top" || kind === "navigate.parent")
        report({ messageId: "left", data: { kind, address: target, at } });
    }
  },
});
