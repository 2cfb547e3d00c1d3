import { defineRule, outsideHost } from "../../contracts/index.js";

const sending = /^request\.(?:fetch|xhr|websocket|eventsource|beacon|webtransport|worker)$/;

export const triedAtRunTime = defineRule({
  kind: "behaviour",
  meta: {
    id: "network/tried-at-run-time",
    category: "data_exfiltration",
    severity: "block",
    title: "The bundle sent a request to an outside address",
    description: "While it was tried out, the bundle asked for an outside address or called a server.",
    messages: {
      sent: {
        text: "A request went to {address} after {at} ms ({kind}).",
        fix: "Remove the request. Data comes from window.gro.context, changes go through window.gro.",
      },
    },
    examples: { incorrect: [], correct: [] },
  },
  check({ behaviour, report }) {
    const told = new Set<string>();
    for (const { kind, target, at } of behaviour.events) {
      const host = sending.test(kind) ? outsideHost(target) : undefined;
      if (host === undefined || told.has(host)) continue;
      told.add(host);
      report({ messageId: "sent", data: { address: target, at, kind: kind.slice(8) } });
    }
  },
});
