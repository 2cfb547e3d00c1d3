/** Child process: the sandbox origin as the product assembles it, over a real store with one published widget. */
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createLimitedServer, drain, listen } from "../../src/app/http/servers.js";
import { createArtifactBuilder, createSandbox } from "../../src/sandbox/index.js";
import { createBlobStore, createLocalChangeBus, createSandboxRecords } from "../../src/store/index.js";
import { openTestDatabase, seedCommunity, seedVersion, seedWidget } from "../../tests/support/database.js";
import { serveMeasured } from "../harness/child.js";
import { makeBundle } from "../harness/make-bundle.js";

const root = path.join(import.meta.dirname, "../..");
const directory = await mkdtemp(path.join(tmpdir(), "vitrine-bench-"));
const { database, close } = await openTestDatabase();
const blobs = createBlobStore({ directory });
const communityId = await seedCommunity(database);
const widgetId = await seedWidget(database, communityId);
const digest = await blobs.put(Buffer.from(makeBundle(100 * 1024, "")));
const versionId = await seedVersion(database, widgetId, { digest });

const sandbox = createSandbox({
  origin: "http://127.0.0.1:3001",
  appOrigin: "http://localhost:3000",
  records: createSandboxRecords(database),
  blobs,
  artifacts: createArtifactBuilder({ frameSdk: await readFile(path.join(root, "dist/browser/frame-sdk.js"), "utf8") }),
  signingKey: randomBytes(32),
  bus: createLocalChangeBus(),
  logger: { error: (fields) => process.stderr.write(`${JSON.stringify(fields)}\n`) },
});
await sandbox.preparer.prepare({ digest, format: "script" });
const server = createLimitedServer((request, response) => sandbox.handle(request, response));
const port = await listen(server, 0, "127.0.0.1", "PORT");

serveMeasured({
  port,
  answers: { document: () => new URL(sandbox.addresses.frameUrl(widgetId, versionId)).pathname },
  async close() {
    await drain(server);
    sandbox.close();
    await close();
    await rm(directory, { recursive: true, force: true });
  },
});
