// Bundles everything that runs in a browser: the frame SDK, the host page's client and worker, the portal's style sheet.
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");

/** Writes dist/browser/*. Takes about 100 ms. */
export async function buildBrowser() {
  const outdir = path.join(root, "dist/browser");
  await mkdir(outdir, { recursive: true });
  const common = {
    absWorkingDir: root,
    bundle: true,
    minify: true,
    target: ["chrome109", "firefox115", "safari16"],
    logLevel: "warning",
    legalComments: "none",
  };
  await Promise.all([
    build({ ...common, entryPoints: { "frame-sdk": "sdk/src/frame/index.ts" }, format: "iife", outdir }),
    build({ ...common, entryPoints: { "host-worker": "sdk/src/host/worker.ts" }, format: "iife", outdir }),
    build({ ...common, entryPoints: { portal: "src/portal/client/index.ts" }, format: "iife", outdir }),
    build({ ...common, entryPoints: { "portal-style": "src/portal/client/portal.css" }, outdir }),
  ]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await buildBrowser();
