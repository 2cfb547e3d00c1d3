import { record, recordError } from "./host.js";
import { asNative, type Bag, type Callback, expose, native, world } from "./natives.js";

interface Listener {
  readonly callback: unknown;
  readonly capture: boolean;
  readonly once: boolean;
}

export interface Node extends Bag {
  readonly nodeType: number;
  readonly localName: string;
  readonly parentNode: Node | null;
  readonly children: Iterable<Node>;
  textContent: string;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  querySelector(selector: string): Node | null;
  querySelectorAll(selector: string): Iterable<Node> & { readonly length: number };
}

const listeners = new WeakMap<object, Map<string, Listener[]>>();
const listened = new Map<string, number>();

export function isListened(type: string): boolean {
  return listened.has(type);
}

function add(this: unknown, type: unknown, callback: unknown, options?: unknown): void {
  const target = this ?? world;
  const name = native.String(type);
  if (callback === null || callback === undefined) return;
  const capture = options === true || (typeof options === "object" && options !== null && (options as Bag)["capture"] === true);
  const once = typeof options === "object" && options !== null && (options as Bag)["once"] === true;
  const map = listeners.get(target) ?? new Map<string, Listener[]>();
  listeners.set(target, map);
  const list = map.get(name) ?? [];
  map.set(name, list);
  if (list.some((listener) => listener.callback === callback && listener.capture === capture)) return;
  list.push({ callback, capture, once });
  const count = listened.get(name) ?? 0;
  listened.set(name, count + 1);
  if (count < 3) record("listen", `${describeTarget(target)} ${name}`);
}

function remove(this: unknown, type: unknown, callback: unknown): void {
  const list = listeners.get(this ?? world)?.get(native.String(type));
  const index = list?.findIndex((listener) => listener.callback === callback) ?? -1;
  if (index >= 0) list?.splice(index, 1);
}

function describeTarget(target: object): string {
  if (target === world) return "window";
  const { nodeName } = target as { nodeName?: unknown };
  return typeof nodeName === "string" ? nodeName.toLowerCase() : "object";
}

/** Sends an event down to its target and up again, as browsers do: a listener that throws stops nothing. */
export function dispatch(target: object, event: Bag): boolean {
  const path: object[] = [];
  for (
    let node: object | null | undefined = target;
    node;
    node = (node as { parentNode?: object | null; host?: object }).parentNode ?? (node as { host?: object }).host
  )
    path.push(node);
  if (path.at(-1) !== world && (path.at(-1) as { nodeType?: number })?.nodeType === 9) path.push(world);
  set(event, "target", target);
  set(event, "srcElement", target);
  set(event, "composedPath", () => path);
  for (const node of path.toReversed()) if (node !== target) invoke(node, event, true);
  invoke(target, event, true);
  invoke(target, event, false);
  if (event["bubbles"] === true) for (const node of path) if (node !== target) invoke(node, event, false);
  set(event, "currentTarget", null);
  return event["defaultPrevented"] !== true;
}

function set(event: Bag, name: string, value: unknown): void {
  native.define(event, name, { value, writable: true, configurable: true, enumerable: true });
}

function invoke(target: object, event: Bag, capture: boolean): void {
  if (event["cancelBubble"] === true) return;
  const type = native.String(event["type"]);
  const list = listeners.get(target)?.get(type) ?? [];
  set(event, "currentTarget", target);
  for (const listener of list.slice()) {
    if (listener.capture !== capture || event["_stopImmediatePropagationFlag"] === true) continue;
    if (listener.once) list.splice(list.indexOf(listener), 1);
    call(target, listener.callback, event);
  }
  if (capture) return;
  const own = native.descriptor(target, `on${type}`)?.value as unknown;
  if (typeof own === "function") call(target, own, event);
  const attribute = (target as Node).getAttribute?.(`on${type}`);
  if (typeof attribute === "string" && attribute !== "") call(target, attributeHandler(attribute), event);
}

function attributeHandler(code: string): unknown {
  try {
    return (world["Function"] as Callback)("event", code);
  } catch {
    return undefined;
  }
}

function call(target: object, callback: unknown, event: Bag): void {
  try {
    if (typeof callback === "function") native.apply(callback as Callback, target, [event]);
    else (callback as { handleEvent?: Callback } | undefined)?.handleEvent?.(event);
  } catch (error) {
    recordError(error);
  }
}

/** Replaces linkedom's dispatch, which lets a listener's exception out and knows no capture and no window. */
export function installEvents(prototype: Bag): void {
  const methods = {
    addEventListener: add,
    removeEventListener: remove,
    dispatchEvent(this: unknown, event: Bag) {
      return dispatch(this ?? world, event);
    },
  };
  for (const [name, method] of Object.entries(methods)) {
    native.define(prototype, name, { value: asNative(name, method as unknown as Callback), writable: true, configurable: true });
    expose(name, method);
  }
}
