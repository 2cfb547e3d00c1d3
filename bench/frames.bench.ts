import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { documentHeaders, scriptHeaders } from "./frames/chromium-headers.js";
import { type RecordedAnswer, record, toText } from "./frames/recorded-answer.js";
import { type MeasuredServer, startMeasured } from "./harness/child.js";
import { startLoad } from "./harness/load.js";
import { createTable, type Table } from "./harness/result.js";
import { runRounds } from "./harness/rounds.js";

const connections = 16;
const amount = 4_000;
const product = "Vitrine";
const raw = "raw node:http, same bytes and headers";
const stock = "Express 5, res.send of the same buffer";

/** Server CPU per request of a frame's parts, from a process of its own. */
export async function measure(): Promise<readonly Table[]> {
  const directory = await mkdtemp(path.join(tmpdir(), "vitrine-bench-"));
  const servers: MeasuredServer[] = [];
  const load = startLoad();
  try {
    const vitrine = await startMeasured("frames/product-server.ts", {});
    servers.push(vitrine);
    const { document, script } = await recordFrame(vitrine);
    const answers = path.join(directory, "answers.json");
    await writeFile(answers, toText([document, script]));
    const node = await startMeasured("frames/node-server.ts", { answers });
    servers.push(node);
    const express = await startMeasured("frames/express-server.ts", { answers });
    servers.push(express);

    const tables: Table[] = [];
    for (const { title, answer, headers, status } of [
      { title: "Frame script, 200", answer: script, headers: scriptHeaders, status: 200 },
      { title: "Frame script, 304", answer: script, headers: { ...scriptHeaders, "if-none-match": script.etag }, status: 304 },
      { title: "Frame document, 200", answer: document, headers: documentHeaders, status: 200 },
      { title: "Frame document, 304", answer: document, headers: { ...documentHeaders, "if-none-match": document.etag }, status: 304 },
    ]) {
      const contestant = (name: string, server: MeasuredServer) => ({
        name,
        async measure() {
          const before = await server.cpu();
          await load.send({ port: server.port, path: answer.path, headers, amount, connections, status });
          return ((await server.cpu()) - before) / amount;
        },
      });
      process.stderr.write(`${title} `);
      const rounds = await runRounds([contestant(product, vitrine), contestant(raw, node), contestant(stock, express)], {
        rounds: 15,
        warmups: 8,
      });
      tables.push(
        createTable({
          title: `Frames: ${title} (${answer.body.length} bytes, ${connections} connections)`,
          unit: "µs CPU per request",
          rounds,
          base: raw,
          rivals: [{ name: product, aim: { kind: "most", value: 1.2 } }, { name: stock }],
        }),
      );
    }
    return tables;
  } finally {
    load.close();
    for (const server of servers) await server.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** The document and the script that it names, once the best compression is there. */
async function recordFrame(server: MeasuredServer): Promise<{ document: RecordedAnswer; script: RecordedAnswer }> {
  const document = await record(server.port, String(await server.ask("document")), documentHeaders);
  const scriptPath = /\/b\/[0-9a-f]{64}\.js/.exec(document.body.toString())?.[0];
  if (scriptPath === undefined) throw new Error("The frame's document names no script");
  for (;;) {
    const script = await record(server.port, scriptPath, scriptHeaders);
    if (script.etag.endsWith('-br"')) return { document, script };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
