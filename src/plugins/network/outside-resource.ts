import { defineRule, outsideHost } from "../../contracts/index.js";

export const outsideResource = defineRule({
  kind: "behaviour",
  meta: {
    id: "network/outside-resource",
    category: "external_script_loading",
    severity: "warn",
    title: "An image, style or media file from another host",
    description: "The frame loads nothing from other hosts: the picture or style will be missing.",
    messages: { loaded: { text: "{address} will not load in the frame.", fix: "Put the file into the bundle as a data: address." } },
    examples: { incorrect: [], correct: [] },
  },
  check({ behaviour, report }) {
    for (const { kind, target } of behaviour.events) {
      if (/^request\.(?:image|media|css)$/.test(kind) && outsideHost(target) !== undefined)
        report({ messageId: "loaded", data: { address: target } });
    }
  },
});
