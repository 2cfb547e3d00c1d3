/** A compiled module: opaque here. */
declare const compiled: unique symbol;
export interface WebAssemblyModule {
  readonly [compiled]: true;
}

// Node's types for version 20 leave WebAssembly to the browser's.
interface WebAssemblyApi {
  compile(bytes: Uint8Array): Promise<WebAssemblyModule>;
  readonly Memory: new (limits: { readonly initial: number; readonly maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: (new (
    bytes: Uint8Array,
  ) => WebAssemblyModule) & {
    exports(module: WebAssemblyModule): readonly { readonly name: string }[];
    imports(module: WebAssemblyModule): readonly { readonly module: string; readonly name: string }[];
  };
}

export const webAssembly = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly;
