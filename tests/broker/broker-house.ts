import { createHash } from "node:crypto";
import express from "express";
import request from "supertest";
import type { JsonObject, JsonValue } from "../../sdk/src/protocol/index.js";
import { loadPlugins } from "../../src/app/plugin-host.js";
import { createBroker, createBrokerRoutes, createImageIntake } from "../../src/broker/index.js";
import type { CallSubject, CustomerActor, Plugin, RateLimiter } from "../../src/contracts/index.js";
import { createPageComposer } from "../../src/pages/index.js";
import { builtinPlugins } from "../../src/plugins/builtin.js";
import { createMemoryRecords } from "./memory-records.js";

export const appOrigin = "http://localhost:3000";
export const allScopes = ["entity.update", "subscription.activity_log", "media.upload"];

export const ada: CustomerActor = { kind: "customer", id: "customer-ada", name: "Ada", communityId: "community-1" };
export const bob: CustomerActor = { kind: "customer", id: "customer-bob", name: "Bob", communityId: "community-1" };
export const eve: CustomerActor = { kind: "customer", id: "customer-eve", name: "Eve", communityId: "community-2" };

/** What a call names; the defaults are Ada's harmless one. */
export interface Target {
  widgetId?: string;
  versionId?: string;
  subscriptionId?: string;
}
export const home = { widgetId: "widget-1", versionId: "version-1", subscriptionId: "subscription-ada" };

function widget(id: string, communityId: string, more: Partial<CallSubject["widget"]> = {}): CallSubject["widget"] {
  return {
    id,
    communityId,
    name: `Widget ${id}`,
    description: "",
    runtime: "bundle",
    destination: "detail.main.top",
    conditionId: "always",
    conditionOptions: {},
    version: { id: id.replace("widget", "version"), number: 1, createdAt: new Date(0), createdBy: null },
    scopes: [],
    active: true,
    ...more,
  };
}

/** A window of calls per bucket, on the house's clock. */
function createMemoryLimiter(clock: () => number): RateLimiter & { buckets: Map<string, { used: number; until: number }> } {
  const buckets = new Map<string, { used: number; until: number }>();
  return {
    buckets,
    async take(bucket, limit) {
      const now = clock();
      const known = buckets.get(bucket);
      const current = known !== undefined && known.until > now ? known : { used: 0, until: now + limit.perSeconds * 1000 };
      buckets.set(bucket, current);
      if (current.used >= limit.calls) return { allowed: false, retryAfterMs: current.until - now };
      current.used += 1;
      return { allowed: true };
    },
  };
}

export function createMemoryBlobs() {
  const blobs = new Map<string, Buffer>();
  return {
    blobs,
    async put(bytes: Uint8Array) {
      const digest = createHash("sha256").update(bytes).digest("hex");
      blobs.set(digest, Buffer.from(bytes));
      return digest;
    },
    get: async (digest: string) => blobs.get(digest),
  };
}

export type House = ReturnType<typeof createBrokerHouse>;

