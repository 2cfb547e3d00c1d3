import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const candidates = () => [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The path of an installed Chromium, or undefined. */
export const findChromium = () => candidates().find((path) => path !== undefined && existsSync(path));

/** Finds a Chromium, or installs Debian's where that is possible; undefined when neither works. */
export function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  if (process.platform !== "linux" || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return undefined;
  process.stdout.write("No Chromium found; installing it with apt-get …\n");
  const install = () =>
    spawnSync("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { stdio: ["ignore", "ignore", "inherit"] }).status === 0;
  if (!install()) {
    spawnSync("apt-get", ["update"], { stdio: ["ignore", "ignore", "inherit"] });
    install();
  }
  return findChromium();
}
