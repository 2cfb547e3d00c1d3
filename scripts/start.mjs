// `npm start`: builds what is missing or stale, then runs the product. With --watch it rebuilds and restarts on changes.
import { spawn } from "node:child_process";
import { watch } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { buildIfStale } from "./build.mjs";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const watching = process.argv.includes("--watch");
await buildIfStale();

const run = () => spawn(process.execPath, ["--enable-source-maps", path.join(root, "dist/src/main.js")], { cwd: root, stdio: "inherit" });
let child = run();
let restarting = false;
const leave = (code) => {
  if (!restarting) process.exit(code ?? 1);
};
child.on("exit", leave);
// The child drains its requests; this process waits for it.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));

if (watching) {
  let pending;
  const restart = async () => {
    restarting = true;
    child.kill("SIGTERM");
    await new Promise((resolve) => (child.exitCode === null ? child.once("exit", resolve) : resolve()));
    try {
      await buildIfStale();
    } catch (error) {
      process.stderr.write(`${error.message}\n`);
    }
    child = run();
    child.on("exit", leave);
    restarting = false;
  };
  for (const folder of ["src", "sdk", "admin-components", "migrations"]) {
    watch(path.join(root, folder), { recursive: true }, () => {
      clearTimeout(pending);
      pending = setTimeout(() => void restart(), 200);
    });
  }
}
