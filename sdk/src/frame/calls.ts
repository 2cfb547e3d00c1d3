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
  /** On the clock of `natives.now`; absent while a person is asked. */
  deadline: number | undefined;
}

/** Matches answers to calls. `send` puts a message on the port. */
export function createCalls(send: (message: FrameMessage) => void): Calls {
  const waiting = new Map<string, Waiting>();
  let last = 0;

  /** One timer for all calls: most are answered long before it would matter, and a timer for each costs more than the call. */
  let timer: number | undefined;
  let due = Number.POSITIVE_INFINITY;
  const wakeAt = (deadline: number) => {
    if (due <= deadline) return;
    if (timer !== undefined) natives.clearTimeout(timer);
    due = deadline;
    timer = natives.setTimeout(expire, Math.max(1, deadline - natives.now()));
  };
  const expire = () => {
    timer = undefined;
    due = Number.POSITIVE_INFINITY;
    const now = natives.now();
    let next = due;
    for (const [id, entry] of waiting) {
      if (entry.deadline === undefined) continue;
      if (entry.deadline > now) {
        next = Math.min(next, entry.deadline);
        continue;
      }
      waiting.delete(id);
      send({ v: 1, type: "cancel", id });
      entry.reject(new GroError({ code: "TIMEOUT", message: "TIMEOUT", retryable: true }));
    }
    wakeAt(next);
  };
  const run = (entry: Waiting) => {
    entry.deadline = natives.now() + entry.left;
    wakeAt(entry.deadline);
  };
  const pause = (entry: Waiting) => {
    if (entry.deadline === undefined) return;
    entry.left = Math.max(1_000, entry.deadline - natives.now());
    entry.deadline = undefined;
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
        const entry: Waiting = { resolve, reject, left: callTimeout, deadline: undefined };
        waiting.set(id, entry);
        run(entry);
        signal?.addEventListener("abort", () => {
          if (!waiting.delete(id)) return;
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
        if (!message.on) run(entry);
        return true;
      }
      waiting.delete(message.id);
      if ("error" in message) entry.reject(new GroError(message.error));
      else entry.resolve(message.data);
      return true;
    },
  };
}

/** What JSON would carry; throws for what JSON would silently turn into null. */
function toJson(value: unknown): unknown {
  const text = natives.stringify(value) as string | undefined;
  if (text === undefined) throw new TypeError("not JSON");
  // Only then may there have been such a number; looking at each value takes longer than all the rest of a call.
  if (natives.apply(natives.includes, text, ["null"])) natives.stringify(value, refuseNonFinite);
  return natives.parse(text);
}

function refuseNonFinite(_key: string, item: unknown): unknown {
  if (typeof item === "number" && !Number.isFinite(item)) throw new TypeError("not a finite number");
  return item;
}

function cancelled(): GroError {
  const error: WireError = { code: "USER_CANCELLED", message: "USER_CANCELLED", retryable: false };
  return new GroError(error);
}
