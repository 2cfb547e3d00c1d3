import { record, recordCode } from "./host.js";
import { asNative, type Bag, type Callback, expose, exposeAccessor, native, textOf, world } from "./natives.js";
import { frameAddress } from "./network.js";
import { canaries } from "./samples.js";

/** Everything of a browser's window that is neither DOM, network nor code: each answers plausibly, the telling ones are recorded. */
export function installBrowser(): void {
  for (const name of ["window", "self", "frames"]) expose(name, world);
  expose("globalThis", world);
  for (const name of ["parent", "top"])
    exposeAccessor(
      world,
      name,
      () => outerWindow(name),
      (value) => define(world, name, value),
    );
  expose("opener", null);
  expose("closed", false);
  expose("length", 0);
  exposeAccessor(
    world,
    "name",
    () => "",
    (value) => record("write.name", value, value),
  );
  expose("isSecureContext", true);
  expose("origin", "null");
  for (const [name, value] of Object.entries({
    innerWidth: 640,
    innerHeight: 400,
    outerWidth: 640,
    outerHeight: 400,
    scrollX: 0,
    scrollY: 0,
    pageXOffset: 0,
    pageYOffset: 0,
    devicePixelRatio: 1,
    screenX: 0,
    screenY: 0,
  })) {
    expose(name, value);
  }
  expose("screen", {
    width: 1280,
    height: 800,
    availWidth: 1280,
    availHeight: 800,
    colorDepth: 24,
    pixelDepth: 24,
    orientation: { type: "landscape-primary" },
  });
  installConsole();
  installLocation();
  installNavigator();
  for (const name of ["localStorage", "sessionStorage"]) expose(name, storage(name));
  expose("indexedDB", {
    open: asNative("open", () => request("indexedDB")),
    deleteDatabase: asNative("deleteDatabase", () => request("indexedDB")),
  });
  expose("caches", { open: asNative("open", () => native.Promise.reject(new Error("SecurityError"))) });
  for (const name of ["alert", "confirm", "prompt", "print"]) {
    expose(name, (text: unknown) => {
      record(`dialog.${name}`, text, text);
      return name === "confirm" ? true : name === "prompt" ? canaries["typed text"] : undefined;
    });
  }
  expose("open", (address: unknown) => {
    record("open", address, address);
    return null;
  });
  expose("close", () => undefined);
  for (const name of ["focus", "blur", "stop", "scroll", "scrollTo", "scrollBy", "moveTo", "resizeTo"]) expose(name, () => undefined);
  expose("postMessage", (message: unknown) => record("post.self", "", message));
  expose("matchMedia", (media: unknown) => ({
    media: textOf(media),
    matches: false,
    addListener: () => undefined,
    removeListener: () => undefined,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  expose("getSelection", () => ({
    toString: () => "",
    rangeCount: 0,
    removeAllRanges: () => undefined,
    addRange: () => undefined,
    isCollapsed: true,
    type: "None",
  }));
  expose("reportError", () => undefined);
  expose("structuredClone", (value: unknown) => clone(value, 0));
  installText();
  for (const name of ["IntersectionObserver", "ResizeObserver", "PerformanceObserver", "ReportingObserver"]) expose(name, observer(name));
  expose(
    "Notification",
    Object.assign(() => record("notification"), { permission: "denied", requestPermission: () => native.Promise.resolve("denied") }),
  );
  expose("CSS", {
    supports: () => true,
    escape: (text: unknown) => textOf(text).replace(/[^\w-]/g, "\\$&"),
    registerProperty: () => undefined,
  });
  expose("trustedTypes", undefined);
  expose("visualViewport", { width: 640, height: 400, scale: 1, addEventListener: () => undefined, removeEventListener: () => undefined });
  expose("navigation", {
    navigate: asNative("navigate", (address: unknown) => record("navigate", address, address)),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  });
  expose("AudioContext", function () {});
  expose("SpeechSynthesisUtterance", function () {});
}

function define(target: object, name: string, value: unknown): void {
  native.define(target, name, { value, writable: true, configurable: true });
}

/** The page that holds the frame: reachable for messages and nothing else. */
function outerWindow(name: string): unknown {
  return (outers[name] ??= new Proxy(
    {},
    {
      get(_, key) {
        if (key === "postMessage") return asNative("postMessage", (message: unknown) => record("post.parent", "", message));
        if (key === "location") return location(`navigate.${name}`);
        if (["window", "self", "parent", "top", "frames"].includes(String(key))) return outerWindow("top");
        if (key === "closed") return false;
        if (key === "length") return 1;
        if (typeof key === "symbol" || key === "then") return undefined;
        record("reach.parent", key);
        throw Object.assign(new Error('Blocked a frame with origin "null" from accessing a cross-origin frame.'), {
          name: "SecurityError",
        });
      },
      set(_, key, value) {
        if (key === "location") record(`navigate.${name}`, value, value);
        else record("reach.parent", key);
        return true;
      },
      getPrototypeOf: () => null,
    },
  ));
}
const outers: Record<string, object> = {};

function installConsole(): void {
  const silent = asNative("log", () => undefined);
  expose("console", new Proxy({}, { get: (target: Bag, key) => (key in target ? target[key as string] : silent) }));
}

function location(kind: string): Bag {
  const go = (address: unknown): void => navigate(kind, address);
  const value: Bag = {};
  exposeAccessor(value, "href", () => frameAddress, go);
  for (const [name, text] of Object.entries({
    protocol: "http:",
    host: "127.0.0.1",
    hostname: "127.0.0.1",
    port: "",
    pathname: "/frame",
    search: "",
    hash: "",
  })) {
    exposeAccessor(
      value,
      name,
      () => text,
      (next) => {
        if (name !== "hash") go(name === "search" || name === "pathname" ? `${frameAddress}?${textOf(next)}` : next);
      },
    );
  }
  Object.assign(value, {
    origin: "http://127.0.0.1",
    ancestorOrigins: { length: 1, 0: "http://localhost:3000", item: () => "http://localhost:3000" },
    assign: asNative("assign", go),
    replace: asNative("replace", go),
    reload: asNative("reload", () => record("reload")),
    toString: asNative("toString", () => frameAddress),
  });
  return value;
}

export function navigate(kind: string, address: unknown): void {
  const text = textOf(address);
  if (/^\s*javascript:/i.test(text)) {
    const code = text.replace(/^\s*javascript:/i, "");
    recordCode("javascript address", code);
    try {
      native.eval(code);
    } catch {
      // What fails in the frame fails here.
    }
    return;
  }
  if (!text.startsWith("#")) record(kind, text, text);
}

function installLocation(): void {
  const own = location("navigate");
  exposeAccessor(
    world,
    "location",
    () => own,
    (value) => navigate("navigate", value),
  );
  expose("history", {
    length: 1,
    state: null,
    pushState: asNative("pushState", (_state: unknown, _title: unknown, address: unknown) => record("history", address)),
    replaceState: asNative("replaceState", (_state: unknown, _title: unknown, address: unknown) => record("history", address)),
    back: asNative("back", () => undefined),
    forward: asNative("forward", () => undefined),
    go: asNative("go", () => undefined),
  });
}

function installNavigator(): void {
  const denied = (kind: string) =>
    asNative("request", () => {
      record(kind);
      return native.Promise.reject(Object.assign(new Error("Permission denied"), { name: "NotAllowedError" }));
    });
  expose("navigator", {
    userAgent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    appName: "Netscape",
    appVersion: "5.0 (X11)",
    vendor: "Google Inc.",
    product: "Gecko",
    platform: "Linux x86_64",
    language: "en-GB",
    languages: ["en-GB", "en"],
    onLine: true,
    cookieEnabled: false,
    webdriver: false,
    hardwareConcurrency: 8,
    deviceMemory: 8,
    maxTouchPoints: 0,
    plugins: { length: 0 },
    mimeTypes: { length: 0 },
    doNotTrack: null,
    userAgentData: { brands: [], mobile: false, platform: "Linux" },
    sendBeacon: asNative("sendBeacon", (address: unknown, data: unknown) => {
      record("request.beacon", address, data);
      return false;
    }),
    clipboard: {
      readText: denied("read.clipboard"),
      read: denied("read.clipboard"),
      writeText: asNative("writeText", (text: unknown) => {
        record("write.clipboard", text);
        return native.Promise.resolve();
      }),
    },
    geolocation: {
      getCurrentPosition: asNative("getCurrentPosition", () => record("read.location")),
      watchPosition: asNative("watchPosition", () => record("read.location")),
    },
    mediaDevices: {
      getUserMedia: denied("read.media"),
      getDisplayMedia: denied("read.media"),
      enumerateDevices: asNative("enumerateDevices", () => native.Promise.resolve([])),
    },
    serviceWorker: {
      controller: null,
      ready: new native.Promise(() => undefined),
      addEventListener: () => undefined,
      register: asNative("register", (address: unknown) => {
        record("worker.service", address);
        return native.Promise.reject(new Error("SecurityError"));
      }),
      getRegistrations: asNative("getRegistrations", () => native.Promise.resolve([])),
    },
    permissions: { query: asNative("query", () => native.Promise.resolve({ state: "denied" })) },
    credentials: { get: denied("read.credentials"), store: denied("read.credentials"), create: denied("read.credentials") },
    vibrate: () => false,
    share: denied("share"),
    javaEnabled: () => false,
    getBattery: asNative("getBattery", () => native.Promise.resolve({ level: 1, charging: true })),
    connection: { effectiveType: "4g", rtt: 50, downlink: 10 },
  });
}

function storage(name: string): object {
  const data = new Map<string, string>([["token", canaries["local storage"]]]);
  const read = (key: unknown): string | null => {
    record("read.storage", `${name} ${textOf(key)}`);
    return data.get(textOf(key)) ?? null;
  };
  const methods: Bag = {
    getItem: asNative("getItem", read),
    setItem: asNative("setItem", (key: unknown, value: unknown) => {
      record("write.storage", `${name} ${textOf(key)}`);
      data.set(textOf(key), textOf(value));
    }),
    removeItem: asNative("removeItem", (key: unknown) => data.delete(textOf(key))),
    clear: asNative("clear", () => data.clear()),
    key: asNative("key", (index: unknown) => [...data.keys()][Number(index)] ?? null),
  };
  return new Proxy(methods, {
    get: (target, key) =>
      key === "length" ? data.size : typeof key === "symbol" || key in target ? target[key as string] : (read(key) ?? undefined),
    ownKeys: () => [...data.keys()],
    getOwnPropertyDescriptor: (_, key) => ({ value: data.get(String(key)), enumerable: true, configurable: true }),
  });
}

function request(kind: string): Bag {
  record("read.storage", kind);
  return { onsuccess: null, onerror: null, addEventListener: () => undefined };
}

function observer(name: string): Callback {
  const constructor = function (this: Bag, callback: unknown): void {
    const later = (target: unknown): void => {
      if (typeof callback !== "function") return;
      const rect = { x: 0, y: 0, width: 100, height: 20, top: 0, left: 0, right: 100, bottom: 20 };
      (world["setTimeout"] as Callback)(
        () =>
          callback(
            [
              {
                target,
                isIntersecting: true,
                intersectionRatio: 1,
                contentRect: rect,
                boundingClientRect: rect,
                borderBoxSize: [{ inlineSize: 100, blockSize: 20 }],
              },
            ],
            this,
          ),
        1,
      );
    };
    Object.assign(this, {
      observe: name === "PerformanceObserver" ? () => undefined : later,
      unobserve: () => undefined,
      disconnect: () => undefined,
      takeRecords: () => [],
    });
  };
  return constructor;
}

function clone(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null || depth > 50) return value;
  if (value instanceof native.Date) return new native.Date(value.getTime());
  if (native.isArray(value)) return value.map((item) => clone(item, depth + 1));
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, clone(item, depth + 1)]));
  if (value instanceof Set) return new Set(value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, clone(item, depth + 1)]));
}

