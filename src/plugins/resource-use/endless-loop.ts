import type { Node } from "estree";
import { defineRule } from "../../contracts/index.js";

const functions = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression", "ClassDeclaration", "ClassExpression"]);
const exits = new Set(["ReturnStatement", "ThrowStatement", "YieldExpression", "AwaitExpression"]);

/** Whether control can leave a loop's body. A `break` of an inner loop does not leave the outer one. */
function canLeave(body: Node): boolean {
  const pending: { node: Node; nested: boolean }[] = [{ node: body, nested: false }];
  for (let entry = pending.pop(); entry; entry = pending.pop()) {
    const { node, nested } = entry;
    if (functions.has(node.type)) continue;
    if (exits.has(node.type)) return true;
    if (node.type === "BreakStatement" && (!nested || node.label)) return true;
    if (node.type === "ContinueStatement" && node.label) return true;
    // A call may throw; only loops whose body calls nothing, or nothing but itself again, are certain.
    const inner = nested || /^(?:For|While|DoWhile|Switch)/.test(node.type);
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? value : [value]) {
        if (typeof child === "object" && child !== null && typeof (child as { type?: unknown }).type === "string")
          pending.push({ node: child as Node, nested: inner });
      }
    }
  }
  return false;
}

export const endlessLoop = defineRule({
  kind: "javascript",
  meta: {
    id: "resource-use/endless-loop",
    category: "resource_use",
    severity: "block",
    title: "A loop without an end",
    description: "A loop whose condition is always true and whose body has no way out freezes the frame.",
    messages: { endless: { text: "This loop never ends.", fix: "Give the loop a condition or a break." } },
    examples: {
      incorrect: ["while (true) {}", "for (;;) { count++ }", "button.onclick = () => { while (1); }", "do { work() } while (!0)"],
      correct: [
        "while (true) { if (done()) break }",
        "function scan() { for (;;) { const next = read(); if (!next) return next } }",
        "for (let i = 0; i < 3; i++) {}",
        "async function poll() { while (true) { await wait() } }",
      ],
    },
  },
  create({ file, report }) {
    const judge = (node: Node & { start: number; end: number }, test: Node | null | undefined, body: Node): void => {
      if (test && !file.valueOf(test)) return;
      if (!canLeave(body)) report({ messageId: "endless", at: node });
    };
    return {
      WhileStatement: (node) => judge(node, node.test, node.body),
      DoWhileStatement: (node) => judge(node, node.test, node.body),
      ForStatement: (node) => judge(node, node.test, node.body),
    };
  },
});
