import { afterAll, describe, expect, test, vi } from "vitest";
import type { Change } from "../../src/contracts/index.js";
import {
  createId,
  createLocalChangeBus,
  createMemoryRateLimiter,
  createRedisChangeBus,
  createRedisRateLimiter,
} from "../../src/store/index.js";

const url = process.env["REDIS_URL"];
if (url === undefined) process.stderr.write("SKIPPED on Redis: rate limiter and change bus. Set REDIS_URL to run them there too.\n");
const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
});

const openRedisLimiter = async () => {
  const limiter = createRedisRateLimiter({ url: url as string });
  closers.push(() => limiter.close());
  await limiter.ready;
  return limiter;
};
const limiters = [
  { kind: "memory", open: async () => createMemoryRateLimiter() },
  ...(url === undefined ? [] : [{ kind: "Redis", open: openRedisLimiter }]),
];

describe.each(limiters)("the $kind rate limiter", ({ open }) => {
  test("allows exactly the limit of 100 concurrent calls and says when to come again", async () => {
    const limiter = await open();
    const bucket = createId();
    const limit = { calls: 10, perSeconds: 60 };
    const answers = await Promise.all(Array.from({ length: 100 }, () => limiter.take(bucket, limit)));
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(10);
    const refused = await limiter.take(bucket, limit);
    expect(refused).toMatchObject({ allowed: false });
    if (!refused.allowed) {
      expect(refused.retryAfterMs).toBeGreaterThan(0);
      expect(refused.retryAfterMs).toBeLessThanOrEqual(60_000);
    }
  });

  test("counts each bucket and each limit by itself, whatever the bucket is called", async () => {
    const limiter = await open();
    const own = createId();
    const limit = { calls: 1, perSeconds: 60 };
    const names = [own, `${own}:`, `${own}\0`, `${own}${"x".repeat(10_000)}`, `${own}${"x".repeat(10_001)}`];
    for (const name of names) {
      expect(await limiter.take(name, limit)).toEqual({ allowed: true });
      expect((await limiter.take(name, limit)).allowed).toBe(false);
    }
    expect(await limiter.take(own, { calls: 2, perSeconds: 60 })).toEqual({ allowed: true });
  });

  test("allows again when the time is over", async () => {
    const limiter = await open();
    const bucket = createId();
    const limit = { calls: 1, perSeconds: 1 };
    await limiter.take(bucket, limit);
    await vi.waitFor(async () => expect(await limiter.take(bucket, limit)).toEqual({ allowed: true }), { timeout: 5000, interval: 100 });
  });
});

test("a process that cannot reach Redis counts by itself instead of allowing everything", async () => {
  const logger = { warn: vi.fn(), error: vi.fn() };
  const limiter = createRedisRateLimiter({ url: "redis://127.0.0.1:1", logger });
  closers.push(() => limiter.close());
  const answers = await Promise.all(Array.from({ length: 20 }, () => limiter.take("b", { calls: 3, perSeconds: 60 })));
  expect(answers.filter(({ allowed }) => allowed)).toHaveLength(3);
});

test.runIf(url !== undefined)("two processes share one limit in Redis", async () => {
  const both = await Promise.all([openRedisLimiter(), openRedisLimiter()]);
  const bucket = createId();
  const answers = await Promise.all(
    both.flatMap((one) => Array.from({ length: 10 }, () => one.take(bucket, { calls: 5, perSeconds: 60 }))),
  );
  expect(answers.filter(({ allowed }) => allowed)).toHaveLength(5);
});

const widget = (): Change => ({ kind: "widget", widgetId: createId() });

test("local listeners hear a change at once, each once, until they leave, also when another one fails", () => {
  const logger = { warn: vi.fn(), error: vi.fn() };
  const bus = createLocalChangeBus({ logger });
  const heard: Change[] = [];
  const change = widget();
  bus.subscribe(() => {
    throw new Error("bad listener");
  });
  const leave = bus.subscribe((one) => heard.push(one));
  bus.publish(change);
  expect(heard).toEqual([change]);
  expect(logger.error).toHaveBeenCalledOnce();
  leave();
  bus.publish(change);
  expect(heard).toHaveLength(1);
});

describe.runIf(url !== undefined)("the Redis change bus", () => {
  const open = async () => {
    const bus = createRedisChangeBus({ url: url as string });
    closers.push(() => bus.close());
    await bus.ready;
    return bus;
  };

  test("tells its own listeners at once and those of other processes soon, each once", async () => {
    const [here, there] = await Promise.all([open(), open()]);
    const heardHere: Change[] = [];
    const heardThere: Change[] = [];
    here.subscribe((change) => heardHere.push(change));
    there.subscribe((change) => heardThere.push(change));
    const changes = [widget(), { kind: "settings", communityId: createId() } as const, widget()];
    for (const change of changes) here.publish(change);
    expect(heardHere).toEqual(changes);
    await vi.waitFor(() => expect(heardThere).toEqual(changes));
    there.publish(widget());
    await vi.waitFor(() => expect(heardHere).toHaveLength(4));
    expect(heardThere).toHaveLength(4);
  });

  test("ignores messages that are not changes", async () => {
    const { Redis } = await import("ioredis");
    const raw = new Redis(url as string);
    const bus = await open();
    const heard: Change[] = [];
    bus.subscribe((change) => heard.push(change));
    for (const text of [
      "",
      "{",
      "null",
      "[]",
      '{"from":"x","change":{"kind":"other"}}',
      '{"from":"x","change":{"kind":"widget","widgetId":1}}',
    ])
      await raw.publish("vitrine:changes", text);
    await raw.publish("vitrine:changes", JSON.stringify({ from: "x", change: { kind: "widget", widgetId: "last" } }));
    await vi.waitFor(() => expect(heard).toEqual([{ kind: "widget", widgetId: "last" }]));
    raw.disconnect();
  });
});
