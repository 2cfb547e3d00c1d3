import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The script that is evaluated inside QuickJS before a bundle (the page, its DOM, the recorder). The build makes it; from source it
 * is made when it is missing or older than what it is made from.
 */
export function findGuest(): string {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const built = path.resolve(here, "../../../scan/dom.js");
  if (import.meta.url.endsWith(".js")) {
    if (existsSync(built)) return built;
    throw new Error(`The scanner's page script is missing (${built}). Run "npm run build".`);
  }
  const root = path.resolve(here, "../../..");
  const made = path.join(root, "dist/scan/dom.js");
  const script = path.join(root, "scripts/build-scan-dom.mjs");
  const folder = path.join(root, "src/pipeline/guest");
  const newest = Math.max(...readdirSync(folder).map((name) => statSync(path.join(folder, name)).mtimeMs), statSync(script).mtimeMs);
  if (!existsSync(made) || statSync(made).mtimeMs < newest) {
    const result = spawnSync(process.execPath, [script], { cwd: root, encoding: "utf8" });
    if (result.status !== 0) throw new Error(`The scanner's page script could not be built: ${result.stderr.slice(0, 2000)}`);
  }
  return made;
}
