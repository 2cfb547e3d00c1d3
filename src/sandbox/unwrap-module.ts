import type { AnyNode, ExportDefaultDeclaration, ExportNamedDeclaration, Identifier, Literal, Node } from "acorn";
import type MagicString from "magic-string";
import { type ParsedBundle, UnwrappableBundle } from "./parse-bundle.js";

export interface ModuleShape {
  /** Pairs of exported name and local name, in source order. */
  readonly exports: readonly (readonly [string, string])[];
  readonly usesTopLevelAwait: boolean;
}

/**
 * Turns module code into the body of a strict function: `export` words go, `import.meta` becomes an empty object. A module
 * with a static import cannot be served (nothing could resolve it) and is refused.
 */
export function unwrapModule({ source, program, htmlLike }: ParsedBundle, text: MagicString, defaultName: string): ModuleShape {
  const exports: [string, string][] = [];
  for (const node of program.body) {
    switch (node.type) {
      case "ImportDeclaration":
      case "ExportAllDeclaration":
        throw new UnwrappableBundle("static import");
      case "ExportNamedDeclaration":
        exports.push(...unwrapNamed(node, text));
        break;
      case "ExportDefaultDeclaration":
        exports.push(["default", unwrapDefault(node, text, defaultName)]);
        break;
      default:
    }
  }
  separateHtmlLikeComments(source, htmlLike, text);
  return { exports, usesTopLevelAwait: replaceMeta(program.body, text) };
}

function unwrapNamed(node: ExportNamedDeclaration, text: MagicString): [string, string][] {
  if (node.source) throw new UnwrappableBundle("static import");
  if (!node.declaration) {
    text.update(node.start, node.end, ";");
    return node.specifiers.map((specifier) => [nameOf(specifier.exported), nameOf(specifier.local)]);
  }
  const { declaration } = node;
  text.remove(node.start, declaration.start);
  if (declaration.type !== "VariableDeclaration") return [[declaration.id.name, declaration.id.name]];
  const names: string[] = [];
  for (const { id } of declaration.declarations) collect(id, names);
  return names.map((name) => [name, name]);
}

function unwrapDefault(node: ExportDefaultDeclaration, text: MagicString, defaultName: string): string {
  const { declaration } = node;
  const isNamed = (declaration.type === "FunctionDeclaration" || declaration.type === "ClassDeclaration") && declaration.id;
  if (isNamed) {
    text.remove(node.start, declaration.start);
    return isNamed.name;
  }
  text.update(node.start, declaration.start, `const ${defaultName} = `);
  // An anonymous function declaration needs no semicolon; the expression that it becomes does.
  text.appendLeft(declaration.end, ";");
  return defaultName;
}

/** Walks with its own stack. Returns whether `await` stands outside every function. */
function replaceMeta(body: readonly Node[], text: MagicString): boolean {
  let usesAwait = false;
  const open: { node: Node; inFunction: boolean }[] = body.map((node) => ({ node, inFunction: false }));
  for (let entry = open.pop(); entry; entry = open.pop()) {
    const node = entry.node as AnyNode;
    if (node.type === "MetaProperty" && node.meta.name === "import") text.update(node.start, node.end, "({})");
    if (!entry.inFunction && (node.type === "AwaitExpression" || (node.type === "ForOfStatement" && node.await))) usesAwait = true;
    const inFunction = entry.inFunction || /Function/.test(node.type) || node.type === "StaticBlock" || node.type === "PropertyDefinition";
    for (const value of Object.values(node) as unknown[]) {
      for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
        if (typeof item === "object" && item !== null && typeof (item as { type?: unknown }).type === "string") {
          open.push({ node: item as Node, inFunction });
        }
      }
    }
  }
  return usesAwait;
}

/** `a<!--b` is three operators in a module and the beginning of a comment in a script. */
function separateHtmlLikeComments(source: string, htmlLike: ParsedBundle["htmlLike"], text: MagicString): void {
  for (const token of htmlLike) {
    if (source.startsWith("<!--", token.start) && token.end === token.start + 1) text.appendRight(token.end, " ");
  }
}

function collect(pattern: Node, names: string[]): void {
  const open: Node[] = [pattern];
  for (let entry = open.shift(); entry; entry = open.shift()) {
    const node = entry as AnyNode;
    if (node.type === "Identifier") names.push(node.name);
    else if (node.type === "ObjectPattern") {
      for (const property of node.properties) open.push(property.type === "RestElement" ? property.argument : property.value);
    } else if (node.type === "ArrayPattern") open.push(...node.elements.filter((item) => item !== null));
    else if (node.type === "AssignmentPattern") open.push(node.left);
    else if (node.type === "RestElement") open.push(node.argument);
  }
}

function nameOf(node: Identifier | Literal): string {
  return node.type === "Identifier" ? node.name : String(node.value);
}
