import type { Variable } from "eslint-scope";
import type { Function as FunctionNode, Node } from "estree";
import type { Analysis } from "./analysis.js";
import { isFunction, type Write } from "./bindings.js";
import { startOf, type Tree } from "./tree.js";

const maxVisits = 600;
/** How many function borders (arguments, returns) a value is followed across. Beyond that, a large program relates everything to everything. */
const maxBorders = 3;
const mergers = /(?:^|\.)(?:assign|__assign|_extends|extend|merge|defaults|objectSpread2?|_objectSpread)$/;

interface Visit {
  readonly node: Node;
  /** Only this property of the value matters. */
  readonly key: string | undefined;
  readonly borders: number;
}

/**
 * Collects the paths whose value may reach an expression. Follows variables, property writes, containers, arguments, callbacks and
 * returns of local functions; properties are kept apart by name. Over-approximates within its bounds, and says nothing beyond them.
 */
export function createTrace(analysis: () => Analysis): (node: Node) => ReadonlySet<string> {
  const known = new Map<Node, ReadonlySet<string>>();
  return (start) => {
    const remembered = known.get(start);
    if (remembered) return remembered;
    const found = trace(start, analysis());
    known.set(start, found);
    return found;
  };
}

function trace(start: Node, analysis: Analysis): ReadonlySet<string> {
  const { bindings, tree } = analysis;
  const found = new Set<string>();
  const seen = new Map<Node, Set<string | undefined>>();
  const seenVariables = new Map<Variable, Set<string | undefined>>();
  const pending: Visit[] = [{ node: start, key: undefined, borders: 0 }];

  /** Whether a thing is new under this key; what was seen whole was seen in part. */
  const isNew = <Thing>(map: Map<Thing, Set<string | undefined>>, thing: Thing, key: string | undefined): boolean => {
    const keys = map.get(thing) ?? new Set();
    map.set(thing, keys);
    if (keys.has(undefined) || keys.has(key)) return false;
    keys.add(key);
    return true;
  };

  const visitVariable = (read: Node, variable: Variable, key: string | undefined, borders: number): void => {
    for (const write of liveWrites(bindings.writesOf(variable), read, tree)) {
      if (write.keys === undefined || write.kind === "part") pending.push({ node: write.expression, key: undefined, borders });
      else pending.push({ node: write.expression, key: write.keys[0] ?? key, borders });
    }
    if (!isNew(seenVariables, variable, key)) return;
    const wholes = bindings.writesOf(variable).filter((write) => write.kind === "whole");
    for (const write of bindings.memberWritesOf(variable)) {
      const matters = key === undefined || write.key === undefined || write.key === key;
      if (matters && !areApart(read, write.expression, wholes, tree)) pending.push({ node: write.expression, key: undefined, borders });
    }
    const parameter = bindings.parameterOf(variable);
    if (parameter && borders < maxBorders) visitParameter(parameter.fn, parameter.index, parameter.keys?.[0] ?? key, borders + 1);
  };

  const visitParameter = (fn: FunctionNode, index: number, key: string | undefined, borders: number): void => {
    const uses: Node[] = [fn];
    for (const reference of bindings.nameOf(fn)?.references.slice(0, 40) ?? []) uses.push(reference.identifier as Node);
    for (const use of uses) {
      const parent = tree.parentOf(use);
      if (parent?.type !== "CallExpression") continue;
      const argument = parent.arguments[index];
      if (parent.callee === use && argument) pending.push({ node: argument, key, borders });
      else if (parent.callee !== use && parent.callee.type === "MemberExpression")
        pending.push({ node: parent.callee.object, key: undefined, borders });
    }
  };

  const visitCall = (node: Extract<Node, { type: "CallExpression" | "NewExpression" }>, key: string | undefined, borders: number): void => {
    const call = analysis.callOf(node);
    if (call) found.add(`${call.path}()`);
    const callee = node.callee as Node;
    const merges = mergers.test(call?.path ?? (callee.type === "Identifier" ? callee.name : ""));
    const variable = callee.type === "Identifier" ? bindings.variableOf(callee) : undefined;
    const fn = isFunction(callee) ? callee : variable && bindings.functionOf(variable);
    const returned = fn ? bindings.returnsOf(fn) : [];
    if (returned.length > 0) {
      // What a known function gives back, it made from the arguments that its returns name; the others stay inside.
      if (borders < maxBorders) for (const result of returned) pending.push({ node: result, key, borders: borders + 1 });
      return;
    }
    for (const argument of call?.args ?? node.arguments) pending.push({ node: argument, key: merges ? key : undefined, borders });
    if (callee.type === "MemberExpression" && !merges) pending.push({ node: callee.object, key: undefined, borders });
  };

  const visit = ({ node, key, borders }: Visit): void => {
    const follow = (...nodes: readonly (Node | null | undefined)[]): void => {
      for (const next of nodes) if (next) pending.push({ node: next, key, borders });
    };
    switch (node.type) {
      case "Identifier": {
        const variable = bindings.variableOf(node);
        const path = analysis.pathOf(node);
        if (path !== undefined) found.add(key === undefined ? path : `${path}.${key}`);
        if (variable) visitVariable(node, variable, key, borders);
        return;
      }
      case "MemberExpression": {
        const path = analysis.pathOf(node);
        if (path !== undefined) found.add(path);
        const name = !node.computed && node.property.type === "Identifier" ? node.property.name : undefined;
        if (node.object.type !== "Super") pending.push({ node: node.object, key: name, borders });
        if (node.computed) pending.push({ node: node.property, key: undefined, borders });
        return;
      }
      case "CallExpression":
      case "NewExpression":
        visitCall(node, key, borders);
        return;
      case "ObjectExpression":
        for (const property of node.properties) {
          if (property.type === "SpreadElement") follow(property.argument);
          else if (key === undefined || property.computed || propertyName(property.key) === key)
            pending.push({ node: property.value, key: undefined, borders });
        }
        return;
      case "ArrayExpression":
        for (const element of node.elements) if (element) pending.push({ node: element, key: undefined, borders });
        return;
      case "TemplateLiteral":
        follow(...node.expressions);
        return;
      case "BinaryExpression":
        follow(node.left.type === "PrivateIdentifier" ? undefined : node.left, node.right);
        return;
      case "LogicalExpression":
        follow(node.left, node.right);
        return;
      case "AssignmentExpression":
        follow(node.right);
        return;
      case "ConditionalExpression":
        follow(node.consequent, node.alternate);
        return;
      case "SequenceExpression":
        follow(node.expressions.at(-1));
        return;
      case "ChainExpression":
        follow(node.expression);
        return;
      case "TaggedTemplateExpression":
        follow(...node.quasi.expressions);
        return;
      case "AwaitExpression":
      case "SpreadElement":
      case "YieldExpression":
      case "UnaryExpression":
        follow(node.argument);
        return;
      default:
    }
  };

  for (let visits = 0; visits < maxVisits && analysis.spend(1); visits += 1) {
    const next = pending.pop();
    if (!next) break;
    if (isNew(seen, next.node, next.key)) visit(next);
  }
  return found;
}

