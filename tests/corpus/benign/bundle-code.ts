import path from "node:path";
import { build, type Loader, transform } from "esbuild";

const root = path.join(import.meta.dirname, "../../..");

export interface BundleOptions {
  readonly minify: boolean;
  readonly loader?: Loader;
}

/** A program with its imports, as one script for browsers. Packages are those of the repository. */
export async function bundleCode(code: string, options: BundleOptions): Promise<string> {
  const result = await build({
    stdin: { contents: code, resolveDir: root, loader: options.loader ?? "js" },
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2020",
    minify: options.minify,
    legalComments: "none",
    logLevel: "silent",
    define: {
      "process.env.NODE_ENV": '"production"',
      __VUE_OPTIONS_API__: "true",
      __VUE_PROD_DEVTOOLS__: "false",
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
    },
  });
  return result.outputFiles[0]?.text ?? "";
}

export async function minifyWithEsbuild(code: string): Promise<string> {
  return (await transform(code, { minify: true, legalComments: "none", logLevel: "silent" })).code;
}
