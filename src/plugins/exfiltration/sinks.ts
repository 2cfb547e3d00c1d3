import type { Node } from "estree";
import type { SourceFile } from "../../contracts/index.js";

export interface Sink {
  readonly via: string;
  /** Where it goes, when there is an address. */
  readonly address: Node | undefined;
  /** What goes there. Headers are left out: clients put a cookie's token there for their own origin. */
  readonly data: readonly Node[];
}

const elementAddress =
  /^(?:Image\(\)|document\.createElement(?:NS)?\((?:img|script|iframe|link|embed|object|audio|video|source|a|form|image)\))\.(?:src|href|data|srcset|action|ping)$/;
const locationPaths = /^(?:location|location\.href)$/;
const styleAddress = /\.style\.(?:background|backgroundImage|cssText|listStyleImage|borderImage|content|cursor|mask)$/;

/** A call or assignment that makes something leave the frame. */
export function sinkOf(file: SourceFile, node: Node): Sink | undefined {
  if (node.type === "AssignmentExpression") {
    const path = file.pathOf(node.left);
    if (path !== undefined && (elementAddress.test(path) || locationPaths.test(path) || styleAddress.test(path)))
      return { via: path, address: node.right, data: [node.right] };
    return undefined;
  }
  const call = file.callOf(node);
  if (!call) return undefined;
  const [first, second] = call.args;
  const given = (...nodes: readonly (Node | undefined)[]): readonly Node[] => nodes.filter((item) => item !== undefined);
  switch (call.path) {
    case "fetch":
    case "Request":
      return { via: call.path, address: first, data: given(first, property(second, "body")) };
    case "navigator.sendBeacon":
    case "open":
    case "location.assign":
    case "location.replace":
    case "WebSocket":
    case "EventSource":
    case "WebTransport":
    case "import":
    case "importScripts":
      return { via: call.path, address: first, data: given(first, call.path === "navigator.sendBeacon" ? second : undefined) };
    case "XMLHttpRequest().open":
      return { via: "XMLHttpRequest", address: second, data: given(second) };
    case "XMLHttpRequest().send":
      return { via: "XMLHttpRequest", address: undefined, data: given(first) };
    case "WebSocket().send":
      return { via: "WebSocket", address: undefined, data: given(first) };
    default:
      if (
        /(?:Image\(\)|createElement(?:NS)?\((?:img|script|iframe|link|a|form)\))\.setAttribute$/.test(call.path) &&
        first &&
        /^(?:src|href|action|srcset|ping)$/i.test(String(file.valueOf(first)))
      ) {
        return { via: call.path, address: second, data: given(second) };
      }
      if (/^(?:\$|jQuery)\.(?:get|post|getJSON|ajax)$|^axios(?:\.\w+)?$/.test(call.path))
        return { via: call.path, address: first, data: given(first, second) };
      return undefined;
  }
}

function property(object: Node | undefined, name: string): Node | undefined {
  if (object?.type !== "ObjectExpression") return undefined;
  for (const entry of object.properties) {
    if (
      entry.type === "Property" &&
      !entry.computed &&
      ((entry.key.type === "Identifier" && entry.key.name === name) || (entry.key.type === "Literal" && entry.key.value === name))
    )
      return entry.value;
  }
  return undefined;
}
