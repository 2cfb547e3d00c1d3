// The worker's entry: the only form that starts alike from source (vitest, tsx) and from the build.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const built = new URL("./worker-main.js", import.meta.url);
if (existsSync(fileURLToPath(built))) await import(built.href);
else {
  const { register } = await import("tsx/esm/api");
  register();
  await import(new URL("./worker-main.ts", import.meta.url).href);
}
