import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";

/** A burst of equal requests. */
export interface Burst {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly amount: number;
  readonly connections: number;
  /** Every answer must have it. */
  readonly status: number;
}

export interface Load {
  /** Resolves when the last answer is there; rejects for another status or a lost connection. */
  send(burst: Burst): Promise<void>;
  close(): void;
}

/** The load generator: a process of its own, so that its work is not counted as the server's. */
export function startLoad(): Load {
  const child: ChildProcess = fork(path.join(import.meta.dirname, "load-process.ts"), { execArgv: ["--import", "tsx"] });
  return {
    send: (burst) =>
      new Promise((resolve, reject) => {
        child.once("message", (failure: string) => (failure === "" ? resolve() : reject(new Error(failure))));
        child.send(burst);
      }),
    close: () => void child.kill(),
  };
}