/** Two communities, three customers, two widgets of the first community, the real broker and plugins, behind real HTTP. */
export function createBrokerHouse(options: { plugins?: readonly Plugin[]; deadlines?: { json: number; image: number } } = {}) {
  const time = { now: Date.UTC(2026, 0, 1) };
  const clock = () => time.now;
  const memory = createMemoryRecords();
  const { state } = memory;
  for (const [id, customer] of [
    ["subscription-ada", ada],
    ["subscription-ada-2", ada],
    ["subscription-bob", bob],
    ["subscription-eve", eve],
  ] as const) {
    const lines = [{ id: `line-${id}`, product_title: "Puppy Club box", variant_title: "Large" }];
    state.subscriptions.set(id, { id, customerId: customer.id, communityId: customer.communityId, lines });
    const entityId = id.replace("subscription", "entity");
    state.entities.set(entityId, {
      id: entityId,
      subscriptionId: id,
      name: "Fluffy",
      entityType: "dog",
      attributes: { weight: 12.4, colour: "brown" },
      revision: 1,
    });
  }
  for (const [id, community] of [
    ["widget-1", "community-1"],
    ["widget-2", "community-1"],
    ["widget-3", "community-2"],
  ] as const) {
    state.widgets.set(id, { widget: widget(id, community), grantedScopes: [...allScopes] });
  }

  const { capabilities, conditions } = loadPlugins([...builtinPlugins, ...(options.plugins ?? [])]);
  const records = { listActiveWidgets: async () => [], findPreviewWidget: async () => undefined };
  const blobs = createMemoryBlobs();
  const limiter = createMemoryLimiter(clock);
  const log: { fields: Record<string, unknown>; level: string }[] = [];
  const logger = {
    info: (fields: object) => void log.push({ fields: { ...fields }, level: "info" }),
    error: (fields: object) => void log.push({ fields: { ...fields }, level: "error" }),
  };
  const broker = createBroker({
    capabilities: [...capabilities.values()],
    records: memory.records,
    composer: createPageComposer({ records, conditions }),
    limiter,
    images: createImageIntake({ blobs }),
    confirmationKey: Buffer.alloc(32, 7),
    mediaUrl: (key) => `http://127.0.0.1:3001/m/${key}`,
    logger,
    clock,
  });

  const customers = new Map([ada, bob, eve].map((customer) => [customer.id, customer]));
  const app = express();
  app.use(
    "/portal/api/calls",
    createBrokerRoutes({
      broker,
      appOrigin,
      logger,
      ...(options.deadlines === undefined ? {} : { deadlines: options.deadlines }),
      async authenticate(incoming) {
        if (state.sessionsFail) throw new Error("the database is away");
        const customer = customers.get(/(?:^|; )session=([\w-]+)/.exec(incoming.headers.cookie ?? "")?.[1] ?? "");
        return customer && { customer, csrfToken: `csrf-${customer.id}` };
      },
    }),
  );

  let keys = 0;
  const freshKey = () => `test-key-${++keys}`;

  /** A request as the host page of `customer` sends it; `undefined` headers are left out. */
  function send(body: unknown, more: { customer?: CustomerActor; headers?: Record<string, string | undefined> } = {}) {
    const customer = more.customer ?? ada;
    const headers: Record<string, string | undefined> = {
      cookie: `session=${customer.id}`,
      "x-csrf-token": `csrf-${customer.id}`,
      origin: appOrigin,
      "sec-fetch-site": "same-origin",
      "content-type": "application/json",
      "idempotency-key": freshKey(),
      ...more.headers,
    };
    const call = request(app).post("/portal/api/calls");
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) call.set(name, value);
    // Sent byte by byte as given: hostile JSON must not be tidied by the client.
    return call.serialize((text: unknown) => String(text)).send(typeof body === "string" ? body : JSON.stringify(body));
  }

  type More = Parameters<typeof send>[1] & { target?: Target };
  const prepare = (method: string, params: JsonValue, more: More = {}) =>
    send(
      { phase: "prepare", ...home, ...more.target, method, params },
      { ...more, headers: { "idempotency-key": undefined, ...more.headers } },
    );
  const execute = (method: string, params: JsonValue, more: More & { token?: string } = {}) =>
    send(
      { phase: "execute", ...home, ...more.target, method, params, ...(more.token === undefined ? {} : { confirmationToken: more.token }) },
      more,
    );
  const update = (attributes: JsonObject, id = "entity-ada") => ({ id, attributes });

  /** Asks and says yes. */
  async function confirmed(params: JsonValue, more: More = {}) {
    const asked = await prepare("entity.update", params, { ...more, headers: { ...more.headers, "idempotency-key": undefined } });
    if (asked.status !== 200) return asked;
    return execute("entity.update", params, { ...more, token: (asked.body as { confirmation: { token: string } }).confirmation.token });
  }

  function upload(bytes: Buffer, more: More & { query?: string; name?: string; method?: string } = {}) {
    const customer = more.customer ?? ada;
    const query = more.query ?? new URLSearchParams({ ...home, ...more.target, method: more.method ?? "media.upload" }).toString();
    const headers: Record<string, string | undefined> = {
      cookie: `session=${customer.id}`,
      "x-csrf-token": `csrf-${customer.id}`,
      origin: appOrigin,
      "content-type": "application/octet-stream",
      "x-file-name": more.name ?? "photo.png",
      "idempotency-key": freshKey(),
      ...more.headers,
    };
    const call = request(app).post(`/portal/api/calls/image?${query}`);
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) call.set(name, value);
    return call.send(bytes);
  }

  return {
    app,
    broker,
    blobs,
    state,
    records: memory.records,
    limiter,
    log,
    time,
    send,
    prepare,
    execute,
    confirmed,
    upload,
    update,
    freshKey,
  };
}
