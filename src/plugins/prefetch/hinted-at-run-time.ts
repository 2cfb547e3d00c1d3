import { defineRule, outsideHost } from "../../contracts/index.js";

export const hintedAtRunTime = defineRule({
  kind: "behaviour",
  meta: {
    id: "prefetch/hinted-at-run-time",
    category: "data_exfiltration",
    severity: "block",
    title: "The bundle made the browser contact another host",
    description: "While it was tried out, the bundle added a link that contacts an outside host.",
    messages: { hinted: { text: "A link contacts another host: {link}", fix: "Remove it; put styles and fonts into the bundle." } },
    examples: { incorrect: [], correct: [] },
  },
  check({ behaviour, report }) {
    for (const { kind, target } of behaviour.events) {
      const address = target.slice(target.lastIndexOf(" ") + 1);
      if (
        kind === "request.link" &&
        !/^(?:stylesheet|(?:shortcut )?icon|canonical|alternate|help|license|author) /i.test(target) &&
        outsideHost(address) !== undefined
      )
        report({ messageId: "hinted", data: { link: target } });
    }
  },
});
