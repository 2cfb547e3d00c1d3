import { parseHTML } from "linkedom";
import { installEvents, type Node } from "./events.js";
import { record } from "./host.js";
import { asNative, type Bag, type Callback, expose, exposeAccessor, native, textOf, world } from "./natives.js";
import { canaries } from "./samples.js";

const markup =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Widget</title></head><body><div id="gro-widget-root"></div></body></html>';

export let page: Node & Bag;
let cookies = `session=${canaries["a cookie"]}`;

/** A real DOM (linkedom) with what it lacks, as the frame's document. */
export function installPage(): void {
  const { window, document } = parseHTML(markup) as unknown as { window: Bag; document: Node & Bag };
  page = document;
  const names = new Set([...Object.keys(window), ...classNames]);
  for (const name of names) {
    const value = window[name];
    if (typeof value === "function" && /^[A-Z]/.test(name) && world[name] === undefined)
      native.define(world, name, { value, writable: true, configurable: true });
  }
  expose("MutationObserver", window["MutationObserver"]);
  expose("DOMParser", window["DOMParser"]);
  expose("customElements", window["customElements"]);
  native.define(world, "Node", { value: window["Node"] ?? world["Node"], writable: true, configurable: true });
  expose("document", document);
  installEvents((world["EventTarget"] as { prototype: Bag }).prototype);
  for (const name of ["addEventListener", "removeEventListener", "dispatchEvent"]) {
    // A proxy of linkedom's keeps its own event target: ours replaces it.
    native.define(document, name, { value: world[name], writable: true, configurable: true });
  }
  completeDocument(document);
  completeElements();
  expose("Image", function () {
    return (document["createElement"] as Callback)("img");
  });
  expose("Audio", function () {
    return (document["createElement"] as Callback)("audio");
  });
  expose("Option", function (text: unknown, value: unknown) {
    const option = (document["createElement"] as Callback)("option") as Node;
    option.textContent = textOf(text);
    option.setAttribute("value", textOf(value));
    return option;
  });
  expose("getComputedStyle", (element: { style?: Bag }) => computedStyle(element));
}

// Classes that linkedom exports but does not list on its window.
const classNames = (
  "Node Element HTMLElement Text Comment DocumentFragment Event CustomEvent EventTarget HTMLInputElement HTMLIFrameElement HTMLAnchorElement HTMLScriptElement HTMLFormElement " +
  "HTMLSelectElement HTMLTextAreaElement HTMLImageElement HTMLCanvasElement HTMLTemplateElement HTMLButtonElement HTMLLinkElement HTMLStyleElement HTMLOptionElement HTMLUnknownElement " +
  "HTMLDivElement HTMLBodyElement HTMLHeadElement HTMLHtmlElement HTMLSpanElement HTMLMediaElement HTMLVideoElement HTMLAudioElement SVGElement Document XMLDocument CharacterData ShadowRoot " +
  "NodeList NodeFilter Range Attr InputEvent CSSStyleDeclaration DOMException HTMLDocument"
).split(" ");

function computedStyle(element: { style?: Bag }): object {
  return new Proxy(element.style ?? {}, {
    get(target: Bag, key) {
      if (key === "getPropertyValue")
        return (name: string) => textOf((target["getPropertyValue"] as Callback | undefined)?.call(target, name));
      const value = target[key as string];
      return value === undefined || value === null ? "" : value;
    },
  });
}

