import { randomUUID } from "node:crypto";
import { createPoster, type Poster } from "./broker/post-json.js";
import { type SeededDatabase, seedWriters, type Writer } from "./broker/seed-writers.js";
import { type MeasuredServer, startMeasured } from "./harness/child.js";
import { createTable, type Table } from "./harness/result.js";
import { type Contestant, type Rounds, runRounds } from "./harness/rounds.js";

const writers = 100;
/** Writes of one writer per round. */
const writesEach = 8;
const plan = { rounds: 7, warmups: 2 };
const appOrigin = "http://localhost:3000";
const product = "Vitrine, all checks and audit";
const bare = "bare Express + zod + TypeORM transaction";

/** One write, ready to be sent. */
type Write = () => Promise<{ status: number; body: unknown }>;

/** Capability writes over HTTP by 100 customers at once, against the same write without any of the broker's checks. */
export async function measure(): Promise<readonly Table[]> {
  const kinds = process.env["DATABASE_URL"]?.startsWith("postgres") ? (["sqlite", "postgres"] as const) : (["sqlite"] as const);
  const tables: Table[] = [];
  for (const kind of kinds) {
    const [ours, theirs] = [await seedWriters(kind, writers, writesEach), await seedWriters(kind, writers, writesEach)];
    const vitrine = await startMeasured("broker/product-server.ts", { url: ours.url, appOrigin });
    const plain = await startMeasured("broker/bare-server.ts", { url: theirs.url });
    const posters = [createPoster(vitrine.port, writers), createPoster(plain.port, writers)] as const;
    try {
      tables.push(
        ...(await compare(`${kind === "sqlite" ? "SQLite" : "PostgreSQL"}: confirmed entity.update`, {
          ours: { server: vitrine, prepare: (round) => prepareUpdates(posters[0], ours, round) },
          theirs: { server: plain, prepare: async (round) => bareWrites(posters[1], theirs, "/update", (id) => updateOf(id, round)) },
        })),
        ...(await compare(`${kind === "sqlite" ? "SQLite" : "PostgreSQL"}: activity.log`, {
          ours: { server: vitrine, prepare: async () => logWrites(posters[0], ours) },
          theirs: { server: plain, prepare: async () => bareWrites(posters[1], theirs, "/log", () => entry) },
        })),
      );
    } finally {
      for (const poster of posters) poster.close();
      await Promise.all([vitrine.close(), plain.close()]);
      await Promise.all([ours.remove(), theirs.remove()]);
    }
  }
  return tables;
}

interface Side {
  readonly server: MeasuredServer;
  /** Everything that happens before the writes: the customer's questions are asked and answered. */
  prepare(round: number): Promise<readonly (readonly Write[])[]>;
}

async function compare(title: string, sides: { ours: Side; theirs: Side }): Promise<Table[]> {
  process.stderr.write(`${title} `);
  const cpu = new Map<string, number[]>();
  let sent = 0;
  let failed = 0;
  let round = 0;
  const contestant = (name: string, { server, prepare }: Side): Contestant => ({
    name,
    async measure() {
      const queues = await prepare((round += 1));
      const before = await server.cpu();
      const start = performance.now();
      await Promise.all(
        queues.map(async (queue) => {
          for (const write of queue) {
            const { status } = await write();
            sent += 1;
            if (status !== 200) failed += 1;
          }
        }),
      );
      const seconds = (performance.now() - start) / 1_000;
      const count = writers * writesEach;
      cpu.set(name, [...(cpu.get(name) ?? []), ((await server.cpu()) - before) / count]);
      return count / seconds;
    },
  });
  const rounds = await runRounds([contestant(product, sides.ours), contestant(bare, sides.theirs)], plan);
  const used: Rounds = new Map([...cpu].map(([name, values]) => [name, values.slice(plan.warmups)]));
  const notes = [`${writers} concurrent writers: ${failed} errors in ${sent} writes.`];
  return [
    createTable({
      title: `Broker: ${title}, writes per second`,
      unit: "writes/s",
      rounds,
      base: bare,
      rivals: [{ name: product, aim: { kind: "least", value: 0.8 } }],
      notes,
    }),
    createTable({ title: `Broker: ${title}, server CPU`, unit: "µs CPU per write", rounds: used, base: bare, rivals: [{ name: product }] }),
  ];
}

const updateOf = (id: string, round: number) => ({ id, attributes: { weight: 10 + round / 10, colour: "brown" } });
const entry = { action: "weight_changed", description: "Weight changed from 12.4 to 13.1" };
const path = "/portal/api/calls";

function callOf({ widgetId, versionId }: SeededDatabase, { subscriptionId }: Writer, method: string, params: object) {
  return { widgetId, versionId, subscriptionId, method, params };
}

/** As the host page sends them. */
const headersOf = (writer: Writer, key: string) => ({
  cookie: writer.cookie,
  origin: appOrigin,
  "x-csrf-token": writer.csrfToken,
  "sec-fetch-site": "same-origin",
  "idempotency-key": key,
});

/** Asks all questions; what is left to send is each customer's "yes". */
async function prepareUpdates(poster: Poster, house: SeededDatabase, round: number): Promise<Write[][]> {
  return await Promise.all(
    house.writers.map(async (writer) => {
      const writes: Write[] = [];
      for (const id of writer.entityIds) {
        const headers = headersOf(writer, randomUUID());
        const call = callOf(house, writer, "entity.update", updateOf(id, round));
        const { status, body } = await poster.post(path, headers, { phase: "prepare", ...call });
        if (status !== 200) throw new Error(`A question was refused: ${JSON.stringify(body)}`);
        const confirmationToken = (body as { confirmation: { token: string } }).confirmation.token;
        writes.push(() => poster.post(path, headers, { phase: "execute", ...call, confirmationToken }));
      }
      return writes;
    }),
  );
}

function logWrites(poster: Poster, house: SeededDatabase): Write[][] {
  return house.writers.map((writer) =>
    writer.entityIds.map(
      () => () => poster.post(path, headersOf(writer, randomUUID()), { phase: "execute", ...callOf(house, writer, "activity.log", entry) }),
    ),
  );
}

function bareWrites(poster: Poster, house: SeededDatabase, to: string, paramsOf: (entityId: string) => object): Write[][] {
  return house.writers.map(({ customerId, subscriptionId, entityIds }) =>
    entityIds.map((id) => () => poster.post(to, {}, { customerId, subscriptionId, widgetId: house.widgetId, params: paramsOf(id) })),
  );
}
