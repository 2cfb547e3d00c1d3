import type { Variable } from "eslint-scope";
import type { Function as FunctionNode, Node } from "estree";
import type { Analysis } from "./analysis.js";
import { isFunction } from "./bindings.js";
import { toText } from "./fold-calls.js";

/** Names of the global object. A widget is alone in its frame: what it reads through `top` or `parent` is named the same. */
const roots = new Set(["window", "self", "globalThis", "top", "parent", "frames", "opener"]);
/** The Function constructor, reached through some value's own constructor. */
const hiddenFunction = "Function.prototype.constructor";
const maxLength = 240;
const maxHops = 64;

export interface Paths {
  pathOf(node: Node): string | undefined;
  callOf(node: Node): { readonly path: string; readonly args: readonly Node[] } | undefined;
}

/** Resolves what an expression reads to one dotted path, through aliases, destructuring, computed names and simple parameters. */
export function createPaths(analysis: () => Analysis): Paths {
  const known = new Map<Node, string | undefined>();
  const running = new Set<Node>();

  function pathOf(node: Node): string | undefined {
    if (known.has(node)) return known.get(node);
    if (running.has(node) || running.size > maxHops || !analysis().spend(1)) return undefined;
    running.add(node);
    const path = compute(node);
    running.delete(node);
    const short = path === undefined ? undefined : path.slice(0, maxLength);
    known.set(node, short);
    return short;
  }

  function compute(node: Node): string | undefined {
    switch (node.type) {
      case "Identifier": {
        const variable = analysis().bindings.variableOf(node);
        if (variable) return pathOfVariable(variable);
        return roots.has(node.name) ? "window" : node.name;
      }
      case "ThisExpression":
        return thisPath(node);
      case "MemberExpression": {
        if (node.object.type === "Super") return undefined;
        const key = node.computed
          ? toText(analysis().fold(node.property))
          : node.property.type === "Identifier"
            ? node.property.name
            : undefined;
        if (key === undefined) return undefined;
        const object = pathOf(node.object);
        return object === undefined ? literalPath(node.object, key) : join(object, key);
      }
      case "CallExpression":
      case "NewExpression":
        return pathOfResult(node);
      case "ImportExpression":
        return "import()";
      case "AwaitExpression":
        return pathOf(node.argument);
      case "ChainExpression":
        return pathOf(node.expression);
      case "SequenceExpression":
        return pathOf(node.expressions.at(-1) as Node);
      case "AssignmentExpression":
        return node.operator.endsWith("=") && node.operator.length !== 2 ? pathOf(node.right) : undefined;
      case "LogicalExpression":
        return pathOf(node.left) ?? pathOf(node.right);
      case "ConditionalExpression":
        return pathOf(node.consequent) ?? pathOf(node.alternate);
      case "ArrowFunctionExpression":
      case "FunctionExpression":
        return "Function.prototype";
      default:
        return undefined;
    }
  }

  function join(object: string, key: string): string {
    if (object === "window" || object === "document.defaultView") return roots.has(key) || key === "window" ? "window" : key;
    if (object === "document" && key === "defaultView") return "window";
    if (object === "document" && key === "location") return "location";
    if (object === "AsyncFunction.prototype" && key === "constructor") return "AsyncFunction";
    if (/(?:^|\.)(?:constructor|prototype)$/.test(object) && key === "constructor") return hiddenFunction;
    if (object === "Function.prototype" && key === "__proto__") return object;
    return `${object}.${key}`;
  }

  /** `"".constructor.constructor`, `[].filter.constructor`: the Function constructor by another way. */
  function literalPath(object: Node, key: string): string | undefined {
    const chain: string[] = [key];
    let base = object;
    for (let hops = 0; hops < 6 && base.type === "MemberExpression"; hops += 1) {
      const name = base.computed
        ? toText(analysis().fold(base.property))
        : base.property.type === "Identifier"
          ? base.property.name
          : undefined;
      if (name === undefined) return undefined;
      chain.unshift(name);
      base = base.object;
    }
    if (chain.length < 2 || chain.at(-1) !== "constructor") return undefined;
    const plain = ["Literal", "TemplateLiteral", "ArrayExpression", "ObjectExpression", "UnaryExpression", "BinaryExpression"].includes(
      base.type,
    );
    return plain ? hiddenFunction : undefined;
  }

  function pathOfVariable(variable: Variable): string | undefined {
    const { bindings } = analysis();
    const writes = bindings.writesOf(variable);
    const candidates = writes.filter((write) => write.kind === "whole");
    const first = candidates[0];
    if (first && candidates.length <= 3) {
      for (const write of candidates) {
        if (write.keys === undefined || isFunction(write.expression)) continue;
        const base = pathOf(write.expression);
        const path = base === undefined ? undefined : write.keys.reduce(join, base);
        if (path !== undefined) return path;
      }
      return undefined;
    }
    const parameter = bindings.parameterOf(variable);
    return parameter?.keys ? pathOfParameter(parameter.fn, parameter.index, parameter.keys) : undefined;
  }

  function pathOfParameter(fn: FunctionNode, index: number, keys: readonly string[]): string | undefined {
    const event = index === 0 ? eventOf(fn) : undefined;
    if (event !== undefined) return keys.reduce(join, `Event(${event})`);
    const argument = argumentOf(fn, index);
    const base = argument && pathOf(argument);
    return base === undefined ? undefined : keys.reduce(join, base);
  }

  /** The argument of a function that is called where it stands. */
  function argumentOf(fn: FunctionNode, index: number): Node | undefined {
    const { tree } = analysis();
    const parent = tree.parentOf(fn);
    if (parent?.type === "CallExpression" && parent.callee === fn) return parent.arguments[index];
    const call = parent?.type === "MemberExpression" ? tree.parentOf(parent) : undefined;
    if (
      parent?.type === "MemberExpression" &&
      call?.type === "CallExpression" &&
      call.callee === parent &&
      parent.property.type === "Identifier" &&
      parent.property.name === "call"
    ) {
      return call.arguments[index + 1];
    }
    const name = fn.type === "ArrowFunctionExpression" ? undefined : analysis().bindings.nameOf(fn);
    const calls = name?.references
      .map((reference) => tree.parentOf(reference.identifier as Node))
      .filter((node) => node?.type === "CallExpression");
    const only = calls?.length === 1 ? calls[0] : undefined;
    return only?.type === "CallExpression" && only.callee.type === "Identifier" ? only.arguments[index] : undefined;
  }

  /** The event type that a function listens to, when it is given to `addEventListener`, `on` or an `on…` property. */
  function eventOf(fn: FunctionNode): string | undefined {
    const { tree, bindings } = analysis();
    const uses: Node[] = [fn];
    const name = bindings.nameOf(fn);
    for (const reference of name?.references.slice(0, 20) ?? []) uses.push(reference.identifier as Node);
    for (const use of uses) {
      const parent = tree.parentOf(use);
      if (parent?.type === "CallExpression" && parent.arguments.includes(use as never) && parent.callee.type === "MemberExpression") {
        const method = parent.callee.computed
          ? toText(analysis().fold(parent.callee.property))
          : parent.callee.property.type === "Identifier"
            ? parent.callee.property.name
            : undefined;
        const type = parent.arguments[0] && analysis().fold(parent.arguments[0]);
        if ((method === "addEventListener" || method === "on" || method === "attachEvent") && typeof type === "string")
          return type.replace(/^on/, "").slice(0, 40);
      } else if (
        parent?.type === "CallExpression" &&
        parent.arguments.includes(use as never) &&
        pathOf(parent.callee) === "addEventListener"
      ) {
        const type = parent.arguments[0] && analysis().fold(parent.arguments[0]);
        if (typeof type === "string") return type.slice(0, 40);
      }
      const key =
        parent?.type === "AssignmentExpression" &&
        parent.right === use &&
        parent.left.type === "MemberExpression" &&
        parent.left.property.type === "Identifier"
          ? parent.left.property.name
          : parent?.type === "Property" && parent.value === use && parent.key.type === "Identifier"
            ? parent.key.name
            : undefined;
      const handler = key === undefined ? undefined : /^on([a-z]+)$/i.exec(key)?.[1];
      if (handler !== undefined && handlers.has(handler.toLowerCase())) return handler.toLowerCase();
    }
    return undefined;
  }

  function pathOfResult(node: Extract<Node, { type: "CallExpression" | "NewExpression" }>): string | undefined {
    const call = callOf(node);
    if (!call) return undefined;
    const { path, args } = call;
    if ((path === "Function" || path === hiddenFunction) && args.length === 1 && args[0] && analysis().fold(args[0]) === "return this")
      return "window()";
    if (path === "window()" || (path === "eval" && args[0] && analysis().fold(args[0]) === "this")) return "window";
    if (/^(?:Object|Reflect)\.getPrototypeOf$/.test(path) && args[0] && pathOf(args[0]) === "Function.prototype")
      return "AsyncFunction.prototype";
    if (path.endsWith(".bind")) return path.slice(0, -5);
    if (/^Object\.(?:assign|freeze)$/.test(path)) return args[0] && pathOf(args[0]);
    if (path === "Reflect.get" && args[0] && args[1]) {
      const base = pathOf(args[0]);
      const key = toText(analysis().fold(args[1]));
      return base === undefined || key === undefined ? undefined : join(base, key);
    }
    const named =
      /(?:^|\.)(?:createElement|createElementNS|getElementById|querySelector|querySelectorAll|getElementsByTagName|getElementsByName|getContext|getItem)$/.test(
        path,
      );
    const label = named ? analysis().fold(args[path.endsWith("NS") ? 1 : 0] as Node) : undefined;
    return `${path}(${typeof label === "string" ? label.slice(0, 80).toLowerCase() : ""})`;
  }

  function callOf(node: Node): { readonly path: string; readonly args: readonly Node[] } | undefined {
    if (node.type === "ImportExpression") return { path: "import", args: [node.source] };
    if (node.type !== "CallExpression" && node.type !== "NewExpression") return undefined;
    const args = node.arguments as readonly Node[];
    const path = node.callee.type === "Super" ? undefined : pathOf(node.callee);
    if (path === undefined) return undefined;
    if (path === "Reflect.construct" || path === "Reflect.apply") {
      const target = args[0] && pathOf(args[0]);
      return target === undefined ? { path, args } : { path: target, args: listed(args[path.endsWith("apply") ? 2 : 1]) };
    }
    if (node.type === "CallExpression" && path.endsWith(".call")) return { path: path.slice(0, -5), args: args.slice(1) };
    if (node.type === "CallExpression" && path.endsWith(".apply")) return { path: path.slice(0, -6), args: listed(args[1]) };
    return { path, args };
  }

  /** The elements of an argument array that is written out, or the array spread. */
  function listed(node: Node | undefined): readonly Node[] {
    if (!node) return [];
    if (node.type === "ArrayExpression") return node.elements.filter((element) => element !== null);
    return [{ type: "SpreadElement", argument: node } as Node];
  }

  /** `this` outside any function is the global object in a script. */
  function thisPath(node: Node): string | undefined {
    const { tree } = analysis();
    let current = tree.parentOf(node);
    while (current) {
      if (
        current.type === "FunctionDeclaration" ||
        current.type === "FunctionExpression" ||
        current.type === "PropertyDefinition" ||
        current.type === "StaticBlock"
      )
        break;
      current = tree.parentOf(current);
    }
    if (!current) return "window";
    // `(function () { … this … })()` and `.call(this)` in sloppy code.
    const parent = tree.parentOf(current);
    if (parent?.type === "CallExpression" && parent.callee === current) return "window";
    const outer = parent?.type === "MemberExpression" && parent.object === current ? tree.parentOf(parent) : undefined;
    const self = outer?.type === "CallExpression" ? outer.arguments[0] : undefined;
    return self ? pathOf(self) : undefined;
  }

  return { pathOf, callOf };
}

const handlers = new Set(
  "keydown keyup keypress input change submit click blur focus focusout paste copy cut beforeinput message load mousemove mousedown mouseup touchstart touchmove pointermove pointerdown".split(
    " ",
  ),
);
