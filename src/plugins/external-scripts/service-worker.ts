import { defineRule } from "../../contracts/index.js";

export const serviceWorker = defineRule({
  kind: "javascript",
  meta: {
    id: "external-scripts/service-worker",
    category: "external_script_loading",
    severity: "block",
    title: "Registers a service worker",
    description: "A service worker outlives the page and answers its requests. Frames have none.",
    messages: { registered: { text: "A service worker is registered.", fix: "Remove the registration." } },
    examples: {
      incorrect: ['navigator.serviceWorker.register("/sw.js")'],
      correct: ["const has = 'serviceWorker' in navigator", "registry.register('/sw.js')"],
    },
  },
  create({ file, report }) {
    return {
      CallExpression(node) {
        if (file.callOf(node)?.path === "navigator.serviceWorker.register") report({ messageId: "registered", at: node });
      },
    };
  },
});
