import { defineRule, outsideHost } from "../../contracts/index.js";
import { minerHostIn } from "./services.js";

const protocol = /"?(?:method|type|identifier)"?\s*:\s*"(?:login|auth|submit|getjob|job|mining\.\w+|handshake|keepalived)"/i;
const minedFields = /"?(?:job_id|nonce|wallet|pass|hashes|site_key|rigid|agent)"?\s*:/i;

export const minedAtRunTime = defineRule({
  kind: "behaviour",
  meta: {
    id: "miners/mined-at-run-time",
    category: "crypto_mining",
    severity: "block",
    title: "The bundle behaved like a miner",
    description: "While it was tried out, the bundle spoke a pool's protocol, loaded a hashing module or started a pool of workers.",
    messages: {
      protocol: { text: "It signed in to a mining pool: {frame}", fix: "Remove the miner." },
      wasm: { text: "It loaded a hashing module: {module}", fix: "Remove the miner." },
      workers: { text: "It started {count} workers.", fix: "A widget has no work for more than a few workers." },
      service: { text: "It asked for a mining service: {address}", fix: "Remove the miner." },
    },
    examples: { incorrect: [], correct: [] },
  },
  check({ behaviour, report }) {
    let workers = 0;
    for (const { kind, target } of behaviour.events) {
      if ((kind === "send.websocket" || kind === "send.worker") && protocol.test(target) && minedFields.test(target))
        report({ messageId: "protocol", data: { frame: target } });
      if (kind === "wasm" && /exports .*(?:crypto_?night|randomx|_hash_|hash_cn|cn_|argon2|\bhash\b|mine|scrypt)/i.test(target))
        report({ messageId: "wasm", data: { module: target } });
      if (kind === "request.worker" || kind === "worker.inline") workers += 1;
      if (kind.startsWith("request.") && outsideHost(target) !== undefined && minerHostIn(target) !== undefined)
        report({ messageId: "service", data: { address: target } });
    }
    if (workers >= 3) report({ messageId: "workers", data: { count: workers } });
  },
});
