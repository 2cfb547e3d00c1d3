import type { Node, Program } from "estree";

/** Every node in source order, with its parent. Built without recursion: a chain of a million members is only long. */
export interface Tree {
  readonly nodes: readonly Node[];
  parentOf(node: Node): Node | undefined;
}

type Linked = Node & { start: number; end: number; range?: [number, number]; body?: unknown };

const plain = new Set(["type", "start", "end", "loc", "range", "regex", "raw", "bigint", "operator", "kind", "name"]);
/** The keys of each type that hold nodes, as the parser's first node of the type shows them: it always sets them all. */
const keysOfType = new Map<string, readonly string[]>();

function keysOf(node: Linked): readonly string[] {
  const known = keysOfType.get(node.type);
  if (known) return known;
  const keys = Object.keys(node).filter((key) => !plain.has(key) && !(node.type === "Literal" || node.type === "TemplateElement"));
  keysOfType.set(node.type, keys);
  return keys;
}

function isNode(value: unknown): value is Linked {
  return typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";
}

export function startOf(node: Node): number {
  return (node as Linked).start;
}

export function endOf(node: Node): number {
  return (node as Linked).end;
}

export function growTree(program: Program): Tree {
  const nodes: Node[] = [];
  const pending: Linked[] = [program as Linked];
  const children: Linked[] = [];
  // Beside the nodes, not on them: a rule that walks a node by itself must not come back to where it started.
  const parents = new Map<Node, Node>();
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    nodes.push(node);
    children.length = 0;
    const record = node as unknown as Readonly<Record<string, unknown>>;
    // A shorthand property holds the same identifier twice.
    const keys = node.type === "Property" && node.shorthand ? valueOnly : keysOf(node);
    for (const key of keys) {
      const value = record[key];
      if (Array.isArray(value)) {
        for (const item of value) if (isNode(item)) children.push(item);
      } else if (isNode(value)) children.push(value);
    }
    // Templates hold their texts after their expressions.
    if (node.type === "TemplateLiteral") children.sort((a, b) => a.start - b.start);
    for (let index = children.length - 1; index >= 0; index -= 1) {
      const child = children[index] as Linked;
      parents.set(child, node);
      pending.push(child);
    }
    // Scope analysis compares the ranges of names and function bodies; on every node they would cost a third of the parse.
    if (node.type === "Identifier") node.range = [node.start, node.end];
    else if (/Function/.test(node.type) && isNode(node.body)) node.body.range = [node.body.start, node.body.end];
  }
  return { nodes, parentOf: (node) => parents.get(node) };
}

const valueOnly: readonly string[] = ["value"];
