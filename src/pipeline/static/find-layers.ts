import type { Node } from "estree";
import type { SourceFile } from "../../contracts/index.js";
import type { Tree } from "./tree.js";

/** Code inside the code: a string that some call would run. */
export interface Layer {
  readonly via: string;
  readonly text: string;
}

const runners: Readonly<Record<string, (args: readonly Node[]) => readonly Node[]>> = {
  eval: (args) => args.slice(0, 1),
  Function: (args) => args.slice(-1),
  "Function.prototype.constructor": (args) => args.slice(-1),
  AsyncFunction: (args) => args.slice(-1),
  setTimeout: (args) => args.slice(0, 1),
  setInterval: (args) => args.slice(0, 1),
  setImmediate: (args) => args.slice(0, 1),
  execScript: (args) => args.slice(0, 1),
  Blob: (args) => args.slice(0, 1),
  import: (args) => args.slice(0, 1),
};

/** Strings that the file would run and whose text is known: judged like the file itself. */
export function findLayers(file: SourceFile, tree: Tree): Layer[] {
  const layers: Layer[] = [];
  for (const node of tree.nodes) {
    if (node.type !== "CallExpression" && node.type !== "NewExpression" && node.type !== "ImportExpression") continue;
    const call = file.callOf(node);
    const select = call && Object.hasOwn(runners, call.path) ? runners[call.path] : undefined;
    for (const argument of (call && select?.(call.args)) ?? []) {
      const parts = argument.type === "ArrayExpression" ? argument.elements : [argument];
      const texts = parts.map((part) => (part ? file.valueOf(part) : undefined)).filter((text) => typeof text === "string");
      const text = inline(texts.join(""));
      if (text !== undefined && call) layers.push({ via: call.path, text });
    }
  }
  return layers;
}

/** The code of a `data:` or `javascript:` address, or the text itself. */
function inline(text: string): string | undefined {
  const data = /^data:[^,]*?(;base64)?,([\s\S]*)$/i.exec(text);
  try {
    if (data) return data[1] ? Buffer.from(data[2] ?? "", "base64").toString("utf8") : decodeURIComponent(data[2] ?? "");
  } catch {
    return undefined;
  }
  return /[(=;.`]/.test(text) && text.length > 8 ? text.replace(/^javascript:/i, "") : undefined;
}
