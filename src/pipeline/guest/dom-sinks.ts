import { navigate } from "./browser.js";
import { schedule } from "./clock.js";
import { noteCode } from "./codegen.js";
import { dispatch, type Node } from "./events.js";
import { record, recordError } from "./host.js";
import { textBehind } from "./inline-address.js";
import { asNative, type Bag, type Callback, expose, exposeAccessor, native, textOf, world } from "./natives.js";
import { page } from "./page.js";

const loading: Readonly<Record<string, string>> = {
  img: "image",
  script: "script",
  iframe: "frame",
  frame: "frame",
  embed: "frame",
  object: "frame",
  video: "media",
  audio: "media",
  source: "media",
  track: "media",
  link: "link",
  input: "image",
  base: "base",
};
const addressNames = new Set([
  "src",
  "srcset",
  "href",
  "xlink:href",
  "data",
  "action",
  "formaction",
  "poster",
  "ping",
  "background",
  "srcdoc",
  "content",
  "style",
  "manifest",
]);

/** Watches what elements load, run and submit: at the moment an address is set, a node is put in, or markup is parsed. */
export function installDomSinks(): void {
  const element = (world["Element"] as { prototype: Bag }).prototype;
  const setAttribute = element["setAttribute"] as Callback;
  native.define(element, "setAttribute", {
    value: asNative("setAttribute", function (this: unknown, name: unknown, value: unknown) {
      const result = native.apply(setAttribute, this, [name, value]);
      noteAttribute(this as Node, textOf(name).toLowerCase(), textOf(value));
      return result;
    }),
    writable: true,
    configurable: true,
  });
  mirrorProperties();
  watchInsertion();
  watchMarkup(element);
  const form = (world["HTMLFormElement"] as { prototype: Bag }).prototype;
  const submit = function (this: unknown): void {
    noteSubmit(this as Node);
  };
  native.define(form, "submit", { value: asNative("submit", submit), writable: true, configurable: true });
  native.define(form, "requestSubmit", {
    value: asNative("requestSubmit", function (this: unknown) {
      const event = newEvent("submit");
      if (dispatch(this as object, event)) noteSubmit(this as Node);
    }),
    writable: true,
    configurable: true,
  });
  for (const owner of [element, (world["HTMLElement"] as { prototype: Bag }).prototype]) {
    native.define(owner, "click", {
      value: asNative("click", function (this: unknown) {
        activate(this as Node, "click.script");
      }),
      writable: true,
      configurable: true,
    });
  }
  for (const name of ["write", "writeln"]) {
    native.define(page, name, {
      value: asNative(name, (...parts: unknown[]) => {
        const text = parts.map((part) => textOf(part)).join("");
        record("document.write", text, text);
        const holder = (page["createElement"] as Callback)("div") as Node & Bag;
        holder["innerHTML"] = text;
        (page["body"] as Bag & { appendChild(node: unknown): void }).appendChild(holder);
        for (const script of holder.querySelectorAll("script")) runScript(script);
      }),
      writable: true,
      configurable: true,
    });
  }
}

export function newEvent(type: string, more: Bag = {}): Bag {
  const event = new (world["Event"] as new (type: string, init: object) => Bag)(type, { bubbles: true, cancelable: true });
  for (const [name, value] of Object.entries({ isTrusted: true, ...more }))
    native.define(event, name, { value, writable: true, configurable: true });
  return event;
}

/** A click by script or by the driver, with what a browser would do next. */
export function activate(node: Node, by: string): void {
  const proceed = dispatch(node, newEvent("click", { button: 0, clientX: 5, clientY: 5, detail: 1 }));
  if (!proceed) return;
  for (let current: Node | null = node; current; current = current.parentNode) {
    if ((current.localName === "a" || current.localName === "area") && current.getAttribute?.("href")) {
      const address = current.getAttribute("href") ?? "";
      if (by === "click.script") navigate("navigate", address);
      else record("link", address, address);
      const ping = current.getAttribute("ping");
      if (ping) record("request.beacon", ping, ping);
      return;
    }
  }
  const type = node.getAttribute?.("type");
  if (
    (node.localName === "button" && type !== "button" && type !== "reset") ||
    (node.localName === "input" && (type === "submit" || type === "image"))
  ) {
    const form = closest(node, "form");
    if (form && dispatch(form, newEvent("submit", { submitter: node }))) noteSubmit(form);
  }
}

