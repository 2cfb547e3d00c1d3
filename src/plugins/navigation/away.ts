import { defineRule, outsideHost } from "../../contracts/index.js";

export const away = defineRule({
  kind: "behaviour",
  meta: {
    id: "navigation/away",
    category: "navigation",
    severity: "warn",
    title: "The bundle leaves its own document",
    description: "The frame shows one document. A widget that navigates it away is removed by the host; links to other sites do nothing.",
    messages: {
      away: { text: "The bundle navigates to {address}.", fix: "Change what is shown with script instead of loading another document." },
      link: { text: "A link leads to {address}; it does nothing in the frame.", fix: "Show the address as text, or leave the link out." },
    },
    examples: { incorrect: [], correct: [] },
  },
  check({ behaviour, report }) {
    for (const { kind, target } of behaviour.events) {
      const outside = outsideHost(target) !== undefined;
      if (kind === "navigate" && !outside) report({ messageId: "away", data: { address: target } });
      if (kind === "link" && outside) report({ messageId: "link", data: { address: target } });
    }
  },
});
