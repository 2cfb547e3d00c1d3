import { record, recordCode } from "./host.js";
import { asNative, type Callback, expose, native, textOf, world } from "./natives.js";

const minDecoded = 12;
const decoded: string[] = [];
let decodedLength = 0;

function remember(text: unknown): void {
  if (typeof text !== "string" || text.length < minDecoded || decoded.length > 2000 || decodedLength > 1 << 20) return;
  decoded.push(text);
  decodedLength += text.length;
}

/** Tells the host about code that is about to be made, and whether a decoder made its text. */
export function noteCode(via: string, code: unknown): void {
  const text = textOf(code);
  recordCode(via, text);
  for (const part of decoded) {
    if (text.includes(part)) {
      record("code.decoded", `${via}: ${text.slice(0, 200)}`);
      return;
    }
  }
}

function wrapDecoder(owner: object, name: string): void {
  const original = (owner as Record<string, unknown>)[name] as Callback;
  native.define(owner, name, {
    value: asNative(name, function (this: unknown, ...args: unknown[]) {
      const result = native.apply(original, this, args);
      remember(result);
      return result;
    }),
    writable: true,
    configurable: true,
  });
}

/** Wraps every way to make code from text. Direct `eval` becomes indirect: it sees globals only, as packers expect. */
export function installCodegen(): void {
  for (const name of ["atob", "unescape", "decodeURIComponent", "decodeURI"]) wrapDecoder(world, name);
  wrapDecoder(String, "fromCharCode");
  wrapDecoder(String, "fromCodePoint");

  expose("eval", (code: unknown) => {
    if (typeof code !== "string") return code;
    noteCode("eval", code);
    return native.eval(code);
  });
  const prototypes = [
    native.Function.prototype,
    native.prototypeOf(async function () {}) as object,
    native.prototypeOf(function* () {}) as object,
    native.prototypeOf(async function* () {}) as object,
  ];
  for (const prototype of prototypes) {
    const Original = (prototype as { constructor: Callback }).constructor;
    const Wrapped = function (this: unknown, ...args: unknown[]): unknown {
      const body = args.length === 0 ? "" : textOf(args[args.length - 1]);
      noteCode("Function", body);
      return native.apply(Original, undefined, args);
    };
    Wrapped.prototype = prototype;
    asNative("Function", Wrapped as Callback);
    native.define(prototype, "constructor", { value: Wrapped, writable: true, configurable: true });
    if (prototype === native.Function.prototype) expose("Function", Wrapped);
  }
}
