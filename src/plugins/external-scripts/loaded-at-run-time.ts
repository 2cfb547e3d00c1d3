import { defineRule, outsideHost } from "../../contracts/index.js";

export const loadedAtRunTime = defineRule({
  kind: "behaviour",
  meta: {
    id: "external-scripts/loaded-at-run-time",
    category: "external_script_loading",
    severity: "block",
    title: "The bundle loaded a script from another host",
    description: "While it was tried out, the bundle asked for code from an outside address, or registered a service worker.",
    messages: {
      loaded: { text: "Code was loaded from {address}.", fix: "Bundle the library into the widget." },
      service: { text: "A service worker was registered: {address}.", fix: "Remove it; widgets have no service worker." },
    },
    examples: { incorrect: [], correct: [] },
  },
  check({ behaviour, report }) {
    for (const { kind, target } of behaviour.events) {
      if (
        (kind === "request.script" || kind === "request.import") &&
        (outsideHost(target) !== undefined || /^(?:data|blob):/i.test(target))
      )
        report({ messageId: "loaded", data: { address: target } });
      if (kind === "worker.service") report({ messageId: "service", data: { address: target } });
    }
  },
});
