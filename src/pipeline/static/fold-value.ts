import type { Variable } from "eslint-scope";
import type { CallExpression, Function as FunctionNode, MemberExpression, NewExpression, Node } from "estree";
import { type Analysis, type Environment, type Folded, regexp, unknowable } from "./analysis.js";
import { isFunction } from "./bindings.js";
import { applyGlobal, applyMethod, toText } from "./fold-calls.js";
import { foldBinary, foldUnary } from "./fold-operators.js";
import { startOf } from "./tree.js";

const maxDepth = 200;
const none: Environment = new Map();

/**
 * Folds an expression to the value that it always has, without running any of the file's code: constants, concatenation,
 * templates, arrays, string and array methods, the decoders, and local functions that only return an expression.
 */
export function createFold(analysis: () => Analysis): (node: Node, environment?: Environment) => Folded {
  const known = new Map<Node, Folded>();
  const running = new Set<Node>();
  let depth = 0;

  function fold(node: Node, environment: Environment = none): Folded {
    const remembered = environment === none ? known.get(node) : undefined;
    if (remembered !== undefined) return remembered;
    if (depth > maxDepth || running.size > 2000 || (environment === none && running.has(node)) || !analysis().spend(1)) return unknowable;
    depth += 1;
    if (environment === none) running.add(node);
    const value = compute(node, environment);
    depth -= 1;
    if (environment === none) {
      running.delete(node);
      known.set(node, value);
    }
    return value;
  }

  function compute(node: Node, environment: Environment): Folded {
    switch (node.type) {
      case "Literal":
        if ("regex" in node) return regexp;
        return typeof node.value === "bigint" ? unknowable : node.value;
      case "TemplateLiteral":
        return foldTemplate(
          node.quasis.map((quasi) => quasi.value.cooked ?? ""),
          node.expressions.map((expression) => fold(expression, environment)),
        );
      case "TaggedTemplateExpression":
        if (analysis().pathOf(node.tag) !== "String.raw") return unknowable;
        return foldTemplate(
          node.quasi.quasis.map((quasi) => quasi.value.raw),
          node.quasi.expressions.map((expression) => fold(expression, environment)),
        );
      case "BinaryExpression":
        return node.left.type === "PrivateIdentifier" ? unknowable : foldChain(node, environment);
      case "UnaryExpression":
        return foldUnary(node.operator, fold(node.argument, environment));
      case "LogicalExpression": {
        const left = fold(node.left, environment);
        if (left === unknowable) return unknowable;
        if (node.operator === "??") return left ?? fold(node.right, environment);
        return (node.operator === "||") === Boolean(left) ? left : fold(node.right, environment);
      }
      case "ConditionalExpression": {
        const test = fold(node.test, environment);
        return test === unknowable ? unknowable : fold(test ? node.consequent : node.alternate, environment);
      }
      case "SequenceExpression":
        return fold(node.expressions.at(-1) as Node, environment);
      case "AssignmentExpression":
        return node.operator === "=" ? fold(node.right, environment) : unknowable;
      case "ChainExpression":
        return fold(node.expression, environment);
      case "ArrayExpression":
        return foldArray(node.elements, environment);
      case "ObjectExpression":
        return foldObject(node.properties, environment);
      case "Identifier":
        return foldIdentifier(node, environment);
      case "MemberExpression":
        return foldMember(node, environment);
      case "CallExpression":
      case "NewExpression":
        return foldCall(node, environment);
      default:
        return unknowable;
    }
  }

  /** `a + b + c + …` leans left: followed with a loop, however long it is. */
  function foldChain(node: Extract<Node, { type: "BinaryExpression" }>, environment: Environment): Folded {
    const operations: { operator: string; right: Node }[] = [];
    let left: Node = node;
    while (left.type === "BinaryExpression" && left.left.type !== "PrivateIdentifier") {
      operations.push({ operator: left.operator, right: left.right });
      left = left.left;
    }
    if (!analysis().spend(operations.length)) return unknowable;
    let value = fold(left, environment);
    for (const operation of operations.reverse()) {
      if (value === unknowable) return unknowable;
      value = foldBinary(operation.operator, value, fold(operation.right, environment));
      if (typeof value === "string" && !analysis().spend(value.length >> 6)) return unknowable;
    }
    return value;
  }

  function foldTemplate(quasis: readonly string[], values: readonly Folded[]): Folded {
    let text = quasis[0] ?? "";
    for (const [index, value] of values.entries()) {
      const part = toText(value);
      if (part === undefined) return unknowable;
      text += part + (quasis[index + 1] ?? "");
    }
    return text;
  }

  function foldArray(elements: readonly (Node | null)[], environment: Environment): Folded {
    if (elements.length > 20_000) return unknowable;
    const items: Folded[] = [];
    for (const element of elements) {
      if (element?.type === "SpreadElement") {
        const spread = fold(element.argument, environment);
        if (typeof spread === "string") items.push(...spread.slice(0, 65_536));
        else if (Array.isArray(spread)) items.push(...(spread as Folded[]));
        else return unknowable;
      } else items.push(element === null ? undefined : fold(element, environment));
    }
    return items;
  }

  function foldObject(properties: readonly Node[], environment: Environment): Folded {
    if (properties.length > 5000) return unknowable;
    const record: Record<string, Folded> = Object.create(null) as Record<string, Folded>;
    for (const property of properties) {
      if (property.type !== "Property" || property.kind !== "init" || property.method) continue;
      const key = property.computed ? toText(fold(property.key, environment)) : keyText(property.key);
      if (key === undefined || key === "__proto__") return unknowable;
      record[key] = fold(property.value, environment);
    }
    return record;
  }

  function foldIdentifier(node: Extract<Node, { type: "Identifier" }>, environment: Environment): Folded {
    const variable = analysis().bindings.variableOf(node);
    if (!variable) return node.name === "undefined" ? undefined : node.name === "Infinity" ? Number.POSITIVE_INFINITY : unknowable;
    if (environment.has(variable)) return environment.get(variable);
    return foldVariable(variable, node);
  }

  function foldVariable(variable: Variable, read: Node): Folded {
    const { bindings, tree } = analysis();
    const writes = bindings.writesOf(variable);
    const first = writes[0];
    if (!first || first.kind !== "whole" || first.keys === undefined || variable.defs.some((definition) => definition.type === "Parameter"))
      return foldArgument(variable);
    if (bindings.memberWritesOf(variable).length > 0) return unknowable;
    if (writes.length === 1) return take(fold(first.expression), first.keys);
    // Several writes fold only when all stand in one straight block: then those before the read happened, in order.
    const block = statementBlock(first.at, tree.parentOf);
    if (writes.length > 2000 || !block || writes.some((write) => statementBlock(write.at, tree.parentOf) !== block)) return unknowable;
    const inside = isInside(read, block, tree.parentOf);
    let value: Folded = unknowable;
    for (const write of writes) {
      if (inside && startOf(write.at) >= startOf(read)) break;
      if (write.kind === "whole" && write.keys) value = take(fold(write.expression), write.keys);
      else if (write.kind === "append") value = value === unknowable ? unknowable : foldBinary("+", value, fold(write.expression));
      else return unknowable;
    }
    return value;
  }

  /** A parameter of a function that is called in exactly one place. */
  function foldArgument(variable: Variable): Folded {
    const { bindings, tree } = analysis();
    const parameter = bindings.parameterOf(variable);
    if (!parameter?.keys || bindings.writesOf(variable).length > 0) return unknowable;
    const call = tree.parentOf(parameter.fn);
    if (call?.type !== "CallExpression" || call.callee !== parameter.fn) return unknowable;
    const argument = call.arguments[parameter.index];
    return argument && argument.type !== "SpreadElement" ? take(fold(argument), parameter.keys) : unknowable;
  }

  function foldMember(node: MemberExpression, environment: Environment): Folded {
    if (node.object.type === "Super") return unknowable;
    const key = node.computed ? fold(node.property, environment) : node.property.type === "Identifier" ? node.property.name : unknowable;
    if (key === unknowable) return unknowable;
    const object = fold(node.object, environment);
    return object === unknowable ? unknowable : take(object, [toText(key) ?? ""]);
  }

  function foldCall(node: CallExpression | NewExpression, environment: Environment): Folded {
    const call = analysis().callOf(node);
    const args = (call?.args ?? node.arguments).map((argument) => argument);
    if (args.length > 20_000) return unknowable;
    const values = (): Folded[] | undefined => {
      const folded = foldArray(args, environment);
      return Array.isArray(folded) ? (folded as Folded[]) : undefined;
    };
    if (call) {
      const global = applyGlobal(call.path, values, spendText);
      if (global !== unknowable) return global;
    }
    const callee: Node = node.callee;
    if (callee.type === "MemberExpression" && callee.object.type !== "Super") {
      const name = callee.computed
        ? toText(fold(callee.property, environment))
        : callee.property.type === "Identifier"
          ? callee.property.name
          : undefined;
      const object = fold(callee.object, environment);
      if (name !== undefined && object !== unknowable) {
        const callback = args[0];
        const fn = callback && localFunction(callback);
        const each = fn ? (...inputs: Folded[]) => runLocal(fn, inputs, environment) : callback ? foreignCallback(callback) : undefined;
        return applyMethod(object, name, values, each, spendText, args[0]);
      }
    }
    const local = localFunction(callee);
    const inputs = local ? values() : undefined;
    return local && inputs ? runLocal(local, inputs, environment) : unknowable;
  }

  function spendText(length: number): boolean {
    return analysis().spend(1 + (length >> 5));
  }

  function localFunction(node: Node): FunctionNode | undefined {
    if (isFunction(node)) return node;
    const variable = node.type === "Identifier" ? analysis().bindings.variableOf(node) : undefined;
    return variable && analysis().bindings.functionOf(variable);
  }

  /** `.map(String.fromCharCode)`. */
  function foreignCallback(node: Node): ((...inputs: Folded[]) => Folded) | undefined {
    const path = analysis().pathOf(node);
    return path === undefined ? undefined : (...inputs) => applyGlobal(path, () => inputs.slice(0, 1), spendText);
  }

  function runLocal(fn: FunctionNode, inputs: readonly Folded[], outer: Environment): Folded {
    const { bindings } = analysis();
    const returned = bindings.returnsOf(fn);
    const result = returned[0];
    if (returned.length !== 1 || !result || fn.params.length > 8 || outer.size > 40 || !analysis().spend(2)) return unknowable;
    if (fn.body.type === "BlockStatement" && fn.body.body.length > 6) return unknowable;
    const environment = new Map(outer);
    for (const [index, parameter] of fn.params.entries()) {
      const variable = parameter.type === "Identifier" ? bindings.variableOf(parameter) : undefined;
      if (!variable || bindings.writesOf(variable).length > 0) return unknowable;
      environment.set(variable, inputs[index]);
    }
    return fold(result, environment);
  }

  return fold;
}