function completeDocument(document: Node & Bag): void {
  exposeAccessor(
    document,
    "cookie",
    () => {
      record("read.cookie");
      return cookies;
    },
    (value) => {
      record("write.cookie", textOf(value).split("=")[0], value);
      cookies += `; ${textOf(value).split(";")[0] ?? ""}`;
    },
  );
  exposeAccessor(
    document,
    "location",
    () => world["location"],
    (value) => {
      (world as { location: unknown }).location = value;
    },
  );
  exposeAccessor(document, "defaultView", () => world);
  exposeAccessor(document, "readyState", () => readyState);
  exposeAccessor(document, "activeElement", () => document["body"]);
  for (const [name, selector] of Object.entries({
    forms: "form",
    scripts: "script",
    images: "img",
    links: "a[href]",
    all: "*",
    embeds: "embed",
    styleSheets: "style",
  })) {
    exposeAccessor(document, name, () => document.querySelectorAll(selector));
  }
  const currentScript = (document["createElement"] as Callback)("script");
  exposeAccessor(document, "currentScript", () => (readyState === "loading" ? currentScript : null));
  const fixed = {
    referrer: "http://localhost:3000/",
    domain: "",
    hidden: false,
    visibilityState: "visible",
    characterSet: "UTF-8",
    compatMode: "CSS1Compat",
    contentType: "text/html",
    URL: "http://127.0.0.1/frame",
    documentURI: "http://127.0.0.1/frame",
    baseURI: "http://127.0.0.1/frame",
    fullscreenElement: null,
    fonts: { ready: native.Promise.resolve(), load: () => native.Promise.resolve([]), add: () => undefined, check: () => true },
  };
  for (const [name, value] of Object.entries(fixed)) native.define(document, name, { value, writable: true, configurable: true });
  const methods: Record<string, Callback> = {
    getElementsByName: (name) => document.querySelectorAll(`[name="${textOf(name).replace(/["\\]/g, "")}"]`),
    hasFocus: () => true,
    execCommand: () => true,
    elementFromPoint: () => null,
    elementsFromPoint: () => [],
    getSelection: () => (world["getSelection"] as Callback)(),
    open: () => document,
    close: () => undefined,
    exitFullscreen: () => native.Promise.resolve(),
    adoptNode: (node) => node,
  };
  for (const [name, method] of Object.entries(methods))
    native.define(document, name, { value: asNative(name, method), writable: true, configurable: true });
  native.define(document, "implementation", {
    value: {
      createHTMLDocument: asNative(
        "createHTMLDocument",
        () => (parseHTML("<!doctype html><html><head></head><body></body></html>") as unknown as Bag)["document"],
      ),
      createDocument: asNative("createDocument", () => (parseHTML("<html></html>") as unknown as Bag)["document"]),
      hasFeature: asNative("hasFeature", () => true),
    },
    configurable: true,
  });
}

let readyState = "loading";
export function setReadyState(state: string): void {
  readyState = state;
}

const box = { x: 0, y: 0, top: 0, left: 0, right: 100, bottom: 20, width: 100, height: 20, toJSON: () => ({}) };

/** Layout, form state and canvas: linkedom has none, widgets ask for all. */
function completeElements(): void {
  const element = (world["Element"] as { prototype: object }).prototype;
  const methods: Record<string, (this: Node, ...args: unknown[]) => unknown> = {
    getBoundingClientRect: () => box,
    getClientRects: () => [box],
    focus: () => undefined,
    blur: () => undefined,
    scrollIntoView: () => undefined,
    scrollTo: () => undefined,
    select: () => undefined,
    setSelectionRange: () => undefined,
    animate: () => ({
      finished: native.Promise.resolve(),
      cancel: () => undefined,
      play: () => undefined,
      pause: () => undefined,
      onfinish: null,
    }),
    getAnimations: () => [],
    checkValidity: () => true,
    reportValidity: () => true,
    setCustomValidity: () => undefined,
    setPointerCapture: () => undefined,
    releasePointerCapture: () => undefined,
    requestFullscreen: () => native.Promise.reject(new Error("NotAllowedError")),
    showModal: () => undefined,
    play: () => native.Promise.resolve(),
    pause: () => undefined,
    load: () => undefined,
    getContext: canvasContext,
    toDataURL: () => "data:image/png;base64,",
    toBlob(callback) {
      (callback as Callback)(new (world["Blob"] as new (parts: unknown[]) => unknown)([]));
    },
    attachEvent(type, callback) {
      (world["addEventListener"] as Callback).call(this, textOf(type).replace(/^on/, ""), callback);
    },
    getTotalLength: () => 100,
    getPointAtLength: () => ({ x: 0, y: 0 }),
    getBBox: () => box,
    getComputedTextLength: () => 50,
    getScreenCTM: () => ({ a: 1, b: 0, c: 0, d: 1, e: 0, f: 0, inverse: () => ({}) }),
  };
  for (const [name, method] of Object.entries(methods))
    native.define(element, name, { value: asNative(name, method), writable: true, configurable: true });
  for (const [name, value] of Object.entries({
    offsetWidth: 100,
    offsetHeight: 20,
    offsetTop: 0,
    offsetLeft: 0,
    clientWidth: 100,
    clientHeight: 20,
    clientTop: 0,
    clientLeft: 0,
    scrollWidth: 100,
    scrollHeight: 20,
    naturalWidth: 1,
    naturalHeight: 1,
  })) {
    exposeAccessor(
      element,
      name,
      () => value,
      () => undefined,
    );
  }
  for (const name of ["scrollTop", "scrollLeft", "selectionStart", "selectionEnd"])
    exposeAccessor(
      element,
      name,
      () => 0,
      () => undefined,
    );
  exposeAccessor(element, "offsetParent", function () {
    return (this as Node).parentNode;
  });
  formState();
}

