import type { Node } from "estree";
import type { Analysis } from "./analysis.js";
import { unknowable } from "./analysis.js";
import { toText } from "./fold-calls.js";

const properties = /^(?:innerHTML|outerHTML|srcdoc|__html|template)$/;
/** Methods that take markup, with the argument that holds it. */
const methods: Readonly<Record<string, number>> = {
  write: 0,
  writeln: 0,
  insertAdjacentHTML: 1,
  createContextualFragment: 0,
  parseFromString: 0,
  setHTMLUnsafe: 0,
  html: 0,
  append: 0,
  prepend: 0,
  before: 0,
  after: 0,
  $: 0,
  jQuery: 0,
};
const maxPieces = 400;

/**
 * The markup that a node hands to the page, with `x` where a piece is computed; undefined for any other node. Text that is only kept
 * or shown (documentation, examples) is not markup.
 */
export function createMarkup(analysis: () => Analysis): (node: Node) => string | undefined {
  return (node) => {
    const source = markupSource(node);
    if (!source) return undefined;
    let left = maxPieces;
    const text = pieces(source, 0);
    return text.includes("<") ? text : undefined;

    function pieces(part: Node, depth: number): string {
      left -= 1;
      if (left < 0 || depth > 12) return "x";
      const value = analysis().fold(part);
      const known = value === unknowable ? undefined : toText(value);
      if (known !== undefined) return known;
      const next = (inner: Node | null | undefined): string => (inner ? pieces(inner, depth + 1) : "");
      switch (part.type) {
        case "TemplateLiteral":
          return part.quasis.map((quasi, index) => `${quasi.value.cooked ?? ""}${next(part.expressions[index])}`).join("");
        case "BinaryExpression":
          return part.left.type === "PrivateIdentifier" ? "x" : `${next(part.left)}${next(part.right)}`;
        case "ConditionalExpression":
          return `${next(part.consequent)}${next(part.alternate)}`;
        case "LogicalExpression":
          return `${next(part.left)}${next(part.right)}`;
        case "ArrayExpression":
          return part.elements.map((element) => next(element)).join("");
        case "Identifier": {
          const variable = analysis().bindings.variableOf(part);
          const writes = variable ? analysis().bindings.writesOf(variable) : [];
          if (writes.length === 0 || writes.length > 20) return "x";
          return writes.map((write) => (write.keys?.length === 0 && write.kind !== "part" ? next(write.expression) : "x")).join("");
        }
        case "CallExpression": {
          const callee = part.callee;
          if (callee.type === "MemberExpression" && callee.object.type !== "Super") return next(callee.object);
          return "x";
        }
        default:
          return "x";
      }
    }
  };

  function markupSource(node: Node): Node | undefined {
    switch (node.type) {
      case "AssignmentExpression":
        return node.left.type === "MemberExpression" && properties.test(keyOf(node.left) ?? "") ? node.right : undefined;
      case "Property":
        return node.key.type === "Identifier" && !node.computed && properties.test(node.key.name) ? node.value : undefined;
      case "TaggedTemplateExpression":
        return node.tag.type === "Identifier" && /^(?:html|svg)$/i.test(node.tag.name) ? node.quasi : undefined;
      case "CallExpression": {
        const callee = node.callee;
        const name = callee.type === "MemberExpression" ? keyOf(callee) : callee.type === "Identifier" ? callee.name : undefined;
        const index = name !== undefined && Object.hasOwn(methods, name) ? methods[name] : undefined;
        return index === undefined ? undefined : node.arguments[index];
      }
      default:
        return undefined;
    }
  }

  function keyOf(member: Extract<Node, { type: "MemberExpression" }>): string | undefined {
    if (!member.computed) return member.property.type === "Identifier" ? member.property.name : undefined;
    const value = analysis().fold(member.property);
    return typeof value === "string" ? value : undefined;
  }
}
