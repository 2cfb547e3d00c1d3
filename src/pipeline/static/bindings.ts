import { analyze, type Reference, type Scope, type Variable } from "eslint-scope";
import type { AssignmentExpression, Function as FunctionNode, Identifier, Node, Program } from "estree";
import type { Tree } from "./tree.js";
import { startOf } from "./tree.js";

/** One way a variable gets a value: `expression`, then the property keys that a destructuring pattern takes from it. */
export interface Write {
  readonly expression: Node;
  /** undefined when the pattern cannot be followed (rest, computed key). */
  readonly keys: readonly string[] | undefined;
  /** `whole`: the variable becomes the value. `append`: `+=`. `part`: an element or some function of it. */
  readonly kind: "whole" | "append" | "part";
  readonly at: Node;
}

/** A value put into a variable's object: `v.key = expression`, `v.push(expression)`. */
export interface MemberWrite {
  readonly key: string | undefined;
  readonly expression: Node;
}

export interface Bindings {
  variableOf(identifier: Node): Variable | undefined;
  writesOf(variable: Variable): readonly Write[];
  memberWritesOf(variable: Variable): readonly MemberWrite[];
  /** The function that a variable names, when it is written once. */
  functionOf(variable: Variable): FunctionNode | undefined;
  /** The variable whose only value is this function. */
  nameOf(fn: FunctionNode): Variable | undefined;
  parameterOf(
    variable: Variable,
  ): { readonly fn: FunctionNode; readonly index: number; readonly keys: readonly string[] | undefined } | undefined;
  returnsOf(fn: FunctionNode): readonly Node[];
}

const functionTypes = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);
const browserNames =
  /^(?:location|document|window|self|top|parent|frames|opener|name|status|event|navigator|fetch|eval|Function|on[a-z]+)$/;
const adders = new Set(["push", "unshift", "add", "set", "append", "concat", "splice", "fill"]);

export function isFunction(node: Node | undefined): node is FunctionNode {
  return node !== undefined && functionTypes.has(node.type);
}

