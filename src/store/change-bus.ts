import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { z } from "zod";
import type { Change, ChangeBus } from "../contracts/index.js";
import type { StoreLogger } from "./database.js";

const channel = "vitrine:changes";
const messageSchema = z.object({
  from: z.string(),
  change: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("widget"), widgetId: z.string() }),
    z.object({ kind: z.literal("settings"), communityId: z.string() }),
  ]),
});

/** Tells listeners of this process, at once. A listener that throws does not keep the others from hearing. */
export function createLocalChangeBus(options: { logger?: StoreLogger } = {}): ChangeBus {
  const listeners = new Set<(change: Change) => void>();
  return {
    publish(change) {
      for (const listener of listeners) {
        try {
          listener(change);
        } catch (error) {
          options.logger?.error({ err: error, change }, "a change listener failed");
        }
      }
    },
    subscribe(listener) {
      // Wrapped: the same function may listen twice and leave once.
      const own = (change: Change) => listener(change);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };
}

/**
 * Tells listeners of every process: its own at once, the others through Redis. Messages are lost while Redis is away, so what
 * hangs on a change must also expire by itself. `ready` resolves when other processes' changes can be heard.
 */
export function createRedisChangeBus(options: {
  url: string;
  logger?: StoreLogger;
}): ChangeBus & { ready: Promise<void>; close(): Promise<void> } {
  const local = createLocalChangeBus(options);
  const self = randomUUID();
  const sender = new Redis(options.url, { maxRetriesPerRequest: 1 });
  const receiver = new Redis(options.url, { maxRetriesPerRequest: null });
  const warn = (error: Error) => options.logger?.warn({ reason: error.message }, "lost Redis");
  for (const client of [sender, receiver]) client.on("error", warn);

  receiver.on("message", (_, text: string) => {
    const message = messageSchema.safeParse(parse(text));
    if (message.success && message.data.from !== self) local.publish(message.data.change);
  });
  // ioredis subscribes again by itself after a reconnect.
  const ready = receiver.subscribe(channel).then(() => undefined, warn);

  return {
    ready,
    subscribe: (listener) => local.subscribe(listener),
    publish(change) {
      local.publish(change);
      sender.publish(channel, JSON.stringify({ from: self, change })).catch(warn);
    },
    async close() {
      sender.disconnect();
      receiver.disconnect();
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
