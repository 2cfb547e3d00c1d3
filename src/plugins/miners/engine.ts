import type { Node } from "estree";
import { defineRule } from "../../contracts/index.js";

/** Words of mining engines and of the protocol they speak with a pool, with what each is worth. */
const markers: readonly (readonly [name: string, pattern: RegExp, weight: number])[] = [
  ["CryptoNight", /crypto_?night|cn_?(?:slow_?hash|lite|heavy|turtle)|hash_cn\b|cnHash/i, 3],
  ["RandomX", /\brandomx|rx_slow_hash/i, 3],
  ["argon2 loop", /argon2(?:d|id)?_(?:hash|ctx)|chukwa/i, 1],
  ["a stratum call", /^(?:mining\.(?:subscribe|authorize|submit|notify|set_difficulty)|stratum\+(?:tcp|ssl):.*)$/i, 3],
  [
    "a known miner",
    /^(?:CoinHive|Coinhive|CoinImp|deepMiner|DeepMiner|CryptoLoot|CRLT|JSEMINER|WebMinePool|WMP|Mineralt|ProjectPoi|PoiMiner|startMining|stopMining|CoinHiveWorker)$/,
    3,
  ],
  ["a coin", /^(?:monero|xmr|moneroWallet|walletAddress|wallet_address|minerAddress)$|^4[0-9AB][1-9A-HJ-NP-Za-km-z]{93}$/i, 1],
  [
    "a hash rate",
    /hashes_?per_?second|hash_?rate|totalHashes|acceptedHashes|getHashesPerSecond|getTotalHashes|hashesPerSec|setThrottle/i,
    1,
  ],
  ["a job", /^(?:job_id|jobId|set_?target|new_?job|getjob|job_accepted|hash_accepted|verify_accepted)$/i, 1],
  ["a nonce search", /^(?:nonce|min_?nonce|found_?nonce|nonces)$/i, 0.5],
  ["a difficulty", /^(?:target|difficulty|blob|hashing_?blob)$/i, 0.3],
  ["a throttle", /^(?:throttle|autoThreads|numThreads|threads_?count|miner|mining|miningPool|minerThreads)$/i, 0.7],
];
const threshold = 3;

export const engine = defineRule({
  kind: "javascript",
  meta: {
    id: "miners/engine",
    category: "crypto_mining",
    severity: "block",
    title: "Contains a mining engine",
    description: "Names of a mining algorithm, of a pool's protocol, or several of the words that only miners use together.",
    messages: {
      engine: { text: "This looks like a mining engine: {markers}.", fix: "Remove the miner. Customers' devices are not for mining." },
    },
    examples: {
      incorrect: [
        'const miner = new CoinHive.Anonymous("key", { throttle: 0.3 }); miner.start()',
        'socket.send(JSON.stringify({ method: "mining.subscribe", params: [] }))',
        "Module.cwrap('hash_cn', 'string', ['string'])",
        "onmessage = ({ data }) => { job_id = data.job_id; while (nonce < max) { if (hash(blob, nonce) < target) post({ job_id, nonce }) ; hashesPerSecond++ } ; throttle() }",
      ],
      correct: [
        "script.nonce = nonce; const target = event.target",
        "function throttle(fn, wait) { return fn }",
        'const coins = ["monero", "bitcoin"]; price("xmr")',
      ],
    },
  },
  create({ report }) {
    const judged = new Set<string>();
    const found = new Map<string, { weight: number; at: { start: number; end: number } }>();
    const judge = (node: Node & { start: number; end: number }, text: unknown): void => {
      if (typeof text !== "string" || text.length > 400 || text.length < 3 || judged.has(text)) return;
      judged.add(text);
      for (const [name, pattern, weight] of markers) if (!found.has(name) && pattern.test(text)) found.set(name, { weight, at: node });
    };
    return {
      Identifier: (node) => judge(node, node.name),
      Literal: (node) => judge(node, node.value),
      end() {
        const total = [...found.values()].reduce((sum, { weight }) => sum + weight, 0);
        const strongest = [...found.entries()].sort((a, b) => b[1].weight - a[1].weight)[0];
        if (strongest && total >= threshold && (strongest[1].weight >= 3 || found.size >= 5)) {
          report({ messageId: "engine", at: strongest[1].at, data: { markers: [...found.keys()].join(", ") } });
        }
      },
    };
  },
});
