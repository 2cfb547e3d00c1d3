import { record, recordError } from "./host.js";
import { asNative, type Bag, type Callback, expose, native, textOf } from "./natives.js";
import { branding, context, sampleMedia, scopes } from "./samples.js";

const ready: unknown[] = [];

/** `window.gro` as a frame has it, with sample data; every call is answered as if the customer had agreed. */
export function installGro(): void {
  const answer = (name: string, result: unknown): Callback =>
    asNative(name, (...args: unknown[]) => {
      record(`gro.${name}`, args.map((argument) => textOf(argument)).join(" "));
      return native.Promise.resolve(result);
    });
  expose("gro", {
    context,
    branding,
    scopes,
    locale: "en-GB",
    colorScheme: "light",
    isPreview: false,
    onReady: asNative("onReady", (callback: unknown) => {
      record("gro.onReady");
      ready.push(callback);
    }),
    resize: asNative("resize", () => undefined),
    entity: {
      get: asNative("get", (id: unknown) => context.entities.find((entity) => entity.id === id)),
      update: answer("entity.update", { data: {} }),
    },
    activity: { log: answer("activity.log", { data: { id: "act_1" } }) },
    media: { upload: answer("media.upload", { data: { url: sampleMedia } }) },
  });
  expose("WidgetServiceSDK", function (this: Bag) {
    Object.assign(this, createSdk());
  });
}

/** What `init(sdk)` of a module widget is given. */
export function createSdk(container?: unknown): Bag {
  return {
    whenReady: asNative("whenReady", () => native.Promise.resolve()),
    getProps: asNative("getProps", () => ({ title: "Sample", community: "Sample community" })),
    getContainer: asNative("getContainer", () => container),
    container,
    shadowRoot: container,
    on: asNative("on", () => () => undefined),
    off: asNative("off", () => undefined),
    emit: asNative("emit", () => undefined),
    connectors: {
      execute: asNative("execute", (call: unknown) => {
        record("connector", textOf((call as Bag | undefined)?.["permalink"]), call);
        return native.Promise.resolve({ data: {}, items: [] });
      }),
    },
  };
}

export function runReady(): boolean {
  const callback = ready.shift();
  if (callback === undefined) return false;
  try {
    if (typeof callback === "function") callback();
  } catch (error) {
    recordError(error);
  }
  return true;
}
