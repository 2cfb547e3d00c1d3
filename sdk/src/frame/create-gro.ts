import type { FrameInit, JsonValue } from "../protocol/index.js";
import type { Calls } from "./calls.js";
import type { Gro } from "./gro.js";
import { natives } from "./natives.js";

export interface ReadyQueue {
  add(callback: () => void): void;
  /** Runs what waits, in order; later callbacks run in their own microtask. */
  open(): { readonly ran: number; readonly threw: number };
}

/** A callback that throws is reported and does not keep the next one from running. */
export function createReadyQueue(): ReadyQueue {
  let waiting: (() => void)[] | undefined = [];
  const run = (callback: () => void) => {
    try {
      callback();
      return true;
    } catch (error) {
      natives.reportError(error);
      return false;
    }
  };
  return {
    add(callback) {
      if (typeof callback !== "function") throw new TypeError("gro.onReady needs a function");
      if (waiting) waiting.push(callback);
      else natives.queueMicrotask(() => void run(callback));
    },
    open() {
      const callbacks = waiting ?? [];
      waiting = undefined;
      let threw = 0;
      for (const callback of callbacks) if (!run(callback)) threw += 1;
      return { ran: callbacks.length, threw };
    },
  };
}

/** Builds `window.gro` from what the host handed over. Deep frozen: a widget cannot change it for its own libraries by accident. */
export function createGro(init: FrameInit, calls: Calls, ready: ReadyQueue, resize: () => void): Gro {
  const context = deepFreeze(init.context);
  const gro: Gro = {
    onReady: (callback) => ready.add(callback),
    context,
    branding: deepFreeze(init.branding),
    scopes: deepFreeze(init.scopes),
    isPreview: init.isPreview,
    locale: init.locale,
    colorScheme: init.colorScheme,
    resize: () => resize(),
    entity: {
      get: (id) => context.entities.find((entity) => entity.id === id) ?? null,
      update: (id, change, options) => calls.call("entity.update", { id, attributes: change?.attributes }, { signal: options?.signal }),
    },
    activity: {
      log: (entry, options) => calls.call("activity.log", entry ?? {}, { signal: options?.signal }),
    },
    media: {
      upload(file, options) {
        if (!(file instanceof Blob)) return calls.call("media.upload", undefined) as Promise<never>;
        return calls.call("media.upload", {}, { image: file, signal: options?.signal }) as Promise<JsonValue & { data: { url: string } }>;
      },
    },
  };
  return deepFreeze(gro);
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const item of Object.values(value)) deepFreeze(item);
  return value;
}