function formState(): void {
  const form = (world["HTMLFormElement"] as { prototype: object }).prototype;
  exposeAccessor(form, "elements", function () {
    return (this as Node).querySelectorAll("input,select,textarea,button");
  });
  exposeAccessor(form, "length", function () {
    return (this as Node).querySelectorAll("input,select,textarea,button").length;
  });
  native.define(form, "reset", { value: asNative("reset", () => undefined), writable: true, configurable: true });
  for (const name of ["HTMLSelectElement", "HTMLInputElement", "HTMLOptionElement", "HTMLTextAreaElement"]) {
    const prototype = (world[name] as { prototype: object } | undefined)?.prototype;
    if (!prototype) continue;
    for (const flag of ["checked", "selected", "indeterminate", "multiple"]) {
      if (flag in prototype) continue;
      exposeAccessor(
        prototype,
        flag,
        function () {
          return (this as Node).getAttribute(flag) !== null;
        },
        function (value) {
          if (value) (this as Node).setAttribute(flag, "");
          else (this as { removeAttribute(name: string): void }).removeAttribute(flag);
        },
      );
    }
  }
  const select = (world["HTMLSelectElement"] as { prototype: object } | undefined)?.prototype;
  if (select) {
    const chosen = (self: unknown): Node | null =>
      (self as Node).querySelector("option[selected]") ?? (self as Node).querySelector("option");
    exposeAccessor(
      select,
      "value",
      function () {
        const option = chosen(this);
        return option ? (option.getAttribute("value") ?? option.textContent) : "";
      },
      function (value) {
        for (const option of (this as Node).querySelectorAll("option")) {
          if ((option.getAttribute("value") ?? option.textContent) === textOf(value)) option.setAttribute("selected", "");
          else (option as unknown as { removeAttribute(name: string): void }).removeAttribute("selected");
        }
      },
    );
    exposeAccessor(
      select,
      "selectedIndex",
      () => 0,
      () => undefined,
    );
  }
}

/** A 2D context that takes every call: charts draw, nothing appears. */
function canvasContext(this: Node): unknown {
  const state: Bag = { canvas: this };
  const gradient = { addColorStop: () => undefined };
  return new Proxy(state, {
    get(target, key) {
      if (key in target || typeof key === "symbol" || key === "then") return target[key as string];
      if (key === "measureText") return () => ({ width: 50, actualBoundingBoxAscent: 8, actualBoundingBoxDescent: 2 });
      if (key === "getImageData" || key === "createImageData") return () => ({ data: new Uint8ClampedArray(400), width: 10, height: 10 });
      return () => gradient;
    },
    set(target, key, value) {
      target[key as string] = value;
      return true;
    },
  });
}
