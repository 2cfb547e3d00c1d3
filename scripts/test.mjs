// `npm test [-- vitest arguments]`: all tests, the browser ones too. Finds or installs a browser, says how when it cannot.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ensureChromium } from "./find-chromium.mjs";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const chromium = ensureChromium();
if (!chromium) {
  process.stderr.write(
    "The browser tests need Chromium and none was found.\n  Debian or Ubuntu: apt-get install chromium\n  elsewhere: install Chrome or Chromium and set CHROMIUM_PATH to its program\n",
  );
  process.exit(1);
}
for (const [name, what] of [
  ["DATABASE_URL", "the PostgreSQL suites (set it to postgres://user@host/database)"],
  ["REDIS_URL", "the Redis suites (set it to redis://host:6379)"],
]) {
  if (!process.env[name]) process.stdout.write(`\n*** SKIPPED: ${what} do not run without ${name}. ***\n\n`);
}
const vitest = spawnSync(process.execPath, [path.join(root, "node_modules/vitest/vitest.mjs"), "run", ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, CHROMIUM_PATH: chromium },
});
process.exit(vitest.status ?? 1);
