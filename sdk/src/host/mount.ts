import { type ConfirmationRequest, type FrameInit, type HostMessage, limits, parseHello, protocolVersion } from "../protocol/index.js";
import { createMountView, type MountState } from "./mount-view.js";
import { plainText } from "./plain-text.js";
import type { QuestionQueue } from "./question-queue.js";
import { createWatchdog } from "./watchdog.js";
import type { EndReason, FromWorker, ToWorker, WorkerSettings } from "./worker-messages.js";

/** Milliseconds until a mount counts as slow, and until it has failed. */
const slowAfter = 3_000;
const failedAfter = 10_000;
/** A document that loaded says hello before its load event; one that does not is an error page. */
const helloAfterLoad = 2_500;

export interface WidgetToMount {
  readonly widgetId: string;
  readonly versionId: string;
  readonly name: string;
  readonly frameUrl: string;
  /** The names of the scopes that the widget was granted. */
  readonly scopes: readonly string[];
}

/** Why the host ended a frame. `hung` is decided by the page, which sees all frames of a process. */
export type RemovalReason = EndReason | "navigated" | "stray-messages" | "worker-stuck" | "focus-theft";

export interface MountEnvironment {
  readonly workerUrl: string;
  readonly init: Omit<FrameInit, "scopes">;
  readonly questions: QuestionQueue;
  settings(widget: WidgetToMount): WorkerSettings;
  /** Called when a frame window begins and stops to belong to this mount. */
  register(source: Window, receive: FrameWindow): void;
  unregister(source: Window): void;
  onChange(widgetId: string, method: string): void;
  onPressed(frame: HTMLIFrameElement): void;
  onMissed(mount: MountInside): void;
  /** true: the page takes care of an unresponsive frame. */
  onUnresponsive(mount: MountInside): boolean;
}

/** What the page's one window listener calls. It has checked the source, and nothing else. */
export interface FrameWindow {
  receive(event: MessageEvent): void;
}

export interface Mount {
  readonly state: MountState;
  remove(): void;
  retry(): void;
}

/** What the host sees of a mount beside its public face. */
export interface MountInside extends Mount {
  readonly widget: WidgetToMount;
  readonly frame: HTMLIFrameElement | undefined;
  readonly isConnected: boolean;
  /** Time of the last sign that this frame began to run its own code, and whether its first run is not over. */
  readonly activity: { readonly startedAt: number | undefined; readonly busyAt: number; readonly mountedAt: number };
  setVisible(visible: boolean): void;
  /** Ends the mount and says so by name. */
  expel(reason: RemovalReason): void;
}

