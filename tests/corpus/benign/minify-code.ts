import { minify as minifyWithTerser } from "terser";
import { minify as minifyWithUglify } from "uglify-js";
import type { Random } from "../random.js";
import { minifyWithEsbuild } from "./bundle-code.js";

/** Minifies with one of the minifiers, drawn; those that would take seconds are left out for long code. Gives its name too. */
export async function minifyCode(code: string, random: Random): Promise<{ readonly tool: string; readonly text: string }> {
  const tool = random.pick(
    code.length > 200_000 ? ["esbuild"] : code.length > 80_000 ? ["esbuild", "terser"] : ["esbuild", "terser", "terser toplevel", "uglify"],
  );
  if (tool === "uglify") {
    const { code: text, error } = minifyWithUglify(code, { compress: true, mangle: true });
    // UglifyJS does not know the newest syntax.
    if (text !== undefined && !error) return { tool, text };
  }
  if (tool.startsWith("terser")) {
    const { code: text } = await minifyWithTerser(code, {
      compress: { passes: 2 },
      mangle: { toplevel: tool === "terser toplevel" },
      format: { comments: false },
    });
    if (text !== undefined) return { tool, text };
  }
  return { tool: "esbuild", text: await minifyWithEsbuild(code) };
}
