// The part of uglify-js that the corpus uses; the package brings no types.
declare module "uglify-js" {
  export function minify(
    code: string,
    options?: { compress?: boolean; mangle?: boolean },
  ): { readonly code?: string; readonly error?: Error };
}
