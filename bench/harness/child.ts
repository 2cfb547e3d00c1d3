import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";

/** A server in a process of its own that says how much processor time it has used. */
export interface MeasuredServer {
  readonly port: number;
  /** Microseconds of user and system time since the process began. */
  cpu(): Promise<number>;
  /** Asks the child something of its own kind. */
  ask(question: string): Promise<unknown>;
  close(): Promise<void>;
}

interface Answer {
  readonly question: string;
  readonly value: unknown;
}

/** Starts `file` (relative to bench/) with `options` as its first argument; the file calls `serveMeasured`. BENCH_PROFILE names a folder for CPU profiles. */
export async function startMeasured(file: string, options: object): Promise<MeasuredServer> {
  const profiles = process.env["BENCH_PROFILE"];
  const profile = profiles === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profiles}`];
  const child = fork(path.join(import.meta.dirname, "..", file), [JSON.stringify(options)], {
    execArgv: [...profile, "--import", "tsx"],
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ask = (question: string) =>
    new Promise<unknown>((resolve, reject) => {
      const onMessage = (answer: Answer) => {
        if (answer.question !== question) return;
        child.off("message", onMessage).off("exit", onExit);
        resolve(answer.value);
      };
      const onExit = (code: number | null) => reject(new Error(`${file} ended with code ${code}`));
      child.on("message", onMessage).on("exit", onExit);
      child.send(question);
    });
  const port = Number(await ask("port"));
  return { port, cpu: async () => Number(await ask("cpu")), ask, close: () => stop(child) };
}

/** In the child: answers the parent's questions until it says `close`. */
export function serveMeasured(server: { port: number; close(): Promise<void>; answers?: Readonly<Record<string, () => unknown>> }): void {
  const answers: Readonly<Record<string, () => unknown>> = {
    port: () => server.port,
    cpu: () => {
      const { user, system } = process.cpuUsage();
      return user + system;
    },
    ...server.answers,
  };
  process.on("message", (question: string) => {
    if (question === "close") {
      void server.close().finally(() => process.exit(0));
      return;
    }
    void Promise.resolve(answers[question]?.()).then((value) => process.send?.({ question, value: value ?? null } satisfies Answer));
  });
}

/** What the parent passed to `startMeasured`. */
export function measuredOptions(): unknown {
  return JSON.parse(process.argv[2] ?? "{}");
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.send("close");
  await ended;
}
