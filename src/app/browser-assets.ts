import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds package.json: two levels up from the sources, three from the built product. */
export function findProjectRoot(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, "package-lock.json"))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error("The project's folder was not found: package-lock.json is missing.");
    folder = parent;
  }
  return folder;
}

export interface BrowserAsset {
  /** First 32 hex digits of the body's SHA-256. */
  readonly digest: string;
  readonly body: string;
}

/** What `scripts/build-browser.mjs` made. Throws with the command to run when it is missing. */
export async function loadBrowserAssets(
  root: string,
): Promise<{ frameSdk: BrowserAsset; hostWorker: BrowserAsset; portalScript: BrowserAsset; portalStyle: BrowserAsset }> {
  const load = async (name: string): Promise<BrowserAsset> => {
    const body = await readFile(path.join(root, "dist/browser", name), "utf8").catch(() => {
      throw new Error(`dist/browser/${name} is missing. Run: npm run build`);
    });
    return { body, digest: createHash("sha256").update(body).digest("hex").slice(0, 32) };
  };
  const [frameSdk, hostWorker, portalScript, portalStyle] = await Promise.all([
    load("frame-sdk.js"),
    load("host-worker.js"),
    load("portal.js"),
    load("portal-style.css"),
  ]);
  return { frameSdk, hostWorker, portalScript, portalStyle };
}
