/**
 * One worker per mount holds the host's end of the frame's port. Whatever a frame throws at it (floods, million-key messages,
 * huge buffers) is paid for here, and the page ends both with one call.
 */
import { createTokenBucket, type HostMessage, limits, parseFrameMessage } from "../protocol/index.js";
import { type CallHandler, createCallHandler } from "./handle-calls.js";
import { createHeartbeat, type Heartbeat } from "./heartbeat.js";
import { createResizeGate } from "./resize-gate.js";
import type { EndReason, FromWorker, ToWorker, WorkerSettings } from "./worker-messages.js";

interface Session {
  readonly calls: CallHandler;
  readonly heartbeat: Heartbeat;
}

/** Not in every library version yet: a dedicated worker's own scope. */
const scope = globalThis as unknown as {
  postMessage(message: FromWorker): void;
  addEventListener(type: "message", listener: (event: MessageEvent<ToWorker>) => void): void;
};
const tellPage = (message: FromWorker) => scope.postMessage(message);
let session: Session | undefined;

scope.addEventListener("message", ({ data }) => {
  if (data.type === "ping") return tellPage({ type: "pong", n: data.n });
  if (data.type === "start") session ??= startSession(data.port, data.settings);
  else if (data.type === "answer") session?.calls.answer(data.id, data.answer);
  else session?.heartbeat.setVisible(data.visible);
  return undefined;
});
tellPage({ type: "booted" });

function startSession(port: MessagePort, settings: WorkerSettings): Session {
  const send = (message: HostMessage) => port.postMessage(message);
  const budget = createTokenBucket(limits.messageBurst, limits.messagesPerSecond);
  let malformed = 0;
  let ended = false;

  const end = (reason: EndReason) => {
    if (ended) return;
    ended = true;
    port.close();
    heartbeat.stop();
    tellPage({ type: "end", reason });
  };
  const calls = createCallHandler(settings, send, tellPage);
  const heartbeat = createHeartbeat({
    ping: (n) => send({ v: 1, type: "ping", n }),
    onMiss: () => tellPage({ type: "missed" }),
    onLost: () => end("unresponsive"),
    visible: settings.visible,
  });
  const resize = createResizeGate((height) => tellPage({ type: "resize", height }));

  port.addEventListener("message", (event) => {
    if (ended) return;
    // The budget comes before `event.data`: reading it is what costs.
    if (!budget.take(performance.now())) return end("flood");
    const message = parseFrameMessage(event.data);
    heartbeat.alive();
    if (!message) {
      malformed += 1;
      if (malformed > limits.malformed) end("malformed");
      return;
    }
    switch (message.type) {
      case "call":
        return calls.call(message);
      case "cancel":
        return calls.cancel(message.id);
      case "resize":
        return resize(message.height);
      case "pong":
        return heartbeat.pong(message.n);
      case "state":
        return tellPage({ type: "state", state: message.state });
      case "attested":
        return tellPage({ type: "attested" });
    }
  });
  port.addEventListener("messageerror", () => end("malformed"));
  port.addEventListener("close", () => end("port-lost"));
  port.start();
  return { calls, heartbeat };
}