function keyText(key: Node): string | undefined {
  if (key.type === "Identifier") return key.name;
  return key.type === "Literal" ? String(key.value) : undefined;
}

function take(value: Folded, keys: readonly string[]): Folded {
  let current = value;
  for (const key of keys) {
    if (current === unknowable || current === regexp || current === null || current === undefined) return unknowable;
    if (typeof current === "string" || Array.isArray(current)) {
      if (key === "length") current = current.length;
      else if (/^\d+$/.test(key)) current = (current as readonly Folded[] | string)[Number(key)];
      else return unknowable;
    } else if (typeof current === "object" && Object.hasOwn(current, key)) current = (current as { readonly [key: string]: Folded })[key];
    else return unknowable;
  }
  return current;
}

function statementBlock(node: Node, parentOf: (node: Node) => Node | undefined): Node | undefined {
  let child = node;
  for (let parent = parentOf(child), depth = 0; parent && depth < 6; parent = parentOf(child), depth += 1) {
    if (parent.type === "Program" || parent.type === "BlockStatement")
      return child.type === "ExpressionStatement" || child.type === "VariableDeclaration" ? parent : undefined;
    child = parent;
  }
  return undefined;
}

/** Whether a node stands in a block without a function between: then it runs in the block's order. */
function isInside(node: Node, block: Node, parentOf: (node: Node) => Node | undefined): boolean {
  for (let current: Node | undefined = node, depth = 0; current && depth < 200; current = parentOf(current), depth += 1) {
    if (current === block) return true;
    if (isFunction(current)) return false;
  }
  return false;
}