/**
 * The writes that a read may see. Minifiers use one variable for many things in turn: a write that surely ran before the read, in
 * the same function, hides those before it.
 */
function liveWrites(writes: readonly Write[], read: Node, tree: Tree): readonly Write[] {
  if (writes.length < 2 || writes.length > 200) return writes;
  for (let index = writes.length - 1; index > 0; index -= 1) {
    const write = writes[index];
    if (!write || write.kind !== "whole" || startOf(write.at) >= startOf(read)) continue;
    const block = surelyRunsIn(write.at, tree);
    if (block && stands(read, block, tree) && !stands(read, write.expression, tree)) return writes.slice(index);
  }
  return writes;
}

/** Whether a variable surely got another value between two uses of it: then they are about two different objects. */
function areApart(one: Node, other: Node, wholes: readonly Write[], tree: Tree): boolean {
  const [earlier, later] = startOf(one) < startOf(other) ? [one, other] : [other, one];
  return wholes.slice(0, 50).some(({ at }) => {
    if (startOf(at) <= startOf(earlier) || startOf(at) >= startOf(later)) return false;
    const block = surelyRunsIn(at, tree);
    return block !== undefined && stands(later, block, tree);
  });
}

/** The block or function body in which a node runs whenever the block does. */
function surelyRunsIn(node: Node, tree: Tree): Node | undefined {
  for (let child = node, parent = tree.parentOf(node); parent; child = parent, parent = tree.parentOf(parent)) {
    if (parent.type === "BlockStatement" || parent.type === "Program") return parent;
    if (parent.type === "ConditionalExpression" && child !== parent.test) return undefined;
    if (parent.type === "LogicalExpression" && child !== parent.left) return undefined;
    if (parent.type === "IfStatement" && child !== parent.test) return undefined;
    if (parent.type === "SwitchCase" || isFunction(parent)) return undefined;
    if (/^(?:For|While|DoWhile|Labeled)/.test(parent.type)) return undefined;
  }
  return undefined;
}

/** Whether a node stands in another without a function between. */
function stands(node: Node, inside: Node, tree: Tree): boolean {
  for (let current: Node | undefined = node, depth = 0; current && depth < 400; current = tree.parentOf(current), depth += 1) {
    if (current === inside) return true;
    if (isFunction(current)) return false;
  }
  return false;
}

function propertyName(key: Node): string | undefined {
  if (key.type === "Identifier") return key.name;
  return key.type === "Literal" ? String(key.value) : undefined;
}
