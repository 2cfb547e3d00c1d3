// Prepares everything the panel's pages load into dist/panel: AdminJS's own production bundles, our components, our style.
// Each file carries its content's hash in its name and lies there compressed, so the server only sends bytes.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { build } from "esbuild";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const outdir = path.join(root, "dist/panel");
const require = createRequire(import.meta.url);

/** What AdminJS's page holds as globals. A second copy of one of these would break hooks and contexts. */
const globals = {
  react: "React",
  "react-dom": "ReactDOM",
  "react-redux": "ReactRedux",
  "react-router": "ReactRouter",
  "react-router-dom": "ReactRouterDOM",
  "react-feather": "FeatherIcons",
  adminjs: "AdminJS",
  "@adminjs/design-system": "AdminJSDesignSystem",
};

const useGlobals = {
  name: "use-globals",
  setup(build) {
    const filter = new RegExp(
      `^(${Object.keys(globals)
        .map((name) => name.replace(/[/.-]/g, "\\$&"))
        .join("|")})$`,
    );
    build.onResolve({ filter }, ({ path: name }) => ({ path: name, namespace: "global" }));
    build.onLoad({ filter: /.*/, namespace: "global" }, ({ path: name }) => ({
      contents: `module.exports = window.${globals[name]};`,
      loader: "js",
    }));
  },
};

async function bundleComponents() {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ["admin-components/index.tsx", "admin-components/panel.css"],
    bundle: true,
    minify: true,
    write: false,
    outdir: "out",
    format: "iife",
    target: ["chrome109", "firefox115", "safari16"],
    jsx: "transform",
    tsconfigRaw: { compilerOptions: { jsx: "react" } },
    legalComments: "none",
    logLevel: "warning",
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [useGlobals],
  });
  return Object.fromEntries(outputFiles.map(({ path: name, contents }) => [path.basename(name), Buffer.from(contents)]));
}

async function collect() {
  const adminjs = path.join(path.dirname(require.resolve("adminjs")), "lib/frontend/assets/scripts");
  const designSystem = path.join(root, "node_modules/@adminjs/design-system/bundle.production.js");
  const [components, app, global, design] = await Promise.all([
    bundleComponents(),
    readFile(path.join(adminjs, "app-bundle.production.js")),
    readFile(path.join(adminjs, "global-bundle.production.js")),
    readFile(designSystem),
  ]);
  return {
    "global.js": global,
    "design-system.js": design,
    "app.js": app,
    "components.js": components["index.js"],
    "panel.css": components["panel.css"],
  };
}

const types = { ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8" };
const brotli = (bytes) =>
  promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });

/** Writes dist/panel. Takes about two seconds the first time and 200 ms after that: compressed files are kept by their hash. */
export async function buildPanel() {
  await mkdir(outdir, { recursive: true });
  const kept = new Set(await readdir(outdir));
  const manifest = {};
  const files = await collect();
  await Promise.all(
    Object.entries(files).map(async ([name, bytes]) => {
      const { name: stem, ext } = path.parse(name);
      const file = `${stem}.${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}${ext}`;
      manifest[name] = { file, type: types[ext] };
      if (kept.has(file) && kept.has(`${file}.br`) && kept.has(`${file}.gz`)) return;
      const [small, smaller] = await Promise.all([promisify(gzip)(bytes, { level: 9 }), brotli(bytes)]);
      await Promise.all([
        writeFile(path.join(outdir, file), bytes),
        writeFile(path.join(outdir, `${file}.gz`), small),
        writeFile(path.join(outdir, `${file}.br`), smaller),
      ]);
    }),
  );
  const wanted = new Set(Object.values(manifest).map(({ file }) => file));
  const stale = [...kept].filter((name) => name !== "manifest.json" && !wanted.has(name.replace(/\.(br|gz)$/, "")));
  await writeFile(path.join(outdir, "manifest.json"), JSON.stringify(manifest, null, 2));
  await Promise.all(stale.map((name) => rm(path.join(outdir, name), { force: true })));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await buildPanel();
