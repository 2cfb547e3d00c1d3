import type { Node } from "estree";
import type { Analysis } from "./analysis.js";
import { unknowable } from "./analysis.js";
import { toText } from "./fold-calls.js";

const maxHops = 24;

/** The text that an expression surely starts with: enough to see where an address leads when its end is computed. */
export function createPrefix(analysis: () => Analysis): (node: Node) => string | undefined {
  function textOf(node: Node): string | undefined {
    const value = analysis().fold(node);
    return value === unknowable || typeof value === "undefined" ? undefined : toText(value);
  }

  function prefixOf(node: Node, hops: number): string | undefined {
    const whole = textOf(node);
    if (whole !== undefined || hops > maxHops || !analysis().spend(1)) return whole;
    const follow = (next: Node | null | undefined): string | undefined => (next ? prefixOf(next, hops + 1) : undefined);
    switch (node.type) {
      case "BinaryExpression": {
        if (node.operator !== "+" || node.left.type === "PrivateIdentifier") return undefined;
        let left: Node = node;
        const rights: Node[] = [];
        while (left.type === "BinaryExpression" && left.operator === "+" && left.left.type !== "PrivateIdentifier") {
          rights.unshift(left.right);
          left = left.left;
        }
        return joined([left, ...rights], follow);
      }
      case "TemplateLiteral": {
        let text = node.quasis[0]?.value.cooked ?? "";
        for (const [index, expression] of node.expressions.entries()) {
          const part = textOf(expression);
          if (part === undefined) return `${text}${text === "" ? (follow(expression) ?? "") : ""}` || undefined;
          text += part + (node.quasis[index + 1]?.value.cooked ?? "");
        }
        return text;
      }
      case "Identifier": {
        const variable = analysis().bindings.variableOf(node);
        const writes = variable ? analysis().bindings.writesOf(variable) : [];
        const first = writes[0];
        const onlyGrows = writes.every((write, index) => index === 0 || write.kind === "append");
        return first?.kind === "whole" && first.keys?.length === 0 && onlyGrows ? follow(first.expression) : undefined;
      }
      case "CallExpression":
      case "NewExpression": {
        const call = analysis().callOf(node);
        if (call && /^(?:encodeURI|String|URL|Request|Object|decodeURI)$/.test(call.path)) return follow(call.args[0]);
        const callee = node.callee as Node;
        if (callee.type === "MemberExpression" && !callee.computed && callee.property.type === "Identifier") {
          if (callee.property.name === "concat" && callee.object.type !== "Super")
            return joined([callee.object, ...(node.arguments as Node[])], follow);
          if (/^(?:toString|trim|replace|join|replaceAll)$/.test(callee.property.name) && callee.object.type !== "Super")
            return follow(callee.object);
        }
        return undefined;
      }
      case "ArrayExpression":
        return follow(node.elements[0]);
      case "LogicalExpression":
        return follow(node.right) ?? follow(node.left);
      case "ConditionalExpression":
        return follow(node.consequent) ?? follow(node.alternate);
      case "AssignmentExpression":
        return node.operator === "=" ? follow(node.right) : undefined;
      case "SequenceExpression":
        return follow(node.expressions.at(-1));
      case "AwaitExpression":
        return follow(node.argument);
      case "ChainExpression":
        return follow(node.expression);
      default:
        return undefined;
    }
  }

  function joined(parts: readonly Node[], follow: (node: Node) => string | undefined): string | undefined {
    let text = "";
    for (const part of parts) {
      const known = textOf(part);
      if (known === undefined) return `${text}${text === "" ? (follow(part) ?? "") : ""}` || undefined;
      text += known;
    }
    return text;
  }

  return (node) => prefixOf(node, 0);
}
