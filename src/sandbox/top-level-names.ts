import type { Node, Pattern, Program, VariableDeclaration } from "acorn";

/** Names that a classic script would put on the window: `var` anywhere outside functions, and top-level functions. Pure. */
export function topLevelNames(program: Program): ReadonlySet<string> {
  const names = new Set<string>();
  // A stack of our own: minified bundles nest deeper than a call stack.
  const open: Node[] = [...program.body];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === "VariableDeclaration") {
      const declaration = node as VariableDeclaration;
      if (declaration.kind === "var") for (const { id } of declaration.declarations) addPattern(id, names);
      continue;
    }
    if (node.type === "FunctionDeclaration") continue;
    open.push(...nestedStatements(node));
  }
  for (const statement of program.body) if (statement.type === "FunctionDeclaration") names.add(statement.id.name);
  return names;
}

/** Statements inside a statement, without entering functions, classes or expressions: no `var` can hide there. */
function nestedStatements(node: Node): Node[] {
  const found: Node[] = [];
  for (const key of ["body", "consequent", "alternate", "block", "handler", "finalizer", "init", "left", "cases"] as const) {
    const value = (node as unknown as Record<string, unknown>)[key];
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (isNode(item) && /Statement$|^(?:VariableDeclaration|SwitchCase|CatchClause)$/.test(item.type)) found.push(item);
    }
  }
  return found;
}

function addPattern(pattern: Pattern, names: Set<string>): void {
  switch (pattern.type) {
    case "Identifier":
      names.add(pattern.name);
      return;
    case "ObjectPattern":
      for (const property of pattern.properties) addPattern(property.type === "RestElement" ? property.argument : property.value, names);
      return;
    case "ArrayPattern":
      for (const item of pattern.elements) if (item) addPattern(item, names);
      return;
    case "AssignmentPattern":
      addPattern(pattern.left, names);
      return;
    case "RestElement":
      addPattern(pattern.argument, names);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value;
}
