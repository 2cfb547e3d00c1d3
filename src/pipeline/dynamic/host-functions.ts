import type { QuickJSContext, QuickJSHandle } from "quickjs-emscripten";
import type { Recorder } from "./recorder.js";
import { webAssembly } from "./webassembly.js";

const urlParts = ["href", "origin", "protocol", "host", "hostname", "port", "pathname", "search", "hash", "username", "password"] as const;

/**
 * What the page script may ask of the host: to note something, to take an address apart, to list a WebAssembly module's names.
 * Strings in, strings out; nothing here can reach anything.
 */
export function hostFunctions(context: QuickJSContext, recorder: Recorder): QuickJSHandle {
  const host = context.newObject();
  const text = (handle: QuickJSHandle | undefined): string => (handle ? context.getString(handle) : "");
  const functions: Record<string, (...args: QuickJSHandle[]) => QuickJSHandle> = {
    record(kind, target, payload, at) {
      recorder.record(text(kind), text(target), text(payload), at ? context.getNumber(at) : 0);
      return context.undefined;
    },
    generated(via, code) {
      recorder.generated(text(via), text(code));
      return context.undefined;
    },
    failed(message) {
      recorder.failed(text(message));
      return context.undefined;
    },
    parseUrl: (address, base) => context.newString(parseUrl(text(address), text(base))),
    wasm: (bytes) => context.newString(describeWasm(text(bytes))),
  };
  for (const [name, work] of Object.entries(functions)) {
    const handle = context.newFunction(name, work);
    context.setProp(host, name, handle);
    handle.dispose();
  }
  return host;
}

function parseUrl(address: string, base: string): string {
  if (!URL.canParse(address, base === "" ? undefined : base)) return "";
  const url = new URL(address, base === "" ? undefined : base);
  return JSON.stringify(Object.fromEntries(urlParts.map((part) => [part, url[part]])));
}

/** Names only: the module is compiled to be listed and never instantiated. */
function describeWasm(binary: string): string {
  try {
    const module = new webAssembly.Module(Buffer.from(binary, "latin1"));
    return JSON.stringify({
      size: binary.length,
      exports: webAssembly.Module.exports(module)
        .map((entry) => entry.name)
        .slice(0, 60),
      imports: webAssembly.Module.imports(module)
        .map((entry) => `${entry.module}.${entry.name}`)
        .slice(0, 60),
    });
  } catch {
    return JSON.stringify({ size: binary.length, exports: [], imports: [] });
  }
}
