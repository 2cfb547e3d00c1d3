import process from "node:process";
import type { Output, Terminal } from "./terminal.js";

/** The terminal of this process. A closed pipe (`vitrine scan . | head`) ends the writing, never the verdict. */
export function openProcessTerminal(): Terminal {
  return {
    get stdin() {
      return process.stdin;
    },
    stdout: openOutput(process.stdout),
    stderr: openOutput(process.stderr),
    cwd: process.cwd(),
    environment: process.env,
  };
}

function openOutput(stream: NodeJS.WriteStream): Output {
  let gone = false;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    gone = true;
    if (error.code !== "EPIPE" && stream !== process.stderr) process.stderr.write(`vitrine: cannot write the output: ${error.message}\n`);
    if (error.code !== "EPIPE") process.exitCode = 2;
  });
  return {
    isTTY: stream.isTTY,
    get columns() {
      return stream.columns;
    },
    write: (text) =>
      new Promise((resolve) => {
        if (gone || text === "") resolve();
        else stream.write(text, () => resolve());
      }),
  };
}
