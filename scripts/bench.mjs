// `npm run bench [names] [-- --write]`: measures side by side in one run and prints ratios with the aim beside. Every file
// bench/<name>.bench.ts is one measurement. With --write, the tables also replace those of the same names in bench/README.md.
// Other options go to the measurement.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { buildBrowser } from "./build-browser.mjs";
import { buildScanDom } from "./build-scan-dom.mjs";
import { findChromium } from "./find-chromium.mjs";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const known = readdirSync(path.join(root, "bench"))
  .map((file) => /^([a-z][a-z0-9-]*)\.bench\.ts$/.exec(file)?.[1])
  .filter((name) => name !== undefined);

const options = process.argv.slice(2).filter((argument) => argument.startsWith("--") && argument !== "--write");
const given = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const writes = process.argv.includes("--write");
const unknown = given.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no measurement called ${unknown.join(", ")}. There are: ${known.join(", ")}.\n`);
  process.exit(1);
}

await Promise.all([buildBrowser(), buildScanDom()]);
const chromium = findChromium();
const folder = mkdtempSync(path.join(os.tmpdir(), "vitrine-bench-"));
let failed = false;
const sections = new Map();
for (const name of given.length > 0 ? given : known) {
  process.stderr.write(`\n${name}\n`);
  const file = path.join(folder, `${name}.md`);
  const { status } = spawnSync(process.execPath, ["--import", "tsx", path.join(root, "bench/run.ts"), name, file, ...options], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...(chromium === undefined ? {} : { CHROMIUM_PATH: chromium }) },
  });
  if (status === 0) sections.set(name, readFileSync(file, "utf8"));
  else {
    failed = true;
    process.stderr.write(`${name} failed.\n`);
  }
}
rmSync(folder, { recursive: true, force: true });
if (writes) writeResults(sections);
process.exit(failed ? 1 : 0);

/** Replaces what stands between a measurement's own markers, or adds it at the end of the results. */
function writeResults(results) {
  const file = path.join(root, "bench/README.md");
  let text = readFileSync(file, "utf8");
  for (const [name, section] of results) {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const block = `${begin}\n\n_${describeMachine()}_\n\n${section.trim()}\n\n${end}`;
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from >= 0 && to > from) text = text.slice(0, from) + block + text.slice(to + end.length);
    else text = `${text.trimEnd()}\n\n${block}\n`;
  }
  writeFileSync(file, text);
}

function describeMachine() {
  const version = chromium && spawnSync(chromium, ["--version"], { encoding: "utf8" }).stdout?.trim();
  const model = os.cpus()[0]?.model.trim() ?? "unknown processor";
  const load = os.loadavg()[0]?.toFixed(1);
  return [
    new Date().toISOString().slice(0, 10),
    `${os.cpus().length} × ${model}`,
    `${Math.round(os.totalmem() / 2 ** 30)} GB`,
    `${os.type()} ${os.release()}`,
    `Node ${process.version}`,
    version || undefined,
    `load average ${load}`,
  ]
    .filter((part) => part !== undefined)
    .join(", ");
}
