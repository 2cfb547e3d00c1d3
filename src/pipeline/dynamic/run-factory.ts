import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import {
  newQuickJSWASMModule,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
  RELEASE_SYNC,
} from "quickjs-emscripten";
import type { Behaviour } from "../../contracts/index.js";
import { hostFunctions } from "./host-functions.js";
import { createRecorder, type Recorder } from "./recorder.js";
import { webAssembly } from "./webassembly.js";
import { startWorkClock, type WorkClock } from "./work-clock.js";

/** One QuickJS machine, made ready ahead of time and used for one bundle. */
export interface PreparedRun {
  execute(bundle: {
    readonly name: string;
    readonly text: string;
    readonly format: "script" | "module";
    readonly budgetMs: number;
  }): Behaviour;
}

export interface RunFactory {
  prepare(): Promise<PreparedRun>;
}

const packages = createRequire(import.meta.url);
export const engineVersions: Readonly<Record<string, string>> = {
  vitrine: "pipeline 1",
  quickjs: versionOf("quickjs-emscripten"),
  linkedom: versionOf("linkedom"),
  acorn: versionOf("acorn"),
};

/** One task (the bundle's start, a timer, an event) that takes longer is an endless loop. */
const taskLimitMs = 1000;
const maxSteps = 2500;
const maxJobs = 20_000;

/**
 * Makes machines from one compiled module. Each has its own bounded WebAssembly memory, because QuickJS' own limit does not hold,
 * and is thrown away after one bundle: nothing of a bundle can reach the next.
 */
export async function createRunFactory(settings: { readonly guestPath: string; readonly memoryMb: number }): Promise<RunFactory> {
  const guest = await readFile(settings.guestPath, "utf8");
  const wasmPath = packages.resolve("@jitl/quickjs-wasmfile-release-sync/wasm");
  const wasmModule = await webAssembly.compile(await readFile(wasmPath));
  const maximum = Math.max(512, settings.memoryMb * 16);

  return {
    async prepare() {
      const wasmMemory = new webAssembly.Memory({ initial: 256, maximum });
      const engine = await newQuickJSWASMModule(newVariant(RELEASE_SYNC, { wasmModule, wasmMemory }));
      const runtime = engine.newRuntime();
      // Below the worker's own stack: overflow ends as an error of the bundle's, not of ours.
      runtime.setMaxStackSize(1 << 20);
      const context = runtime.newContext();
      const recorder = createRecorder();
      const machine = new Machine(runtime, context, recorder, () => wasmMemory.buffer.byteLength >= maximum * 65_536);
      machine.install(guest);
      return { execute: (bundle) => machine.execute(bundle) };
    },
  };
}

class Machine {
  private clock: WorkClock | undefined;
  private deadline: { passed(): boolean } | undefined;
  private stopped: Behaviour["stopped"];
  private readonly runtime: QuickJSRuntime;
  private readonly context: QuickJSContext;
  private readonly recorder: Recorder;
  private readonly memoryFull: () => boolean;
  private driver: { step: QuickJSHandle; loaded: QuickJSHandle } | undefined;

  constructor(runtime: QuickJSRuntime, context: QuickJSContext, recorder: Recorder, memoryFull: () => boolean) {
    this.runtime = runtime;
    this.context = context;
    this.recorder = recorder;
    this.memoryFull = memoryFull;
    runtime.setInterruptHandler(() => this.deadline?.passed() ?? false);
    runtime.setModuleLoader(
      (name) => {
        recorder.record("request.import", name, name, 0);
        if (name.startsWith("data:")) recorder.generated("import", decodeURIComponentSafely(name.slice(name.indexOf(",") + 1)));
        return "export default undefined;";
      },
      (_base, name) => name,
    );
  }

  /** Evaluates the page script and takes its driver out of the bundle's sight. */
  install(guest: string): void {
    const { context } = this;
    const host = hostFunctions(context, this.recorder);
    context.setProp(context.global, "__vitrineHost", host);
    host.dispose();
    const result = context.evalCode(guest, "page.js");
    if (result.error) throw new Error(`The scanner's page script failed: ${JSON.stringify(context.dump(result.error)).slice(0, 500)}`);
    result.value.dispose();
    const driver = context.getProp(context.global, "__vitrineDriver");
    this.driver = { step: context.getProp(driver, "step"), loaded: context.getProp(driver, "loaded") };
    context.evalCode("delete globalThis.__vitrineDriver; delete globalThis.__vitrineHost;").unwrap().dispose();
    driver.dispose();
  }

  execute(bundle: {
    readonly name: string;
    readonly text: string;
    readonly format: "script" | "module";
    readonly budgetMs: number;
  }): Behaviour {
    this.recorder.open(bundle.text);
    this.clock = startWorkClock();
    const whole = this.clock.limit(bundle.budgetMs);
    try {
      this.start(bundle);
      for (let steps = 0; steps < maxSteps && this.stopped === undefined && !whole.passed(); steps += 1) {
        this.arm();
        const more = this.call(this.driver?.step);
        if (more !== true) break;
        this.runJobs();
      }
    } catch (error) {
      // The WebAssembly instance gave up (abort, its own stack): this machine is dead, and so is the judgement.
      this.stopped ??= this.memoryFull() ? "memory" : "stack";
      this.recorder.failed(error instanceof Error ? `engine: ${error.message}` : "engine stopped");
    }
    if (this.stopped === undefined && this.memoryFull()) this.stopped = "memory";
    return this.recorder.finish(this.stopped);
  }

  private start(bundle: { readonly text: string; readonly format: "script" | "module" }): void {
    this.arm();
    const result = this.context.evalCode(bundle.text, "bundle.js", { type: bundle.format === "module" ? "module" : "global" });
    if (result.error) {
      this.fail(result.error);
      return;
    }
    if (this.driver) this.context.callFunction(this.driver.loaded, this.context.undefined, result.value).dispose();
    this.runJobs();
  }

  private arm(): void {
    this.deadline = this.clock?.limit(taskLimitMs);
  }

  private call(fn: QuickJSHandle | undefined): unknown {
    if (!fn) return undefined;
    const result = this.context.callFunction(fn, this.context.undefined);
    if (result.error) {
      this.fail(result.error);
      return true;
    }
    const value: unknown = this.context.dump(result.value);
    result.value.dispose();
    return value;
  }

  /** Promise callbacks. A chain that never ends is a loop like any other. */
  private runJobs(): void {
    for (let jobs = 0; this.runtime.hasPendingJob(); jobs += 1) {
      if (jobs > maxJobs) {
        this.stopped = "time";
        return;
      }
      this.arm();
      const result = this.runtime.executePendingJobs(1);
      if (result.error) this.fail(result.error);
      if (this.stopped !== undefined) return;
    }
  }

  private fail(error: QuickJSHandle): void {
    const { name, message } = (this.context.dump(error) ?? {}) as { name?: unknown; message?: unknown };
    error.dispose();
    const text = `${String(name)}: ${String(message)}`;
    this.recorder.failed(text);
    if (text === "InternalError: interrupted") this.stopped = "time";
    else if (text === "InternalError: out of memory") this.stopped = "memory";
    else if (text === "InternalError: stack overflow") this.stopped = "stack";
  }
}

function versionOf(name: string): string {
  try {
    return (packages(`${name}/package.json`) as { version: string }).version;
  } catch {
    return "unknown";
  }
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
