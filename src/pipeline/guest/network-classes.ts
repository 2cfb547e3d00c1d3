import { noteCode } from "./codegen.js";
import { record, recordError } from "./host.js";
import { textBehind } from "./inline-address.js";
import { type Callback, expose, textOf, world } from "./natives.js";

function later(work: () => void): void {
  (world["setTimeout"] as Callback)(work, 5);
}

/** A small event target for things that are not nodes. */
class Emitter {
  #listeners = new Map<string, Set<unknown>>();
  addEventListener(type: string, listener: unknown): void {
    const set = this.#listeners.get(type) ?? new Set();
    set.add(listener);
    this.#listeners.set(type, set);
  }
  removeEventListener(type: string, listener: unknown): void {
    this.#listeners.get(type)?.delete(listener);
  }
  dispatchEvent(event: { type: string }): boolean {
    const own = (this as unknown as Record<string, unknown>)[`on${event.type}`];
    for (const listener of [...(this.#listeners.get(event.type) ?? []), own]) {
      try {
        if (typeof listener === "function") listener.call(this, event);
        else (listener as { handleEvent?: Callback } | undefined)?.handleEvent?.(event);
      } catch (error) {
        recordError(error);
      }
    }
    return true;
  }
}

class XMLHttpRequest extends Emitter {
  static readonly DONE = 4;
  readonly DONE = 4;
  readonly upload = new Emitter();
  readyState = 0;
  status = 0;
  statusText = "";
  responseText = "";
  response = "";
  withCredentials = false;
  timeout = 0;
  responseType = "";
  #address: unknown;
  #headers = "";
  open(_method: unknown, address: unknown): void {
    this.#address = address;
    this.readyState = 1;
  }
  setRequestHeader(name: unknown, value: unknown): void {
    this.#headers += `${textOf(name)}: ${textOf(value)}\n`;
  }
  overrideMimeType(): void {}
  getAllResponseHeaders(): string {
    return "";
  }
  getResponseHeader(): null {
    return null;
  }
  send(body?: unknown): void {
    record("request.xhr", this.#address, `${textOf(body)} ${this.#headers}`);
    later(() => {
      this.readyState = 4;
      for (const type of ["readystatechange", "error", "loadend"]) this.dispatchEvent({ type });
    });
  }
  abort(): void {}
}

class WebSocket extends Emitter {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  readyState = 1;
  bufferedAmount = 0;
  readonly url: string;
  constructor(address: unknown) {
    super();
    this.url = textOf(address);
    record("request.websocket", address);
    // It opens: a miner or an exfiltration script then says what it wants to send.
    later(() => this.dispatchEvent({ type: "open" }));
  }
  send(data: unknown): void {
    record("request.websocket", this.url, data);
    record("send.websocket", textOf(data).slice(0, 300));
  }
  close(): void {
    this.readyState = 3;
  }
}

class EventSource extends Emitter {
  constructor(address: unknown) {
    super();
    record("request.eventsource", address);
  }
  close(): void {}
}

class WorkerBase extends Emitter {
  constructor(address: unknown) {
    super();
    const code = textBehind(address);
    if (code === undefined) record("request.worker", address);
    else {
      record("worker.inline", code.slice(0, 200));
      noteCode("Worker", code);
    }
  }
  postMessage(message: unknown): void {
    record("send.worker", textOf(message).slice(0, 200));
  }
  terminate(): void {}
}

class BroadcastChannel extends Emitter {
  constructor(readonly name: string) {
    super();
  }
  postMessage(message: unknown): void {
    record("post.broadcast", this.name, message);
  }
  close(): void {}
}

class RTCPeerConnection extends Emitter {
  constructor(configuration?: unknown) {
    super();
    record("request.rtc", configuration ?? "no servers", configuration);
  }
  createDataChannel(label: unknown): object {
    record("request.rtc", "data channel", label);
    return new Emitter();
  }
  createOffer(): Promise<object> {
    return Promise.resolve({ type: "offer", sdp: "" });
  }
  createAnswer(): Promise<object> {
    return this.createOffer();
  }
  setLocalDescription(): Promise<void> {
    return Promise.resolve();
  }
  setRemoteDescription(description: unknown): Promise<void> {
    record("request.rtc", "remote description", description);
    return Promise.resolve();
  }
  addIceCandidate(candidate: unknown): Promise<void> {
    record("request.rtc", "candidate", candidate);
    return Promise.resolve();
  }
  addTransceiver(): void {}
  addTrack(): void {}
  close(): void {}
}

class WebTransport extends Emitter {
  readonly ready = Promise.resolve();
  readonly closed = new Promise(() => undefined);
  constructor(address: unknown) {
    super();
    record("request.webtransport", address);
  }
}

class MessageChannel {
  readonly port1: Port;
  readonly port2: Port;
  constructor() {
    this.port1 = new Port();
    this.port2 = new Port();
    this.port1.other = this.port2;
    this.port2.other = this.port1;
  }
}

/** React and others schedule with message channels: delivery must work. */
class Port extends Emitter {
  other: Port | undefined;
  postMessage(data: unknown): void {
    const target = this.other;
    if (target) (world["setTimeout"] as Callback)(() => target.dispatchEvent({ type: "message", data } as { type: string }), 0);
  }
  start(): void {}
  close(): void {}
}

class Headers {
  readonly #map = new Map<string, string>();
  constructor(init: Record<string, unknown> = {}) {
    for (const [name, value] of Object.entries(init)) this.set(name, value);
  }
  set(name: string, value: unknown): void {
    this.#map.set(name.toLowerCase(), textOf(value));
  }
  append(name: string, value: unknown): void {
    this.set(name, value);
  }
  get(name: string): string | null {
    return this.#map.get(name.toLowerCase()) ?? null;
  }
  has(name: string): boolean {
    return this.#map.has(name.toLowerCase());
  }
  toString(): string {
    return [...this.#map].flat().join(" ");
  }
}

class Request {
  readonly url: string;
  readonly body: unknown;
  constructor(address: unknown, init: { body?: unknown } = {}) {
    this.url = textOf((address as { url?: unknown })?.url ?? address);
    this.body = init.body;
  }
  clone(): Request {
    return this;
  }
}

class Response {
  readonly ok = true;
  readonly status = 200;
  constructor(readonly body: unknown = "") {}
  text(): Promise<string> {
    return Promise.resolve(textOf(this.body));
  }
  json(): Promise<unknown> {
    return Promise.resolve(JSON.parse(textOf(this.body)));
  }
}

class AbortController {
  readonly signal = Object.assign(new Emitter(), { aborted: false, throwIfAborted: () => undefined });
  abort(): void {
    this.signal.aborted = true;
    this.signal.dispatchEvent({ type: "abort" });
  }
}

export function installRequestClasses(): void {
  const classes = {
    XMLHttpRequest,
    WebSocket,
    EventSource,
    BroadcastChannel,
    RTCPeerConnection,
    WebTransport,
    MessageChannel,
    Headers,
    Request,
    Response,
    AbortController,
  };
  for (const [name, value] of Object.entries(classes)) expose(name, value);
  expose("MessagePort", Port);
  expose("AbortSignal", Emitter);
  expose("webkitRTCPeerConnection", RTCPeerConnection);
  expose("MozWebSocket", WebSocket);
  expose("Worker", class Worker extends WorkerBase {});
  expose("SharedWorker", class SharedWorker extends WorkerBase {});
}
