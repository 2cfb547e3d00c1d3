import type { Branding, HostCapability, WidgetContext } from "../protocol/index.js";
import { askCustomer } from "./confirm-dialog.js";
import { findCulprit } from "./find-culprit.js";
import { createFocusGuard } from "./focus-guard.js";
import { createMount, type FrameWindow, type Mount, type MountInside, type WidgetToMount } from "./mount.js";
import { createQuestionQueue } from "./question-queue.js";

export interface HostOptions {
  /** Same origin as the page; the page's `worker-src` must allow it. */
  readonly workerUrl: string;
  /** Where calls go, same origin; images go to `<callUrl>/image`. */
  readonly callUrl: string;
  readonly csrfToken: string;
  readonly subscriptionId: string;
  readonly context: WidgetContext;
  readonly branding: Branding;
  readonly locale: string;
  readonly colorScheme: "light" | "dark";
  readonly isPreview: boolean;
  readonly capabilities: readonly HostCapability[];
  /** Scope names that are switched off for the whole community. */
  readonly disabledScopes: readonly string[];
  /** After a call changed something on the server. */
  onChange?(call: { readonly widgetId: string; readonly method: string }): void;
}

export interface Host {
  /** `element` must be in the document; it gets `data-vitrine-state` and, once connected, `data-vitrine-isolation`. */
  mount(element: HTMLElement, widget: WidgetToMount): Mount;
  close(): void;
}

/** Milliseconds in which a missed ping says that a frame is stuck now. */
const missWindow = 6_000;

/** The host of all widgets on a page: one window listener, one dialog at a time, one focus guard. */
export function createHost(options: HostOptions): Host {
  const mounts = new Set<MountInside>();
  const windows = new Map<unknown, FrameWindow>();
  const missedAt = new Map<MountInside, number>();
  const isOurFrame = (element: Element) => element instanceof HTMLIFrameElement && element.classList.contains("vitrine-frame");
  const focus = createFocusGuard(isOurFrame, (frame) => {
    for (const mount of mounts) if (mount.frame === frame) mount.expel("focus-theft");
  });

  const setReachable = (reachable: boolean) => {
    focus.setModal(!reachable);
    for (const { frame } of mounts) {
      if (!frame) continue;
      frame.inert = !reachable;
      frame.style.pointerEvents = reachable ? "" : "none";
    }
  };
  const questions = createQuestionQueue(askCustomer, { before: () => setReachable(false), after: () => setReachable(true) });

  const receive = (event: MessageEvent) => ownerOf(event.source, windows)?.receive(event);
  const onVisibility = () => {
    for (const mount of mounts) mount.setVisible(isVisible());
  };
  window.addEventListener("message", receive);
  document.addEventListener("visibilitychange", onVisibility);

  /** A stall of several frames is one culprit's: all leave, so that their process ends, and the innocent come back. */
  const endStall = (first: MountInside): boolean => {
    const now = performance.now();
    const origin = originOf(first);
    // On a stuck thread a connected frame misses pings, and one that is still loading cannot say hello.
    const isStuck = (mount: MountInside) => !mount.isConnected || now - (missedAt.get(mount) ?? Number.NEGATIVE_INFINITY) < missWindow;
    const others = [...mounts].filter((mount) => mount !== first && mount.frame && originOf(mount) === origin && isStuck(mount));
    missedAt.clear();
    const culprit = findCulprit([first, ...others], now, document.activeElement);
    if (others.length === 0 || !culprit) return false;
    const innocent = [first, ...others].filter((mount) => mount !== culprit);
    for (const mount of innocent) mount.frame?.remove();
    culprit.expel("unresponsive");
    for (const mount of innocent) mount.retry();
    return true;
  };

  return {
    mount(element, widget) {
      const mount = createMount(element, widget, {
        workerUrl: options.workerUrl,
        init: {
          context: options.context,
          branding: options.branding,
          locale: options.locale,
          colorScheme: options.colorScheme,
          isPreview: options.isPreview,
        },
        questions,
        settings: ({ widgetId, versionId, scopes }) => ({
          callUrl: new URL(options.callUrl, location.href).href,
          csrfToken: options.csrfToken,
          subscriptionId: options.subscriptionId,
          widgetId,
          versionId,
          grantedScopes: scopes,
          disabledScopes: options.disabledScopes,
          capabilities: options.capabilities,
          isPreview: options.isPreview,
          visible: isVisible(),
        }),
        register: (source, frameWindow) => void windows.set(source, frameWindow),
        unregister: (source) => void windows.delete(source),
        onChange: (widgetId, method) => options.onChange?.({ widgetId, method }),
        onPressed: (frame) => focus.pressed(frame),
        onMissed: (missed) => void missedAt.set(missed, performance.now()),
        onUnresponsive: endStall,
      });
      mounts.add(mount);
      return mount;
    },
    close() {
      window.removeEventListener("message", receive);
      document.removeEventListener("visibilitychange", onVisibility);
      for (const mount of mounts) mount.remove();
      mounts.clear();
      focus.close();
    },
  };
}

function originOf(mount: MountInside): string {
  return new URL(mount.widget.frameUrl, location.href).origin;
}

/** The mount whose frame, or a frame inside it, sent a message. Looks at windows only, never at data. */
function ownerOf(source: MessageEventSource | null, windows: ReadonlyMap<unknown, FrameWindow>): FrameWindow | undefined {
  const direct = windows.get(source);
  if (direct) return direct;
  let current = source as Window | null;
  for (let depth = 0; current && depth < 8; depth++) {
    const parent: Window | null = current.parent;
    if (!parent || parent === current || parent === window) return undefined;
    const owner = windows.get(parent);
    if (owner) return owner;
    current = parent;
  }
  return undefined;
}

function isVisible(): boolean {
  return document.visibilityState === "visible";
}
