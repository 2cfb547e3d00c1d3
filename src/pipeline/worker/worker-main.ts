import { parentPort, workerData } from "node:worker_threads";
import type { RuleMeta } from "../../contracts/index.js";
import { createRunFactory, engineVersions } from "../dynamic/run-factory.js";
import { inspect } from "../inspect.js";
import { loadPlugins } from "./load-plugins.js";
import type { WorkerMessage, WorkerRequest, WorkerSettings } from "./messages.js";
import { ownThread } from "./processor-time.js";

/** Loads the rules and a QuickJS machine, says so, and inspects one submission at a time, each in a machine of its own. */
async function main(): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error("This file runs as a worker thread.");
  const settings = workerData as WorkerSettings;
  const say = (message: WorkerMessage): void => port.postMessage(message);
  const thread = ownThread();
  let ready: { metas: readonly RuleMeta[]; engine: Readonly<Record<string, string>> };
  try {
    const rules = await loadPlugins(settings.plugins);
    const factory = await createRunFactory(settings);
    let run = await factory.prepare();
    ready = { metas: rules.map((rule) => rule.meta), engine: engineVersions };
    port.on("message", (request: WorkerRequest) => {
      void (async () => {
        const reusable = await inspect(request, rules, run, say);
        say({ kind: "done", reusable });
        // The next machine is made while nobody waits for it.
        if (reusable) {
          run = await factory.prepare();
          say({ kind: "ready", rules: ready.metas, engine: ready.engine, thread });
        }
      })().catch((error: unknown) => {
        // A crash of the engine: the parent sees the exit and rejects.
        throw error;
      });
    });
  } catch (error) {
    say({ kind: "unusable", reason: error instanceof Error ? error.message : String(error) });
    return;
  }
  say({ kind: "ready", rules: ready.metas, engine: ready.engine, thread });
}

await main();
