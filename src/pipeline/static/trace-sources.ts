import type { Variable } from "eslint-scope";
import type { Function as FunctionNode, Node } from "estree";
import type { Analysis } from "./analysis.js";
import { isFunction } from "./bindings.js";

const maxVisits = 600;

/**
 * Collects the paths whose value may reach an expression. Follows variables, property writes, containers, arguments, callbacks and
 * returns of local functions; fields are kept apart by name. Over-approximates within its bound, and says nothing beyond it.
 */
export function createTrace(analysis: () => Analysis): (node: Node) => ReadonlySet<string> {
  const known = new Map<Node, ReadonlySet<string>>();

  return (start) => {
    const remembered = known.get(start);
    if (remembered) return remembered;
    const found = new Set<string>();
    known.set(start, found);
    const seen = new Set<Node | Variable | string>();
    const pending: Node[] = [start];
    const { bindings, tree } = analysis();

    const visitVariable = (variable: Variable, key: string | undefined): void => {
      const mark =
        key === undefined
          ? variable
          : `${variable.name}@${variable.scope.block.type}${variable.identifiers[0] ? (variable.identifiers[0] as unknown as { start: number }).start : ""}.${key}`;
      if (seen.has(mark)) return;
      seen.add(mark);
      for (const write of bindings.writesOf(variable)) {
        if (key === undefined || write.keys === undefined || write.keys.length > 0) pending.push(write.expression);
        else pending.push(...fieldOf(write.expression, key));
      }
      for (const write of bindings.memberWritesOf(variable))
        if (key === undefined || write.key === undefined || write.key === key) pending.push(write.expression);
      const parameter = bindings.parameterOf(variable);
      if (parameter) visitParameter(parameter.fn, parameter.index, key);
    };

    /** Only the property of that name when the object is written out. */
    const fieldOf = (object: Node, key: string): Node[] => {
      if (object.type !== "ObjectExpression") return [object];
      return object.properties.flatMap((property) => {
        if (property.type === "SpreadElement") return [property.argument as Node];
        const name =
          property.key.type === "Identifier" && !property.computed
            ? property.key.name
            : property.key.type === "Literal"
              ? String(property.key.value)
              : undefined;
        return name === undefined || name === key ? [property.value as Node] : [];
      });
    };

    const visitParameter = (fn: FunctionNode, index: number, key: string | undefined): void => {
      const uses: Node[] = [fn];
      for (const reference of bindings.nameOf(fn)?.references.slice(0, 40) ?? []) uses.push(reference.identifier as Node);
      for (const use of uses) {
        const parent = tree.parentOf(use);
        if (parent?.type !== "CallExpression") continue;
        if (parent.callee === use) {
          const argument = parent.arguments[index];
          if (argument) pending.push(...(key === undefined ? [argument as Node] : fieldOf(argument as Node, key)));
        } else if (parent.callee.type === "MemberExpression") pending.push(parent.callee.object as Node);
      }
    };

    const visit = (node: Node): void => {
      switch (node.type) {
        case "Identifier": {
          const variable = bindings.variableOf(node);
          const path = analysis().pathOf(node);
          if (path !== undefined) found.add(path);
          if (variable) visitVariable(variable, undefined);
          return;
        }
        case "MemberExpression": {
          const path = analysis().pathOf(node);
          if (path !== undefined) found.add(path);
          const base = node.object;
          const variable = base.type === "Identifier" ? bindings.variableOf(base) : undefined;
          const key = !node.computed && node.property.type === "Identifier" ? node.property.name : undefined;
          if (variable && key !== undefined) visitVariable(variable, key);
          else if (base.type !== "Super") pending.push(base);
          if (node.computed) pending.push(node.property);
          return;
        }
        case "CallExpression":
        case "NewExpression": {
          const call = analysis().callOf(node);
          if (call) found.add(`${call.path}()`);
          pending.push(...(call?.args ?? (node.arguments as Node[])));
          const callee = node.callee as Node;
          if (callee.type === "MemberExpression") pending.push(callee.object);
          const variable = callee.type === "Identifier" ? bindings.variableOf(callee) : undefined;
          const fn = isFunction(callee) ? callee : variable && bindings.functionOf(variable);
          if (fn) pending.push(...bindings.returnsOf(fn));
          return;
        }
        case "ArrowFunctionExpression":
        case "FunctionExpression":
        case "FunctionDeclaration":
        case "ClassExpression":
        case "ClassDeclaration":
          return;
        case "ObjectExpression":
          for (const property of node.properties)
            pending.push(property.type === "SpreadElement" ? property.argument : (property.value as Node));
          return;
        case "ArrayExpression":
          for (const element of node.elements) if (element) pending.push(element);
          return;
        case "TemplateLiteral":
          pending.push(...node.expressions);
          return;
        case "BinaryExpression":
          if (node.left.type !== "PrivateIdentifier") pending.push(node.left);
          pending.push(node.right);
          return;
        case "LogicalExpression":
          pending.push(node.left, node.right);
          return;
        case "AssignmentExpression":
          pending.push(node.right);
          return;
        case "ConditionalExpression":
          pending.push(node.consequent, node.alternate);
          return;
        case "SequenceExpression":
          pending.push(node.expressions.at(-1) as Node);
          return;
        case "ChainExpression":
          pending.push(node.expression);
          return;
        case "TaggedTemplateExpression":
          pending.push(...node.quasi.expressions);
          return;
        case "AwaitExpression":
        case "SpreadElement":
        case "YieldExpression":
        case "UnaryExpression":
          if (node.argument) pending.push(node.argument);
          return;
        default:
      }
    };

    for (let visits = 0; visits < maxVisits && analysis().spend(1); visits += 1) {
      const node = pending.pop();
      if (!node) break;
      if (seen.has(node)) continue;
      seen.add(node);
      visit(node);
    }
    return found;
  };
}
