// Captured before any bundle runs: a bundle may replace every built-in, the recorder must not notice.
const { apply, ownKeys, getOwnPropertyDescriptor, defineProperty, getPrototypeOf } = Reflect;
export const native = {
  apply,
  ownKeys,
  descriptor: getOwnPropertyDescriptor,
  define: defineProperty,
  prototypeOf: getPrototypeOf,
  String,
  Date,
  Promise,
  Function,
  eval: Reflect.get(globalThis, "eval") as (code: string) => unknown,
  slice: String.prototype.slice,
  stringify: JSON.stringify,
  parse: JSON.parse,
  isArray: Array.isArray,
  functionText: Function.prototype.toString,
};

export type Bag = Record<string, unknown>;
export type Callback = (...args: unknown[]) => unknown;
export const world = globalThis as unknown as Bag;

const disguised = new WeakMap<object, string>();

/** A function of the harness that prints like a built-in. */
export function asNative<Fn extends Callback>(name: string, fn: Fn): Fn {
  disguised.set(fn, name);
  try {
    native.define(fn, "name", { value: name, configurable: true });
  } catch {
    // A frozen function keeps its name.
  }
  return fn;
}

export function installDisguise(): void {
  const nameOf = disguised.get.bind(disguised);
  const toText = function toString(this: unknown): string {
    const name = typeof this === "function" ? nameOf(this) : undefined;
    return name === undefined ? native.apply(native.functionText, this, []) : `function ${name}() { [native code] }`;
  };
  native.define(Function.prototype, "toString", { value: asNative("toString", toText), writable: true, configurable: true });
}

/** Puts a global in place as browsers do: writable, configurable, not listed. */
export function expose(name: string, value: unknown): void {
  if (typeof value === "function" && !disguised.has(value)) asNative(name, value as Callback);
  native.define(world, name, { value, writable: true, configurable: true, enumerable: false });
}

export function exposeAccessor(
  target: object,
  name: string,
  get: (this: unknown) => unknown,
  set?: (this: unknown, value: unknown) => void,
): void {
  const reader = asNative(`get ${name}`, get);
  const writer = set && asNative(`set ${name}`, set);
  native.define(target, name, { get: reader, ...(writer ? { set: writer } : {}), configurable: true, enumerable: true });
}

/** A value as text, whatever it is; at most 64 KiB. Never throws and never calls more of the bundle than one conversion. */
export function textOf(value: unknown, depth = 0): string {
  try {
    if (typeof value === "string") return native.apply(native.slice, value, [0, 65_536]);
    if (value === null || value === undefined || typeof value === "symbol") return "";
    if (typeof value !== "object" && typeof value !== "function") return native.String(value);
    if (value instanceof ArrayBuffer) return bytesText(new Uint8Array(value));
    if (ArrayBuffer.isView(value)) return bytesText(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    const parts = (value as { readonly [partsOf]?: () => unknown[] })[partsOf];
    if (parts && depth < 4) {
      let text = "";
      for (const part of parts.call(value)) text += `${textOf(part, depth + 1)}&`;
      return text;
    }
    const own = (value as { toString?: unknown }).toString;
    const text = own === Object.prototype.toString || native.isArray(value) ? (native.stringify(value) ?? "") : native.String(value);
    return native.apply(native.slice, text, [0, 65_536]);
  } catch {
    return "(unreadable)";
  }
}

/** Containers of data (FormData, Blob, URLSearchParams) tell what they hold under this key. */
export const partsOf = Symbol("parts");

function bytesText(bytes: Uint8Array): string {
  let text = "";
  for (let index = 0; index < bytes.length && index < 65_536; index += 1) text += String.fromCharCode(bytes[index] ?? 0);
  return text;
}
