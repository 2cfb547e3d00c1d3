import type { Node, Program } from "estree";

/** Every node in source order, with its parent. Built without recursion: a chain of a million members is only long. */
export interface Tree {
  readonly nodes: readonly Node[];
  parentOf(node: Node): Node | undefined;
}

const skipped = new Set(["type", "start", "end", "loc", "range", "regex", "value", "raw", "bigint", "operator", "kind", "name"]);
/** Types whose keys are not in source order, or where a node hides behind a skipped key. */
const keysOf: { readonly [type: string]: readonly string[] } = {
  Property: ["key", "value"],
  PropertyDefinition: ["key", "value"],
  MethodDefinition: ["key", "value"],
};

function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  const record = node as unknown as Record<string, unknown>;
  for (const key of keysOf[node.type] ?? Object.keys(record)) {
    if (skipped.has(key) && keysOf[node.type] === undefined) continue;
    const value = record[key];
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) children.push(item);
    } else if (isNode(value)) children.push(value);
  }
  // A shorthand property holds the same identifier twice; templates hold quasis after expressions.
  if (node.type === "Property" && node.shorthand && children.length === 2) children.shift();
  if (node.type === "TemplateLiteral") children.sort((a, b) => startOf(a) - startOf(b));
  return children;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";
}

export function startOf(node: Node): number {
  return (node as Node & { start: number }).start;
}

export function endOf(node: Node): number {
  return (node as Node & { end: number }).end;
}

export function growTree(program: Program): Tree {
  const nodes: Node[] = [];
  const parents = new Map<Node, Node>();
  const pending: Node[] = [program];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    nodes.push(node);
    const children = childrenOf(node);
    for (let index = children.length - 1; index >= 0; index -= 1) {
      const child = children[index];
      if (child === undefined) continue;
      parents.set(child, node);
      pending.push(child);
    }
  }
  return { nodes, parentOf: (node) => parents.get(node) };
}
