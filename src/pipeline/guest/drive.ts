import { allowTimers, runNextTimer } from "./clock.js";
import { activate, newEvent, noteSubmit, sweepStyles } from "./dom-sinks.js";
import { dispatch, isListened, type Node } from "./events.js";
import { createSdk, runReady } from "./gro.js";
import { recordError } from "./host.js";
import { type Bag, type Callback, native, world } from "./natives.js";
import { page, setReadyState } from "./page.js";
import { readFields } from "./read-fields.js";
import { canaries } from "./samples.js";

type Task = () => void;

const entryNames = ["init", "default", "mount", "setup", "render", "bootstrap"];
let bundle: Bag | undefined;
const tasks: Task[] = [];
let stage = 0;

/** The module's exports, or undefined for a script. */
export function loaded(exports: unknown): void {
  bundle = typeof exports === "object" && exports !== null ? (exports as Bag) : undefined;
}

/** Does one thing that a browser or a person would do. false when there is nothing left to do. */
export function step(): boolean {
  const task = tasks.shift();
  if (task) {
    try {
      task();
    } catch (error) {
      recordError(error);
    }
    return true;
  }
  if (runReady() || runNextTimer()) return true;
  sweepStyles();
  readFields();
  const next = stages[stage];
  stage += 1;
  if (!next) return false;
  allowTimers();
  next();
  return true;
}

// Two rounds of use: the first often draws what the second can click.
const stages: readonly Task[] = [startUp, callExports, type, press, type, press, leave];

function startUp(): void {
  tasks.push(() => {
    setReadyState("interactive");
    fire(page, "readystatechange");
  });
  tasks.push(() => fire(page, "DOMContentLoaded"));
  tasks.push(() => {
    setReadyState("complete");
    fire(page, "readystatechange");
    fire(world, "load");
    fire(world, "pageshow");
  });
}

function callExports(): void {
  const root = page.querySelector("#gro-widget-root");
  for (const name of entryNames) {
    const entry = bundle?.[name];
    if (typeof entry === "function") tasks.push(() => void native.apply(entry as Callback, bundle, [createSdk(root)]));
    else if (typeof entry === "object" && entry !== null) {
      for (const inner of entryNames) {
        const method = (entry as Bag)[inner];
        if (typeof method === "function") tasks.push(() => void native.apply(method as Callback, entry, [createSdk(root)]));
      }
    }
  }
}

function type(): void {
  for (const field of list("input,textarea,select,[contenteditable]", 24)) {
    tasks.push(() => {
      fire(field, "focus", {}, false);
      fire(field, "focusin");
      const typed = canaries["typed text"];
      if (
        field.localName !== "select" &&
        !/^(?:checkbox|radio|file|submit|button|hidden|range|color)$/.test(field.getAttribute("type") ?? "")
      ) {
        for (const key of isListened("keydown") || isListened("keyup") || isListened("keypress") ? typed : "") keys(field, key);
        field["value"] = field.getAttribute("type") === "number" ? "13.1" : typed;
      }
      fire(field, "beforeinput");
      fire(field, "input", { data: typed, inputType: "insertText" });
      fire(field, "change");
      fire(field, "blur", {}, false);
    });
  }
  tasks.push(() => {
    for (const key of canaries["typed text"]) keys(page["body"] as Node, key);
  });
}

function keys(target: Node, key: string): void {
  const code = key.charCodeAt(0);
  for (const name of ["keydown", "keypress", "keyup"])
    fire(target, name, { key, keyCode: code, which: code, charCode: code, code: `Key${key.toUpperCase()}` });
}

function press(): void {
  for (const target of list(
    "button,a,summary,label,input[type=submit],input[type=button],input[type=checkbox],input[type=radio],[role=button],[onclick],[tabindex],svg,canvas,#gro-widget-root",
    24,
  )) {
    tasks.push(() => {
      for (const name of [
        "pointerover",
        "mouseover",
        "mouseenter",
        "pointerdown",
        "mousedown",
        "touchstart",
        "pointerup",
        "mouseup",
        "touchend",
      ]) {
        if (isListened(name))
          fire(target, name, {
            button: 0,
            clientX: 5,
            clientY: 5,
            pageX: 5,
            pageY: 5,
            touches: [],
            changedTouches: [{ pageX: 5, pageY: 5 }],
          });
      }
      activate(target, "click.person");
    });
  }
  for (const form of list("form", 8)) {
    tasks.push(() => {
      if (dispatch(form, newEvent("submit"))) noteSubmit(form);
    });
  }
  tasks.push(() => {
    const body = page["body"] as Node;
    for (const name of ["mousemove", "click", "scroll", "wheel", "contextmenu", "paste", "copy", "drop", "touchstart"]) {
      if (isListened(name))
        fire(body, name, {
          clientX: 5,
          clientY: 5,
          movementX: 1,
          movementY: 1,
          clipboardData: { getData: () => canaries["typed text"], setData: () => undefined, items: [] },
        });
    }
    for (const name of ["resize", "scroll", "focus", "blur", "hashchange", "popstate", "online", "offline"])
      if (isListened(name) || `on${name}` in world) fire(world, name);
    if (isListened("message") || typeof world["onmessage"] === "function")
      fire(world, "message", { data: { type: "sample" }, origin: "http://localhost:3000", source: world["parent"], ports: [] });
  });
}

function leave(): void {
  tasks.push(() => {
    native.define(page, "hidden", { value: true, configurable: true });
    native.define(page, "visibilityState", { value: "hidden", configurable: true });
    fire(page, "visibilitychange");
    for (const name of ["beforeunload", "pagehide", "unload"]) fire(world, name);
  });
}

function list(selector: string, limit: number): Node[] {
  return [...page.querySelectorAll(selector)].slice(0, limit);
}

function fire(target: object, name: string, more: Bag = {}, bubbles = true): void {
  try {
    const event = newEvent(name, more);
    if (!bubbles) native.define(event, "bubbles", { value: false, configurable: true });
    dispatch(target, event);
  } catch (error) {
    recordError(error);
  }
}
