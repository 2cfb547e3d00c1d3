import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const candidates = [
  process.env["CHROMIUM_PATH"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The installed Chromium; throws with the way to install one when there is none. */
export function findChromium(): string {
  const found = candidates.find((path) => path !== undefined && existsSync(path));
  if (!found) throw new Error("No Chromium found. Install one (Debian: apt-get install chromium) or set CHROMIUM_PATH to its program.");
  return found;
}

let shared: Promise<Browser> | undefined;

/** One browser for the whole test process; each test makes its own context. */
export function sharedBrowser(): Promise<Browser> {
  shared ??= chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  return shared;
}