function closest(node: Node, name: string): Node | null {
  let current: Node | null = node;
  while (current && current.localName !== name) current = current.parentNode;
  return current;
}

export function noteSubmit(form: Node): void {
  const values: string[] = [];
  for (const field of form.querySelectorAll("input,select,textarea"))
    values.push(`${field.getAttribute("name") ?? ""}=${textOf(field["value"])}`);
  record("request.form", form.getAttribute("action") ?? "", values.join("&"));
}

function noteAttribute(node: Node, name: string, value: string): void {
  const tag = node.localName;
  if (/^on[a-z]+$/.test(name)) noteCode("handler", value);
  if (!addressNames.has(name)) {
    if (tag === "input" && (name === "type" || name === "autocomplete")) noteField(node);
    return;
  }
  if (name === "style") noteStyle(value);
  else if (name === "srcdoc") record("frame.srcdoc", value.slice(0, 300), value);
  else if (name === "action" || name === "formaction") record("form.action", value, value);
  else if (name === "ping") record("link.ping", value, value);
  else if (name === "content") noteMeta(node);
  else if ((tag === "a" || tag === "area") && name.endsWith("href")) noteLink(value);
  else if (tag in loading || name === "background" || name === "poster") noteLoad(node, name, value);
  else if (/^(?:image|use|feimage)$/i.test(tag) && !value.startsWith("#")) record("request.image", value, value);
}

function noteLink(address: string): void {
  if (/^[\s\u0000-\u0020]*j[\s]*a[\s]*v[\s]*a[\s]*s[\s]*c[\s]*r[\s]*i[\s]*p[\s]*t[\s]*:/i.test(address))
    noteCode("javascript address", address.slice(address.indexOf(":") + 1));
}

