import type { Node } from "estree";
import { defineRule } from "../../contracts/index.js";

export const hashingWorkers = defineRule({
  kind: "javascript",
  meta: {
    id: "miners/hashing-workers",
    category: "crypto_mining",
    severity: "block",
    title: "Fills every processor with workers",
    description: "Starts as many workers as the device has processors and gives them WebAssembly or hashing to do: how miners work.",
    messages: { pool: { text: "One worker per processor, with {work}.", fix: "Remove the workers. A widget has no work of that size." } },
    examples: {
      incorrect: [
        "for (let i = 0; i < navigator.hardwareConcurrency; i++) { const w = new Worker(url); w.postMessage({ blob, nonce: i }) } WebAssembly.instantiate(bytes)",
        "const n = navigator.hardwareConcurrency || 4; while (workers.length < n) workers.push(new Worker(URL.createObjectURL(new Blob([code])))); crypto.subtle.digest('SHA-256', block)",
      ],
      correct: [
        "const cores = navigator.hardwareConcurrency; report(cores)",
        "const worker = new Worker(url); worker.postMessage(rows)",
        "WebAssembly.instantiate(bytes)",
      ],
    },
  },
  create({ file, report }) {
    let processors = false;
    let work: string | undefined;
    let worker: (Node & { start: number; end: number }) | undefined;
    return {
      MemberExpression(node) {
        const path = file.pathOf(node);
        if (path === "navigator.hardwareConcurrency") processors = true;
        else if (path !== undefined && /^WebAssembly\.(?:instantiate|compile|Module|instantiateStreaming)$/.test(path))
          work ??= "WebAssembly";
        else if (path === "crypto.subtle.digest") work ??= "hashing";
      },
      NewExpression(node) {
        const path = file.callOf(node)?.path;
        if (path === "Worker" || path === "SharedWorker") worker ??= node;
      },
      end() {
        if (processors && work !== undefined && worker) report({ messageId: "pool", at: worker, data: { work } });
      },
    };
  },
});