function installText(): void {
  expose(
    "TextEncoder",
    class TextEncoder {
      readonly encoding = "utf-8";
      encode(text: unknown = ""): Uint8Array {
        const bytes: number[] = [];
        for (const part of encodeURIComponent(native.String(text).replace(/[\ud800-\udfff](?![\udc00-\udfff])/g, "?")).match(/%..|./g) ??
          []) {
          bytes.push(part.length === 3 ? Number.parseInt(part.slice(1), 16) : part.charCodeAt(0));
        }
        return Uint8Array.from(bytes);
      }
    },
  );
  expose(
    "TextDecoder",
    class TextDecoder {
      readonly encoding = "utf-8";
      decode(bytes?: unknown): string {
        const binary = textOf(bytes);
        try {
          return decodeURIComponent([...binary].map((character) => `%${character.charCodeAt(0).toString(16).padStart(2, "0")}`).join(""));
        } catch {
          return binary;
        }
      }
    },
  );
  const random = (view: unknown): unknown => {
    if (ArrayBuffer.isView(view)) (view as Uint8Array).forEach((_, index, array) => (array[index] = Math.floor(Math.random() * 256)));
    return view;
  };
  const digest = asNative("digest", () => native.Promise.resolve(new ArrayBuffer(32)));
  expose("crypto", {
    getRandomValues: asNative("getRandomValues", random),
    randomUUID: asNative("randomUUID", () => "3f2b8c1e-7a64-4d09-9b51-0c6e2f8a7d43"),
    subtle: new Proxy({}, { get: (_, key) => (key === "then" ? undefined : digest) }),
  });
  const format = {
    format: (value: unknown) => textOf(value),
    formatToParts: () => [],
    resolvedOptions: () => ({ locale: "en-GB", timeZone: "UTC", calendar: "gregory", numberingSystem: "latn" }),
    select: () => "other",
    compare: (a: unknown, b: unknown) => (textOf(a) < textOf(b) ? -1 : 1),
    of: (code: unknown) => code,
  };
  const formatter = function () {
    return format;
  };
  const intl: Bag = { getCanonicalLocales: (list: unknown) => (native.isArray(list) ? list : [list]) };
  for (const name of [
    "DateTimeFormat",
    "NumberFormat",
    "PluralRules",
    "Collator",
    "RelativeTimeFormat",
    "ListFormat",
    "DisplayNames",
    "Segmenter",
  ]) {
    intl[name] = Object.assign(formatter.bind(undefined), { supportedLocalesOf: () => ["en-GB"] });
  }
  expose("Intl", intl);
}
