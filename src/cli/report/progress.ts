import type { Output } from "../terminal.js";

/** A line that counts, on a terminal and for more than one file only. */
export interface Progress {
  show(done: number): void;
  clear(): void;
}

export function openProgress(output: Output, total: number): Progress {
  if (!output.isTTY || total < 2) return { show: () => undefined, clear: () => undefined };
  let shown = false;
  return {
    show(done) {
      shown = true;
      void output.write(`\r\u001b[2KScanning ${done} of ${total} …`);
    },
    clear() {
      if (shown) void output.write("\r\u001b[2K");
      shown = false;
    },
  };
}
