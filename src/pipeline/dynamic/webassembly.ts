// Node's types for version 20 know WebAssembly's namespace but none of its values.
interface WebAssemblyApi {
  compile(bytes: Uint8Array): Promise<WebAssembly.Module>;
  readonly Memory: new (limits: { readonly initial: number; readonly maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: (new (
    bytes: Uint8Array,
  ) => WebAssembly.Module) & {
    exports(module: WebAssembly.Module): readonly { readonly name: string }[];
    imports(module: WebAssembly.Module): readonly { readonly module: string; readonly name: string }[];
  };
}

export const webAssembly = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly;
