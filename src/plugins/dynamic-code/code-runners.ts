import type { Node } from "estree";
import type { SourceFile } from "../../contracts/index.js";

const timers = new Set(["setTimeout", "setInterval", "setImmediate", "requestAnimationFrame"]);

/** The text that a call would run as code: `eval(x)`, `new Function(…, x)`, `setTimeout(x)`, `execScript(x)`. */
export function codeArgument(file: SourceFile, node: Node): { readonly via: string; readonly code: Node } | undefined {
  const call = file.callOf(node);
  if (!call) return undefined;
  const { path, args } = call;
  if (path === "eval" || path === "execScript" || timers.has(path)) return args[0] ? { via: path, code: args[0] } : undefined;
  if (/^(?:Async)?Function$|^Function\.prototype\.constructor$/.test(path)) {
    const last = args.at(-1);
    return last ? { via: "Function", code: last } : undefined;
  }
  return undefined;
}

/** Whether an expression is text rather than a function to call. */
export function isText(file: SourceFile, node: Node): boolean {
  if (node.type === "Literal") return typeof node.value === "string";
  if (node.type === "TemplateLiteral") return true;
  return typeof file.valueOf(node) === "string" || typeof file.prefixOf(node) === "string";
}

const decoders =
  /(?:^|\.)(?:atob|unescape|decodeURIComponent|decodeURI|fromCharCode|fromCodePoint|charCodeAt|TextDecoder\(\)\.decode|reverse)\(\)$/;

/** Decoders whose result may be part of an expression. */
export function decodersIn(sources: ReadonlySet<string>): readonly string[] {
  return [...sources].filter((path) => decoders.test(path)).map((path) => path.slice(0, -2));
}
