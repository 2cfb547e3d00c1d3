// Builds everything the product runs from into dist/: server code, browser bundles, the scanner's DOM, the panel's components.
// `node scripts/build.mjs` always builds; start.mjs calls buildIfStale(), which compares a digest of the sources.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildBrowser } from "./build-browser.mjs";
import { buildPanel } from "./build-panel.mjs";
import { buildScanDom } from "./build-scan-dom.mjs";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const dist = path.join(root, "dist");
const stamp = path.join(dist, "build-stamp");
const sources = [
  "src",
  "sdk",
  "admin-components",
  "migrations",
  "scripts",
  "package-lock.json",
  "tsconfig.base.json",
  "tsconfig.build.json",
];

function listFiles(entry) {
  if (!existsSync(entry)) return [];
  if (statSync(entry).isFile()) return [entry];
  return readdirSync(entry, { withFileTypes: true })
    .flatMap((item) => (item.name === "node_modules" ? [] : listFiles(path.join(entry, item.name))))
    .sort((a, b) => (a < b ? -1 : 1));
}

function digestSources() {
  const hash = createHash("sha256");
  for (const file of sources.flatMap((source) => listFiles(path.join(root, source))))
    hash.update(path.relative(root, file)).update("\0").update(readFileSync(file));
  return hash.digest("hex");
}

export async function build() {
  const digest = digestSources();
  // Compressed panel files stay: they are found again by their digest.
  for (const folder of ["src", "sdk", "migrations"]) rmSync(path.join(dist, folder), { recursive: true, force: true });
  rmSync(stamp, { force: true });
  const tsc = spawnSync(process.execPath, [path.join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.build.json"], {
    cwd: root,
    stdio: "inherit",
  });
  if (tsc.status !== 0) throw new Error("TypeScript found errors; nothing was started.");
  await Promise.all([buildBrowser(), buildScanDom()]);
  await buildPanel();
  writeFileSync(stamp, digest);
}

export async function buildIfStale() {
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digestSources()) return false;
  process.stdout.write("Building (once per change, about 20 seconds) …\n");
  await build();
  return true;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await build();