function noteLoad(node: Node, name: string, value: string): void {
  // Nothing loads without network: whoever waits for the failure is called.
  schedule(() => dispatch(node, newEvent(/^data:/i.test(value) ? "load" : "error")), 20);
  if (value === "" || /^(?:data:image|data:font|data:audio|data:video|#|about:)/i.test(value)) return;
  const tag = node.localName;
  if (tag === "link") record(`request.link`, `${node.getAttribute("rel") ?? ""} ${value}`, value);
  else if (tag === "iframe" || tag === "frame" || tag === "embed" || tag === "object") record("request.frame", value, value);
  else if (tag === "script") noteScriptAddress(value);
  else record(`request.${name === "background" || name === "poster" ? "image" : (loading[tag] ?? "resource")}`, value, value);
}

function noteScriptAddress(address: string): void {
  const inline = textBehind(address);
  if (inline === undefined) record("request.script", address, address);
  else noteCode("script", inline);
}

function noteMeta(node: Node): void {
  const kind = node.getAttribute("http-equiv")?.toLowerCase();
  const content = node.getAttribute("content") ?? "";
  if (node.localName === "meta" && kind === "refresh")
    record("navigate.meta", content.replace(/^[^;,]*[;,]?\s*(?:url\s*=\s*)?/i, "").replace(/^["']|["']$/g, ""), content);
}

function noteStyle(css: string): void {
  for (const match of css.matchAll(/url\(\s*(?:"([^"]*)"|'([^']*)'|([^)]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')/gi)) {
    const address = (match[1] ?? match[2] ?? match[3] ?? match[4] ?? match[5] ?? "").trim();
    if (address !== "" && !/^(?:data:|#|blob:)/i.test(address)) record("request.css", address, address);
  }
}

function noteField(node: Node): void {
  const type = node.getAttribute("type")?.toLowerCase();
  const complete = node.getAttribute("autocomplete")?.toLowerCase() ?? "";
  if (type === "password") record("field.password", complete);
  else if (complete.startsWith("cc-")) record("field.card", complete);
}

const mirrored: readonly (readonly [tag: string, ...properties: string[]])[] = [
  ["form", "action", "method", "target"],
  ["button", "formAction"],
  ["input", "formAction", "autocomplete", "src"],
  ["img", "srcset"],
  ["video", "poster", "src"],
  ["audio", "src"],
  ["source", "src", "srcset"],
  ["track", "src"],
  ["embed", "src"],
  ["object", "data"],
  ["frame", "src"],
  ["link", "href", "rel", "as"],
  ["base", "href"],
  ["area", "href"],
  ["a", "href", "ping", "download"],
  ["meta", "content", "httpEquiv", "name"],
  ["script", "src"],
  ["iframe", "sandbox"],
];
const attributeNames: Readonly<Record<string, string>> = { httpEquiv: "http-equiv", formAction: "formaction" };

const unmirrored = new Map<string, readonly string[]>();

/** Elements without a class of their own keep such properties to themselves until they are put in. */
function reflectOwn(node: Node): void {
  for (const property of unmirrored.get(node.localName) ?? []) {
    const value = native.descriptor(node, property)?.value;
    if (value !== undefined) node.setAttribute(attributeNames[property] ?? property, textOf(value));
  }
}

/** Properties that linkedom does not reflect, or alters on the way: setting them is setting the attribute. */
function mirrorProperties(): void {
  const shared = new Set<unknown>([
    (world["HTMLElement"] as { prototype: object }).prototype,
    (world["Element"] as { prototype: object }).prototype,
  ]);
  for (const [tag, ...properties] of mirrored) {
    const prototype = native.prototypeOf((page["createElement"] as Callback)(tag) as object);
    if (!prototype || shared.has(prototype)) {
      unmirrored.set(tag, properties);
      continue;
    }
    for (const property of properties) {
      const attribute = attributeNames[property] ?? property;
      exposeAccessor(
        prototype,
        property,
        function () {
          return (this as Node).getAttribute(attribute) ?? "";
        },
        function (value) {
          (this as Node).setAttribute(attribute, textOf(value));
        },
      );
    }
  }
  const image = (world["HTMLImageElement"] as { prototype: object } | undefined)?.prototype;
  if (image) exposeAccessor(image, "complete", () => true);
  watchStyleSheets();
}

/** Rules that are added by script, and sheets that belong to no element. */
function watchStyleSheets(): void {
  class CSSStyleSheet {
    readonly cssRules: unknown[] = [];
    readonly rules = this.cssRules;
    readonly ownerNode: unknown;
    disabled = false;
    constructor(ownerNode: unknown = null) {
      this.ownerNode = ownerNode;
    }
    insertRule(rule: unknown, index = 0): number {
      noteStyle(textOf(rule));
      this.cssRules.splice(index, 0, { cssText: textOf(rule), style: {} });
      return index;
    }
    addRule(selector: unknown, style: unknown): number {
      return this.insertRule(`${textOf(selector)}{${textOf(style)}}`);
    }
    deleteRule(index: number): void {
      this.cssRules.splice(index, 1);
    }
    replaceSync(css: unknown): void {
      noteStyle(textOf(css));
    }
    replace(css: unknown): Promise<unknown> {
      this.replaceSync(css);
      return native.Promise.resolve(this);
    }
  }
  expose("CSSStyleSheet", CSSStyleSheet);
  native.define(page, "adoptedStyleSheets", { value: [], writable: true, configurable: true });
  const sheets = new WeakMap<object, CSSStyleSheet>();
  exposeAccessor((world["HTMLStyleElement"] as { prototype: object }).prototype, "sheet", function () {
    const sheet = sheets.get(this as object) ?? new CSSStyleSheet(this);
    sheets.set(this as object, sheet);
    return sheet;
  });
}

const styled = new WeakMap<object, string>();

/** Styles that were set property by property, and style elements whose text was set after they were put in. */
export function sweepStyles(): void {
  for (const node of page.querySelectorAll("[style],style")) {
    const css = node.localName === "style" ? textOf(node.textContent) : (node.getAttribute("style") ?? "");
    if (styled.get(node) === css) continue;
    styled.set(node, css);
    noteStyle(css);
  }
}

const seen = new WeakSet<object>();
const parsed = new WeakSet<object>();
let parsing = 0;

/** Nodes that a parser makes are looked at when it is done: scripts among them do not run. */
function whileParsing(work: () => void): void {
  parsing += 1;
  try {
    work();
  } finally {
    parsing -= 1;
  }
}

/** Scripts run and frames load when they enter the document. */
function watchInsertion(): void {
  const owners = new Set<object>();
  for (const name of ["Element", "DocumentFragment", "Document", "Node", "ShadowRoot"]) {
    for (
      let prototype = (world[name] as { prototype?: object } | undefined)?.prototype;
      prototype && prototype !== Object.prototype;
      prototype = native.prototypeOf(prototype) ?? undefined
    )
      owners.add(prototype);
  }
  for (const owner of owners) {
    const original = native.descriptor(owner, "insertBefore")?.value as Callback | undefined;
    if (typeof original !== "function") continue;
    native.define(owner, "insertBefore", {
      value: asNative("insertBefore", function (this: unknown, node: unknown, before: unknown) {
        const fragment = (node as Node | null)?.nodeType === 11 ? [...((node as Node).children ?? [])] : undefined;
        const result = native.apply(original, this, [node, before]);
        for (const inserted of fragment ?? [node as Node]) noteInserted(inserted);
        return result;
      }),
      writable: true,
      configurable: true,
    });
  }
}

function noteInserted(node: Node): void {
  try {
    if (node?.nodeType !== 1 || parsing > 0) return;
    noteNode(node, true);
    for (const inner of node.querySelectorAll("script,style,iframe,object,embed,form,meta,link,input")) noteNode(inner, true);
  } catch (error) {
    recordError(error);
  }
}

function noteNode(node: Node, live: boolean): void {
  reflectOwn(node);
  if (node.localName === "style") noteStyle(textOf(node.textContent));
  if (node.localName === "input") noteField(node);
  if (seen.has(node)) return;
  seen.add(node);
  if (node.localName === "script" && live) runScript(node);
  else if (node.localName === "iframe" && node.getAttribute("src") === null && node.getAttribute("srcdoc") === null) record("frame.empty");
  else if (node.localName === "meta") noteMeta(node);
}

function runScript(script: Node): void {
  const type = script.getAttribute("type")?.toLowerCase() ?? "";
  if (script.getAttribute("src") !== null || (type !== "" && !/javascript|module/.test(type))) return;
  const code = textOf(script.textContent);
  if (code.trim() === "") return;
  noteCode("script", code);
  try {
    native.eval(code);
  } catch (error) {
    recordError(error);
  }
}

/** Markup that is parsed in place: its addresses load, its handlers count, its scripts do not run. */
function watchMarkup(element: object): void {
  for (const name of ["innerHTML", "outerHTML"]) {
    for (let owner: object | null = element; owner && owner !== Object.prototype; owner = native.prototypeOf(owner)) {
      const descriptor = native.descriptor(owner, name);
      if (!descriptor?.set) continue;
      const { get, set } = descriptor;
      exposeAccessor(
        owner,
        name,
        function () {
          return native.apply(get as Callback, this, []);
        },
        function (value) {
          whileParsing(() => native.apply(set as Callback, this, [value]));
          noteMarkup(this as Node, textOf(value));
        },
      );
      break;
    }
  }
  for (const subclass of ["HTMLTemplateElement", "HTMLScriptElement", "HTMLStyleElement", "HTMLTextAreaElement"]) {
    const prototype = (world[subclass] as { prototype?: object } | undefined)?.prototype;
    const descriptor = prototype && native.descriptor(prototype, "innerHTML");
    if (prototype && descriptor?.set) {
      exposeAccessor(
        prototype,
        "innerHTML",
        function () {
          return native.apply(descriptor.get as Callback, this, []);
        },
        function (value) {
          native.apply(descriptor.set as Callback, this, [value]);
        },
      );
    }
  }
  const insert = (element as Bag)["insertAdjacentHTML"] as Callback | undefined;
  if (insert) {
    native.define(element, "insertAdjacentHTML", {
      value: asNative("insertAdjacentHTML", function (this: unknown, where: unknown, text: unknown) {
        let result: unknown;
        whileParsing(() => {
          result = native.apply(insert, this, [where, text]);
        });
        noteMarkup(((this as Node).parentNode ?? this) as Node, textOf(text));
        return result;
      }),
      writable: true,
      configurable: true,
    });
  }
}

function noteMarkup(node: Node, markup: string): void {
  if (!/<|&/.test(markup)) return;
  for (const inner of node.querySelectorAll("*")) {
    if (parsed.has(inner)) continue;
    parsed.add(inner);
    for (const attribute of (inner as unknown as { attributes: Iterable<{ name: string; value: string }> }).attributes)
      noteAttribute(inner, attribute.name.toLowerCase(), attribute.value);
    noteNode(inner, false);
  }
}
