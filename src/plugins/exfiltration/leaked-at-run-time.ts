import { defineRule } from "../../contracts/index.js";

export const leakedAtRunTime = defineRule({
  kind: "behaviour",
  meta: {
    id: "exfiltration/leaked-at-run-time",
    category: "data_exfiltration",
    severity: "block",
    title: "The bundle sent sample data away",
    description:
      "While it was tried out with sample data, some of that data was found in something that leaves the frame, as it is or encoded.",
    messages: {
      leak: { text: "Left the frame: {what}", fix: "Remove it. Customer data may only go through window.gro." },
      beacon: {
        text: "An address was built to carry something away: {address}",
        fix: "Load no images or styles from addresses that code puts together.",
      },
    },
    examples: { incorrect: [], correct: [] },
  },
  check({ behaviour, report }) {
    for (const { kind, target } of behaviour.events) {
      if (kind === "leak") report({ messageId: "leak", data: { what: target } });
      else if (kind === "beacon" && /^\w+ (?:\S+ )?[\t\n]*(?:[a-z]+:|[\\/]{2})/i.test(target) && !/ (?:data|blob):/i.test(target))
        report({ messageId: "beacon", data: { address: target } });
    }
  },
});