/** Scope analysis by eslint-scope, indexed the way the folding and tracing code asks. */
export function bindNames(program: Program, tree: Tree, format: "script" | "module"): Bindings {
  const manager = analyze(program, { ecmaVersion: 2025, sourceType: format, ignoreEval: true });
  const variables = new Map<Node, Variable>();
  const writes = new Map<Variable, Write[]>();
  const memberWrites = new Map<Variable, MemberWrite[]>();
  const names = new Map<FunctionNode, Variable>();
  const returns = new Map<FunctionNode, Node[]>();

  const implicit =
    (manager.globalScope as unknown as { implicit?: { set?: Map<string, Variable> } } | null)?.implicit?.set ?? new Map<string, Variable>();

  const lookUp = (reference: Reference, from: Scope): Variable | undefined => {
    if (reference.resolved) return reference.resolved;
    // Global `var`s and names inside `with` stay unresolved in eslint-scope: the nearest declaration of the name is it.
    for (let scope: Scope | null = from; scope; scope = scope.upper) {
      const found = scope.set.get(reference.identifier.name);
      if (found && found.defs.length > 0) return found;
    }
    // `x = 1` without a declaration makes a global, unless the browser has one of that name.
    const name = reference.identifier.name;
    return browserNames.test(name) ? undefined : implicit.get(name);
  };

  for (const scope of manager.scopes) {
    for (const variable of scope.variables) {
      for (const definition of variable.defs) {
        if (definition.type === "FunctionName")
          push(writes, variable, { expression: definition.node, keys: [], kind: "whole", at: definition.name });
        variables.set(definition.name, variable);
      }
    }
    for (const reference of scope.references) {
      const variable = lookUp(reference, scope);
      if (!variable) continue;
      variables.set(reference.identifier as Node, variable);
    }
  }
  // A second pass: a write may come before the declaration that it belongs to.
  for (const scope of manager.scopes) {
    for (const reference of scope.references) {
      if (!reference.isWrite()) continue;
      const variable = variables.get(reference.identifier as Node);
      const write = variable && describeWrite(reference.identifier as Identifier, reference, tree);
      if (write) push(writes, variable, write);
    }
  }
  for (const node of tree.nodes) {
    if (node.type === "AssignmentExpression" && node.left.type === "MemberExpression") {
      const target = rootVariable(node.left.object, variables);
      if (target) push(memberWrites, target, { key: keyOf(node.left), expression: node.right });
    } else if (node.type === "CallExpression" && node.callee.type === "MemberExpression") {
      const name = keyOf(node.callee);
      const target = name !== undefined && adders.has(name) ? rootVariable(node.callee.object, variables) : undefined;
      if (target) for (const argument of node.arguments) push(memberWrites, target, { key: undefined, expression: argument });
    } else if (node.type === "ReturnStatement" && node.argument) {
      const fn = enclosingFunction(node, tree);
      if (fn) push(returns, fn, node.argument);
    } else if (node.type === "ArrowFunctionExpression" && node.body.type !== "BlockStatement") push(returns, node, node.body);
  }
  for (const list of writes.values()) list.sort((a, b) => startOf(a.at) - startOf(b.at));
  for (const [variable, list] of writes) {
    const only = list[0];
    if (list.length === 1 && only?.kind === "whole" && only.keys?.length === 0 && isFunction(only.expression))
      names.set(only.expression, variable);
  }

  return {
    variableOf: (identifier) => variables.get(identifier),
    writesOf: (variable) => writes.get(variable) ?? [],
    memberWritesOf: (variable) => memberWrites.get(variable) ?? [],
    nameOf: (fn) => names.get(fn),
    functionOf(variable) {
      const list = writes.get(variable) ?? [];
      const only = list[0];
      return list.length === 1 && only?.kind === "whole" && only.keys?.length === 0 && isFunction(only.expression)
        ? only.expression
        : undefined;
    },
    parameterOf(variable) {
      const definition = variable.defs.find((entry) => entry.type === "Parameter");
      if (!definition || !isFunction(definition.node)) return undefined;
      const fn = definition.node;
      const index = (definition as { index?: number }).index ?? 0;
      const pattern = fn.params[index];
      const keys = pattern === undefined ? undefined : patternKeys(definition.name, pattern, tree);
      return { fn, index, keys };
    },
    returnsOf: (fn) => returns.get(fn) ?? [],
  };
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function keyOf(member: { computed: boolean; property: Node }): string | undefined {
  if (!member.computed && member.property.type === "Identifier") return member.property.name;
  if (member.property.type === "Literal" && typeof member.property.value !== "object") return String(member.property.value);
  return undefined;
}

function rootVariable(node: Node, variables: Map<Node, Variable>): Variable | undefined {
  let current = node;
  for (let depth = 0; depth < 16 && current.type === "MemberExpression"; depth += 1) current = current.object;
  return current.type === "Identifier" ? variables.get(current) : undefined;
}

export function enclosingFunction(node: Node, tree: Tree): FunctionNode | undefined {
  let current = tree.parentOf(node);
  while (current && !isFunction(current)) current = tree.parentOf(current);
  return current;
}

function describeWrite(identifier: Identifier, reference: Reference, tree: Tree): Write | undefined {
  const expression = reference.writeExpr as Node | null;
  // `i++` writes without an expression: the variable is no constant.
  if (!expression) return { expression: identifier, keys: undefined, kind: "part", at: identifier };
  let root: Node = identifier;
  for (let parent = tree.parentOf(root); parent; parent = tree.parentOf(root)) {
    if (parent.type === "VariableDeclarator") {
      const loop = tree.parentOf(tree.parentOf(parent) ?? parent);
      const looped = (loop?.type === "ForOfStatement" || loop?.type === "ForInStatement") && loop.left === tree.parentOf(parent);
      return { expression, keys: patternKeys(identifier, parent.id, tree), kind: looped ? "part" : "whole", at: identifier };
    }
    if (parent.type === "AssignmentExpression" && parent.left === root) {
      return { expression, keys: patternKeys(identifier, parent.left, tree), kind: assignmentKind(parent), at: identifier };
    }
    // A default value: one of the things that it may be.
    if (parent.type === "AssignmentPattern" && parent.right === expression) return { expression, keys: [], kind: "part", at: identifier };
    if (!/Pattern$|^Property$|^RestElement$/.test(parent.type)) break;
    root = parent;
  }
  return { expression, keys: undefined, kind: "part", at: identifier };
}

function assignmentKind(assignment: AssignmentExpression): Write["kind"] {
  if (["=", "||=", "??=", "&&="].includes(assignment.operator)) return "whole";
  return assignment.operator === "+=" ? "append" : "part";
}

/** The keys from a pattern's root down to one of its names: `{ a: [x] }` gives `["a", "0"]` for x. */
function patternKeys(name: Node, pattern: Node, tree: Tree): readonly string[] | undefined {
  const keys: string[] = [];
  for (let node = name; node !== pattern; ) {
    const parent = tree.parentOf(node);
    if (!parent) return undefined;
    if (parent.type === "Property") {
      const key: Node = parent.key;
      if (parent.computed || (key.type !== "Identifier" && key.type !== "Literal")) return undefined;
      keys.unshift(key.type === "Identifier" ? key.name : String(key.value));
    } else if (parent.type === "ArrayPattern") keys.unshift(String(parent.elements.indexOf(node as never)));
    else if (parent.type === "RestElement") return undefined;
    node = parent;
  }
  return keys;
}
