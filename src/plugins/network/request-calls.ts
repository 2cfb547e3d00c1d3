import type { Node } from "estree";
import type { SourceFile } from "../../contracts/index.js";

/** Which argument of a call holds the address. */
const addressIndex: readonly (readonly [path: RegExp, index: number])[] = [
  [/^(?:fetch|Request|WebSocket|MozWebSocket|EventSource|WebTransport|importScripts|SharedWorker)$/, 0],
  [/^navigator\.sendBeacon$/, 0],
  [/^XMLHttpRequest\(\)\.open$/, 1],
  [/^(?:\$|jQuery)\.(?:get|post|getJSON|getScript|ajax|load)$/, 0],
  [/^axios(?:\.(?:get|post|put|patch|delete|request))?$/, 0],
];

/** The address that a call would send a request to. */
export function requestAddress(file: SourceFile, node: Node): { readonly via: string; readonly address: Node } | undefined {
  const call = file.callOf(node);
  if (!call) return undefined;
  const entry = addressIndex.find(([path]) => path.test(call.path));
  const address = entry && call.args[entry[1]];
  return entry && address ? { via: call.path.replace("XMLHttpRequest().open", "XMLHttpRequest"), address } : undefined;
}
