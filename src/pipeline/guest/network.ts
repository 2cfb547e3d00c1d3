import { describeWasm, parseUrl, record } from "./host.js";
import { keepBlob, plain } from "./inline-address.js";
import { asNative, type Bag, type Callback, expose, native, partsOf, textOf, world } from "./natives.js";
import { installRequestClasses } from "./network-classes.js";

export const frameAddress = "http://127.0.0.1/frame";

/** Every way out, as a recorder that answers like a frame without network: requests fail, sockets close. */
export function installNetwork(): void {
  installContainers();
  installRequestClasses();
  expose("fetch", (input: unknown, init?: { method?: unknown; body?: unknown; headers?: unknown }) => {
    const request = input as { url?: unknown; body?: unknown };
    const address = typeof input === "object" && input !== null && request.url !== undefined ? request.url : input;
    record("request.fetch", address, `${textOf(init?.body ?? request?.body)} ${textOf(init?.headers)}`);
    return native.Promise.reject(new TypeError("Failed to fetch"));
  });
  expose("importScripts", (...addresses: unknown[]) => {
    for (const address of addresses) record("request.script", address);
  });
  installWasm();
}

function installWasm(): void {
  const note = (bytes: unknown): Bag => {
    const described = describeWasm(bytes);
    record("wasm", `${textOf(described["size"])} bytes; exports ${textOf(described["exports"])}; imports ${textOf(described["imports"])}`);
    return described;
  };
  const instance = (bytes: unknown): Bag => {
    const described = note(bytes);
    const exported: Bag = {};
    for (const name of (described["exports"] as string[] | undefined) ?? []) exported[name] = asNative(name, () => 0);
    exported["memory"] = { buffer: new ArrayBuffer(65_536), grow: () => 1 };
    return { exports: exported };
  };
  const Module = function Module(this: Bag, bytes: unknown): void {
    this["bytes"] = bytes;
    note(bytes);
  };
  expose("WebAssembly", {
    instantiate: asNative("instantiate", (bytes: unknown) =>
      native.Promise.resolve({ module: {}, instance: instance((bytes as Bag)?.["bytes"] ?? bytes) }),
    ),
    compile: asNative("compile", (bytes: unknown) => native.Promise.resolve(Reflect.construct(Module, [bytes]))),
    instantiateStreaming: asNative("instantiateStreaming", () => native.Promise.reject(new TypeError("Failed to fetch"))),
    compileStreaming: asNative("compileStreaming", () => native.Promise.reject(new TypeError("Failed to fetch"))),
    validate: asNative("validate", () => true),
    Module: asNative("Module", Module),
    Instance: asNative("Instance", function (this: Bag, module: Bag) {
      this["exports"] = instance(module["bytes"])["exports"];
    } as unknown as Callback),
    Memory: asNative("Memory", function (this: Bag) {
      this["buffer"] = new ArrayBuffer(65_536);
      this["grow"] = () => 1;
    }),
    Table: asNative("Table", function () {}),
  });
}

/** Holders of data that a bundle may send. */
function installContainers(): void {
  class FormData {
    #entries: [string, unknown][] = [];
    constructor(form?: { querySelectorAll?: (selector: string) => Iterable<{ name?: string; value?: unknown }> }) {
      record(form === undefined ? "data.form" : "read.form");
      for (const field of form?.querySelectorAll?.("input,select,textarea") ?? [])
        if (field.name) this.#entries.push([field.name, field.value]);
    }
    append(name: string, value: unknown): void {
      this.#entries.push([native.String(name), value]);
    }
    set(name: string, value: unknown): void {
      this.delete(name);
      this.append(name, value);
    }
    delete(name: string): void {
      this.#entries = this.#entries.filter(([key]) => key !== name);
    }
    get(name: string): unknown {
      return this.#entries.find(([key]) => key === name)?.[1] ?? null;
    }
    getAll(name: string): unknown[] {
      return this.#entries.filter(([key]) => key === name).map(([, value]) => value);
    }
    has(name: string): boolean {
      return this.#entries.some(([key]) => key === name);
    }
    forEach(callback: (value: unknown, key: string) => void): void {
      for (const [key, value] of this.#entries) callback(value, key);
    }
    entries(): Iterator<[string, unknown]> {
      return this.#entries[Symbol.iterator]();
    }
    keys(): Iterator<string> {
      return this.#entries.map(([key]) => key)[Symbol.iterator]();
    }
    values(): Iterator<unknown> {
      return this.#entries.map(([, value]) => value)[Symbol.iterator]();
    }
    [Symbol.iterator](): Iterator<[string, unknown]> {
      return this.entries();
    }
    [partsOf](): unknown[] {
      return this.#entries.flat();
    }
  }
  class Blob {
    #parts: unknown[];
    readonly type: string;
    constructor(parts: unknown[] = [], options: { type?: string } = {}) {
      this.#parts = [...parts];
      this.type = options.type ?? "";
    }
    get size(): number {
      return textOf(this).length;
    }
    text(): Promise<string> {
      return native.Promise.resolve(
        this[partsOf]()
          .map((part) => textOf(part))
          .join(""),
      );
    }
    arrayBuffer(): Promise<ArrayBuffer> {
      return native.Promise.resolve(new ArrayBuffer(this.size));
    }
    slice(): Blob {
      return new Blob(this.#parts, { type: this.type });
    }
    [partsOf](): unknown[] {
      return this.#parts;
    }
  }
  class File extends Blob {
    readonly name: string;
    readonly lastModified = 0;
    constructor(parts: unknown[], name: string, options?: { type?: string }) {
      super(parts, options);
      this.name = native.String(name);
    }
  }
  class URLSearchParams extends FormData {
    constructor(init: unknown = "") {
      super();
      const pairs =
        typeof init === "string"
          ? init
              .replace(/^\?/, "")
              .split("&")
              .filter(Boolean)
              .map((pair) => {
                const [key = "", ...rest] = pair.split("=");
                return [plain(key), plain(rest.join("="))] as const;
              })
          : native.isArray(init) || (typeof init === "object" && init !== null && Symbol.iterator in init)
            ? [...(init as Iterable<[string, unknown]>)]
            : Object.entries(init ?? {});
      for (const [key, value] of pairs) this.append(key, value);
    }
    sort(): void {}
    override toString(): string {
      return [...this].map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(textOf(value))}`).join("&");
    }
  }
  class URL {
    searchParams: URLSearchParams;
    constructor(address: unknown, base: unknown = "") {
      const parsed = parseUrl(address, base);
      if (!parsed) throw new TypeError(`Invalid URL`);
      Object.assign(this, parsed);
      this.searchParams = new URLSearchParams(textOf(parsed["search"]));
    }
    toString(): string {
      const self = this as unknown as Bag;
      const query = this.searchParams.toString();
      return `${textOf(self["origin"])}${textOf(self["pathname"])}${query === "" ? "" : `?${query}`}${textOf(self["hash"])}`;
    }
    toJSON(): string {
      return this.toString();
    }
    static canParse(address: unknown, base: unknown = ""): boolean {
      return parseUrl(address, base) !== undefined;
    }
    static createObjectURL(blob: unknown): string {
      return keepBlob(textOf(blob));
    }
    static revokeObjectURL(): void {}
  }
  for (const [name, value] of Object.entries({ FormData, Blob, File, URLSearchParams, URL })) expose(name, value);
  expose("webkitURL", world["URL"]);
}
