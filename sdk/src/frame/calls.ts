import { type FrameMessage, type HostMessage, type JsonValue, limits, type WireError } from "../protocol/index.js";
import { GroError } from "./gro-error.js";
import { natives } from "./natives.js";

/** Milliseconds until a call without an answer rejects. The time a person takes to confirm does not count. */
const callTimeout = 30_000;

export interface Calls {
  /** Rejects with a GroError, never anything else. */
  call(method: string, params: unknown, options?: { image?: Blob; signal?: AbortSignal | undefined }): Promise<JsonValue>;
  /** Settles a call from a message of the host; false when the message is not about a call. */
  settle(message: HostMessage): boolean;
}

interface Waiting {
  resolve(value: JsonValue): void;
  reject(error: GroError): void;
  left: number;
  since: number;
  timer: number | undefined;
}

/** Matches answers to calls. `send` puts a message on the port. */
export function createCalls(send: (message: FrameMessage) => void): Calls {
  const waiting = new Map<string, Waiting>();
  let last = 0;

  const run = (id: string, entry: Waiting) => {
    entry.since = natives.now();
    entry.timer = natives.setTimeout(() => {
      waiting.delete(id);
      send({ v: 1, type: "cancel", id });
      entry.reject(new GroError({ code: "TIMEOUT", message: "TIMEOUT", retryable: true }));
    }, entry.left);
  };
  const pause = (entry: Waiting) => {
    if (entry.timer === undefined) return;
    natives.clearTimeout(entry.timer);
    entry.timer = undefined;
    entry.left = Math.max(1_000, entry.left - (natives.now() - entry.since));
  };

  return {
    call(method, params, options = {}) {
      return new Promise((resolve, reject) => {
        const { image, signal } = options;
        if (signal?.aborted) return reject(cancelled());
        let plain: unknown;
        try {
          plain = toJson(params);
        } catch {
          return reject(new GroError({ code: "INVALID_PARAMS", message: "INVALID_PARAMS", retryable: false }));
        }
        if (image && image.size > limits.imageBytes)
          return reject(new GroError({ code: "TOO_LARGE", message: "TOO_LARGE", retryable: false }));
        last += 1;
        const id = String(last);
        const entry: Waiting = { resolve, reject, left: callTimeout, since: 0, timer: undefined };
        waiting.set(id, entry);
        run(id, entry);
        signal?.addEventListener("abort", () => {
          if (!waiting.delete(id)) return;
          pause(entry);
          send({ v: 1, type: "cancel", id });
          reject(cancelled());
        });
        send({ v: 1, type: "call", id, method, params: plain, ...(image ? { image } : {}) });
      });
    },
    settle(message) {
      if (message.type !== "reply" && message.type !== "hold") return false;
      const entry = waiting.get(message.id);
      // Late or unknown: dropped.
      if (!entry) return true;
      if (message.type === "hold") {
        pause(entry);
        if (!message.on) run(message.id, entry);
        return true;
      }
      waiting.delete(message.id);
      pause(entry);
      if ("error" in message) entry.reject(new GroError(message.error));
      else entry.resolve(message.data);
      return true;
    },
  };
}

/** What JSON would carry; throws for what JSON would silently turn into null. */
function toJson(value: unknown): unknown {
  const text = natives.stringify(value, (_key, item: unknown) => {
    if (typeof item === "number" && !Number.isFinite(item)) throw new TypeError("not a finite number");
    return item;
  }) as string | undefined;
  if (text === undefined) throw new TypeError("not JSON");
  return natives.parse(text);
}

function cancelled(): GroError {
  const error: WireError = { code: "USER_CANCELLED", message: "USER_CANCELLED", retryable: false };
  return new GroError(error);
}