/** One widget in one element: frame, handshake, worker, states. */
export function createMount(element: HTMLElement, widget: WidgetToMount, environment: MountEnvironment): MountInside {
  const name = plainText(widget.name);
  const view = createMountView(element, { id: widget.widgetId, name }, environment.init.colorScheme);
  let state: MountState = "loading";
  let isConnected = false;
  let stopAttempt: () => void = () => {};
  let tellWorker: (message: ToWorker, transfer?: Transferable[]) => void = () => {};
  let activity: { startedAt: number | undefined; busyAt: number; mountedAt: number };

  const setState = (next: MountState, notice?: string) => {
    state = next;
    view.setState(next, notice, notice === undefined ? undefined : retry);
  };
  const fail = () => {
    stopAttempt();
    setState("failed", `“${name}” could not be loaded.`);
  };
  const end = (reason: RemovalReason) => {
    stopAttempt();
    element.dataset["vitrineReason"] = reason;
    const hung = reason === "unresponsive" || reason === "worker-stuck";
    setState("removed", hung ? `“${name}” stopped responding and was removed.` : `“${name}” was stopped because it misbehaved.`);
  };

  const start = () => {
    const timers = new Set<number>();
    const after = (delay: number, run: () => void) => timers.add(window.setTimeout(run, delay));
    const questions = new Map<string, AbortController>();
    const nonce = createNonce();
    let worker: Worker | undefined;
    const watchdog = createWatchdog({ ping: (n) => tellWorker({ type: "ping", n }), onStuck: () => end("worker-stuck") });
    let phase: "waiting" | "connected" | "over" = "waiting";
    let loads = 0;
    isConnected = false;
    let strays = 0;
    activity = { startedAt: undefined, busyAt: 0, mountedAt: performance.now() };
    delete element.dataset["vitrineReason"];
    delete element.dataset["vitrineIsolation"];
    setState("loading");
    tellWorker = (message, transfer = []) => worker?.postMessage(message, transfer);

    const frame = view.addFrame(`${widget.frameUrl}#n=${nonce}&o=${encodeURIComponent(location.origin)}`, () => {
      loads += 1;
      // Whatever document is there now, it is not the one that was given the port.
      if (loads > 1) end("navigated");
      else if (phase === "waiting") after(helloAfterLoad, () => phase === "waiting" && fail());
    });
    const source = frame.contentWindow;
    if (!source) throw new Error("The mount's element is not in the document");

    stopAttempt = () => {
      if (phase === "over") return;
      phase = "over";
      for (const timer of timers) window.clearTimeout(timer);
      watchdog.stop();
      worker?.terminate();
      environment.unregister(source);
      view.frame?.remove();
      for (const question of questions.values()) question.abort();
    };

    const connect = () => {
      phase = "connected";
      isConnected = true;
      // Not before: ten workers that start at once hold up ten frames. What they are sent meanwhile waits for them.
      worker = new Worker(environment.workerUrl);
      worker.addEventListener("message", hear);
      worker.addEventListener("error", () => fail());
      element.dataset["vitrineIsolation"] = "standard";
      const { port1, port2 } = new MessageChannel();
      const hostMessage: HostMessage = { v: 1, type: "init", init: { ...environment.init, scopes: [...widget.scopes] } };
      // Waits in the port for the frame, so the frame does not wait for the worker.
      port2.postMessage(hostMessage);
      tellWorker({ type: "start", port: port2, settings: environment.settings(widget) }, [port2]);
      // The frame's origin is opaque, so there is no origin to name; the port carries the data and dies with its document.
      source.postMessage({ v: protocolVersion, type: "port" }, "*", [port1]);
    };

    environment.register(source, {
      receive(event) {
        if (phase === "connected") {
          // Counted unread: reading is what a flood would cost.
          strays += 1;
          if (strays > limits.strayMessages) end("stray-messages");
          return;
        }
        strays += 1;
        if (strays > limits.strayMessages) return end("stray-messages");
        if (phase !== "waiting" || event.source !== source || event.origin !== "null") return;
        const hello = parseHello(event.data);
        if (!hello || hello.nonce !== nonce) return;
        if (hello.v === protocolVersion) connect();
        else fail();
      },
    });

    const question = async (id: string, request: ConfirmationRequest) => {
      const withdrawal = new AbortController();
      questions.set(id, withdrawal);
      const answer = await environment.questions.ask({ widgetName: widget.name, request }, withdrawal.signal);
      questions.delete(id);
      if (phase !== "over") tellWorker({ type: "answer", id, answer });
    };
    const hear = ({ data }: MessageEvent<FromWorker>) => {
      if (phase === "over") return;
      switch (data.type) {
        case "booted":
          return watchdog.start();
        case "pong":
          return watchdog.pong(data.n);
        case "resize":
          return view.setHeight(data.height);
        case "attested":
          element.dataset["vitrineIsolation"] = "attested";
          return;
        case "state":
          if (data.state === "pressed" && view.frame) environment.onPressed(view.frame);
          if (data.state === "pressed" || data.state === "busy") activity.busyAt = performance.now();
          else if (data.state === "started") activity.startedAt = performance.now();
          else activity.startedAt = undefined;
          if (data.state === "ready") {
            for (const timer of timers) window.clearTimeout(timer);
            if (state !== "ready") setState("ready");
          }
          if (data.state === "failed" && state !== "ready") fail();
          return;
        case "confirm":
          void question(data.id, data.request);
          return;
        case "withdraw":
          return questions.get(data.id)?.abort();
        case "changed":
          return environment.onChange(widget.widgetId, data.method);
        case "missed":
          return environment.onMissed(inside);
        case "end":
          if (data.reason === "unresponsive" && environment.onUnresponsive(inside)) return;
          return end(data.reason);
      }
    };
    after(slowAfter, () => state === "loading" && setState("slow"));
    after(failedAfter, fail);
  };

  const retry = () => {
    stopAttempt();
    view.clear();
    start();
  };

  const inside: MountInside = {
    widget,
    get state() {
      return state;
    },
    get frame() {
      return view.frame;
    },
    get isConnected() {
      return isConnected;
    },
    get activity() {
      return activity;
    },
    setVisible: (visible) => tellWorker({ type: "visible", visible }),
    expel: end,
    remove() {
      stopAttempt();
      view.clear();
      state = "removed";
      element.dataset["vitrineState"] = "removed";
    },
    retry,
  };
  start();
  return inside;
}

/** 128 random bits. */
function createNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
