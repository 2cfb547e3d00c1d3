/**
 * The head of the one file that a frame loads. Order matters: natives are taken, the realm is locked down, only then may the
 * wrapped bundle wait for its turn, and it runs after the host has answered.
 */
import { type FrameMessage, type FrameState, type HostMessage } from "../protocol/index.js";
import { attest } from "./attest.js";
import { createAutoResize } from "./auto-resize.js";
import { applyBranding } from "./branding.js";
import { createCalls } from "./calls.js";
import { createGro, createReadyQueue } from "./create-gro.js";
import { installForms } from "./forms.js";
import { shakeHands } from "./handshake.js";
import { lockDown } from "./lockdown.js";
import { natives } from "./natives.js";
import { type Bundle, runBundle } from "./run-bundle.js";
import { isIsolated, isShut } from "./self-test.js";
import { installStorageShims } from "./storage-shims.js";
import { WidgetServiceSDK } from "./widget-service-sdk.js";

const entry = "VITRINE";

/** A widget that loads its own file again gets nothing from it. */
const isFirst = !Object.hasOwn(window, "gro");
const isolated = isFirst && isIsolated();
if (isFirst) lockDown();

natives.defineProperty(window, entry, {
  configurable: true,
  value(bundle: Bundle, isModule: boolean) {
    Reflect.deleteProperty(window, entry);
    if (isolated) shakeHands((port) => isShut() && connect(port, bundle, isModule));
  },
});

function connect(port: MessagePort, bundle: Bundle, isModule: boolean): void {
  const send = (message: FrameMessage) => natives.postOn(port, message);
  const tell = (state: FrameState) => send({ v: 1, type: "state", state });
  const calls = createCalls(send);
  let begun = false;

  port.addEventListener("message", (event) => {
    const message = natives.dataOf(event) as HostMessage;
    if (message.type === "ping") return send({ v: 1, type: "pong", n: message.n });
    if (calls.settle(message) || begun || message.type !== "init") return undefined;
    begun = true;

    const ready = createReadyQueue();
    applyBranding(message.init);
    installStorageShims();
    installForms();
    const resize = createAutoResize((height) => send({ v: 1, type: "resize", height }));
    publish("gro", createGro(message.init, calls, ready, resize));
    publish("WidgetServiceSDK", WidgetServiceSDK);
    nameTheCulprit(tell);
    const start = async () => {
      tell("started");
      const returned = await runBundle(bundle, isModule);
      // As in any page: an error at the end of a script does not undo what the script had set up before.
      const { ran, threw } = ready.open();
      const works = threw === 0 ? returned || ran > 0 : hasContent();
      resize();
      tell(works ? "ready" : "failed");
      if (works) attest(() => send({ v: 1, type: "attested" }));
    };
    void start();
    return undefined;
  });
  port.start();
}

function hasContent(): boolean {
  return (document.getElementById("gro-widget-root")?.childNodes.length ?? 0) > 0;
}

/** Frames may share a process: when it stalls, the last one that began to handle a person's input is the likely cause. */
function nameTheCulprit(tell: (state: FrameState) => void): void {
  let last = -1_000;
  for (const type of ["pointerdown", "click", "keydown", "input", "change"]) {
    window.addEventListener(
      type,
      (event) => {
        if (!event.isTrusted) return;
        if (type === "pointerdown") return tell("pressed");
        const now = natives.now();
        if (now - last < 200) return;
        last = now;
        tell("busy");
      },
      { capture: true, passive: true },
    );
  }
}

function publish(name: string, value: unknown): void {
  natives.defineProperty(window, name, { value, writable: false, enumerable: true, configurable: false });
}
