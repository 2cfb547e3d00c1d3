import { Worker } from "node:worker_threads";
import type { RuleMeta } from "../contracts/index.js";
import type { InspectionStep, WorkerMessage, WorkerRequest, WorkerSettings } from "./worker/messages.js";
import { maxStretch, processorTime } from "./worker/processor-time.js";

/** Everything that a worker said about one submission, and how it ended. */
export interface Inspection {
  readonly messages: readonly WorkerMessage[];
  readonly end: "done" | "timeout" | "memory" | "crash";
  /** The step it was in when it ended. */
  readonly step: InspectionStep;
}

export interface WorkerPool {
  readonly rules: readonly RuleMeta[];
  readonly engine: Readonly<Record<string, string>>;
  inspect(request: WorkerRequest): Promise<Inspection>;
  close(): Promise<void>;
}

export interface PoolSettings extends WorkerSettings {
  readonly size: number;
  readonly wallMs: number;
  readonly onTrouble: (message: string) => void;
}

/** A worker that has inspected this many is replaced: memory that WebAssembly took is only returned by the end of its thread. */
const maxUses = 50;
const startLimitMs = 30_000;

interface Slot {
  worker: Worker;
  uses: number;
  idle: boolean;
  thread: string | undefined;
  hear: (message: WorkerMessage) => void;
  fail: (reason: "memory" | "crash") => void;
}

interface Job {
  readonly request: WorkerRequest;
  readonly resolve: (inspection: Inspection) => void;
}

/**
 * Keeps `size` worker threads warm and gives each one submission at a time. The wall clock starts when a worker takes the
 * submission and ends with `terminate()`, which also stops native loops; see processor-time.ts for what it counts. Throws when the plugins cannot be loaded.
 */
export async function startPool(settings: PoolSettings): Promise<WorkerPool> {
  const slots = new Set<Slot>();
  const waiting: Job[] = [];
  let closed = false;
  let failures = 0;
  let first: { resolve: (message: Extract<WorkerMessage, { kind: "ready" }>) => void; reject: (error: Error) => void } | undefined;

  const boot = (): void => {
    if (closed || slots.size >= settings.size) return;
    const worker = new Worker(new URL("./worker/worker.mjs", import.meta.url), {
      workerData: { plugins: settings.plugins, guestPath: settings.guestPath, memoryMb: settings.memoryMb } satisfies WorkerSettings,
      // No secret of the server is within reach of a plugin or of a bundle that would get out of its machine.
      env: {},
      argv: [],
      execArgv: [],
      stdin: false,
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64, stackSizeMb: 32 },
    });
    worker.stdout.resume();
    worker.stderr.resume();
    const slot: Slot = { worker, uses: 0, idle: false, thread: undefined, hear: () => undefined, fail: () => undefined };
    const slow = setTimeout(() => void worker.terminate(), startLimitMs);
    slow.unref();
    slots.add(slot);
    worker.on("message", (message: WorkerMessage) => {
      if (message.kind === "unusable") {
        first?.reject(new Error(message.reason));
        settings.onTrouble(`A scanner worker could not start: ${message.reason}`);
        void worker.terminate();
      } else if (message.kind === "ready") {
        clearTimeout(slow);
        failures = 0;
        slot.idle = true;
        slot.thread = message.thread;
        first?.resolve(message);
        next();
      } else slot.hear(message);
    });
    worker.on("error", (error: Error & { code?: string }) => {
      first?.reject(error);
      settings.onTrouble(`A scanner worker crashed: ${error.message}`);
      slot.fail(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "memory" : "crash");
    });
    worker.on("exit", () => {
      clearTimeout(slow);
      slots.delete(slot);
      slot.fail("crash");
      first?.reject(new Error("A scanner worker ended while starting."));
      if (!slot.idle && slot.uses === 0) failures += 1;
      // A worker that cannot start any more: whoever waits is answered (rejected), and the next submission tries again.
      if (failures >= 3) for (const job of waiting.splice(0)) job.resolve({ messages: [], end: "crash", step: "parse" });
      else boot();
    });
    worker.unref();
  };

  const next = (): void => {
    if (slots.size < settings.size) boot();
    for (const slot of slots) {
      if (!slot.idle) continue;
      const job = waiting.shift();
      if (!job) return;
      run(slot, job);
    }
  };

  const run = (slot: Slot, job: Job): void => {
    slot.idle = false;
    slot.uses += 1;
    slot.worker.ref();
    const messages: WorkerMessage[] = [];
    let step: InspectionStep = "parse";
    let ended = false;
    const end = (how: Inspection["end"], keep: boolean): void => {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      slot.hear = () => undefined;
      slot.fail = () => undefined;
      slot.worker.unref();
      job.resolve({ messages, end: how, step });
      if (!keep) {
        slots.delete(slot);
        void slot.worker.terminate();
        boot();
      }
    };
    const wallStart = performance.now();
    const workStart = processorTime(slot.thread);
    const look = (): void => {
      const wall = performance.now() - wallStart;
      const now = processorTime(slot.thread);
      const work = workStart === undefined || now === undefined ? wall : now - workStart;
      const left = settings.wallMs - work;
      if (left <= 1 || wall >= settings.wallMs * maxStretch) end("timeout", false);
      else timer = setTimeout(look, Math.min(left, settings.wallMs * maxStretch - wall));
    };
    let timer = setTimeout(look, settings.wallMs);
    slot.fail = (reason) => end(reason, false);
    slot.hear = (message) => {
      if (message.kind === "progress") step = message.step;
      else if (message.kind === "done") end("done", message.reusable && slot.uses < maxUses);
      else messages.push(message);
    };
    slot.worker.postMessage(job.request);
  };

  const started = new Promise<Extract<WorkerMessage, { kind: "ready" }>>((resolve, reject) => {
    first = { resolve, reject };
  });
  boot();
  const failed = (error: unknown): never => {
    closed = true;
    for (const slot of slots) void slot.worker.terminate();
    throw error;
  };
  const keepAlive = setInterval(() => undefined, 1000);
  const { rules, engine } = await started.catch(failed).finally(() => clearInterval(keepAlive));
  first = undefined;
  while (slots.size < settings.size) boot();

  return {
    rules,
    engine,
    inspect(request) {
      if (closed) return Promise.resolve({ messages: [], end: "crash", step: "parse" });
      return new Promise((resolve) => {
        failures = 0;
        waiting.push({ request, resolve });
        next();
      });
    },
    async close() {
      closed = true;
      for (const job of waiting.splice(0)) job.resolve({ messages: [], end: "crash", step: "parse" });
      await Promise.all([...slots].map((slot) => slot.worker.terminate()));
    },
  };
}
