import { limits } from "../protocol/index.js";
import { plainText } from "./plain-text.js";

/** loading, slow, ready: a frame is there. failed: it never came up. removed: the host ended it, or the page did. */
export type MountState = "loading" | "slow" | "ready" | "failed" | "removed";

/** Height in CSS pixels of a widget that this browser has not seen yet. */
const firstHeight = 120;

export interface MountView {
  readonly frame: HTMLIFrameElement | undefined;
  addFrame(url: string, onLoad: () => void): HTMLIFrameElement;
  setState(state: MountState, notice?: string, retry?: () => void): void;
  setHeight(height: number): void;
  clear(): void;
}

/** The elements of one mount. Nothing here moves the page: the box keeps the height that the widget had last time. */
export function createMountView(
  element: HTMLElement,
  widget: { readonly id: string; readonly name: string },
  colorScheme: string,
): MountView {
  const storageKey = `vitrine:height:${widget.id}`;
  const name = plainText(widget.name);
  let frame: HTMLIFrameElement | undefined;
  let height = readHeight(storageKey);
  let extra: HTMLElement | undefined;

  const replaceExtra = (next: HTMLElement | undefined) => {
    extra?.remove();
    extra = next;
    if (next) element.append(next);
  };
  const removeFrame = () => {
    frame?.remove();
    frame = undefined;
  };

  return {
    get frame() {
      return frame;
    },
    addFrame(url, onLoad) {
      frame = document.createElement("iframe");
      frame.className = "vitrine-frame";
      frame.title = name;
      frame.setAttribute("sandbox", "allow-scripts");
      frame.setAttribute("allow", "");
      frame.referrerPolicy = "no-referrer";
      Object.assign(frame.style, { display: "block", width: "100%", border: "0", height: `${height}px`, colorScheme });
      frame.addEventListener("load", onLoad);
      frame.src = url;
      element.append(frame);
      return frame;
    },
    setState(state, notice, retry) {
      element.dataset["vitrineState"] = state;
      element.setAttribute("aria-busy", String(state === "loading" || state === "slow"));
      if (state === "loading" || state === "slow") {
        element.style.minHeight = `${height}px`;
        replaceExtra(waiting(state === "slow" ? `Still loading ${name}…` : undefined));
        return;
      }
      element.style.minHeight = "";
      if (state === "ready") return replaceExtra(undefined);
      removeFrame();
      return replaceExtra(notice === undefined ? undefined : noticeLine(notice, retry));
    },
    setHeight(value) {
      height = clamp(value);
      if (frame) frame.style.height = `${height}px`;
      try {
        sessionStorage.setItem(storageKey, String(height));
      } catch {
        // Storage is full or switched off: the next skeleton has the default height.
      }
    },
    clear() {
      removeFrame();
      replaceExtra(undefined);
      element.style.minHeight = "";
      element.removeAttribute("aria-busy");
    },
  };
}

function waiting(text: string | undefined): HTMLElement {
  const skeleton = document.createElement("div");
  skeleton.className = "vitrine-skeleton";
  if (text === undefined) skeleton.setAttribute("aria-hidden", "true");
  else {
    skeleton.setAttribute("role", "status");
    skeleton.textContent = text;
  }
  return skeleton;
}

function noticeLine(text: string, retry: (() => void) | undefined): HTMLElement {
  const line = document.createElement("div");
  line.className = "vitrine-notice";
  line.setAttribute("role", "status");
  const words = document.createElement("span");
  words.className = "vitrine-notice-text";
  words.textContent = text;
  line.append(words);
  if (retry) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "vitrine-button vitrine-button-retry";
    button.textContent = "Retry";
    button.addEventListener("click", retry);
    line.append(" ", button);
  }
  return line;
}

function readHeight(key: string): number {
  try {
    const stored = Number(sessionStorage.getItem(key) ?? Number.NaN);
    return Number.isFinite(stored) ? clamp(stored) : firstHeight;
  } catch {
    return firstHeight;
  }
}

function clamp(height: number): number {
  return Math.round(Math.min(limits.maxHeight, Math.max(0, height)));
}
