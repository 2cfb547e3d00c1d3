// Bundles the page that the scanner puts inside QuickJS (linkedom, the recorder, window.gro with sample data) into one script.
import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");

/** Writes dist/scan/dom.js, whole or not at all. Takes about 100 ms. */
export async function buildScanDom() {
  const file = path.join(root, "dist/scan/dom.js");
  const result = await build({
    absWorkingDir: root,
    entryPoints: ["src/pipeline/guest/index.ts"],
    bundle: true,
    minify: true,
    keepNames: false,
    format: "iife",
    platform: "browser",
    target: "es2022",
    external: ["canvas"],
    logLevel: "warning",
    legalComments: "none",
    write: false,
  });
  await mkdir(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, result.outputFiles[0].contents);
  await rename(temporary, file);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await buildScanDom();
