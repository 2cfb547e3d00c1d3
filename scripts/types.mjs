// Type-checks every environment with its own globals: Node, protocol (none), frame, host page, portal client, panel components.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const projects = [
  ".",
  "sdk/src/protocol",
  "sdk/src/frame",
  "sdk/src/host",
  "src/portal/client",
  "admin-components",
  "tests/sdk",
  "tests/attacks/frames",
];
let failed = false;
for (const project of projects) {
  const { status } = spawnSync(process.execPath, [path.join(root, "node_modules/typescript/bin/tsc"), "-p", project], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) {
    failed = true;
    process.stderr.write(`types: ${project} has errors\n`);
  }
}
process.exit(failed ? 1 : 0);
