/**
 * What the bootstrap uses after the bundle has run, taken before it runs: a bundle that replaces these on its own window
 * (by a polyfill or on purpose) neither breaks the SDK nor gets hold of the port.
 */
type Method = (this: unknown, ...given: unknown[]) => unknown;
const portPost = Reflect.get(MessagePort.prototype, "postMessage") as Method;
const dataOf = Reflect.get(Object.getOwnPropertyDescriptor(MessageEvent.prototype, "data") ?? {}, "get") as Method | undefined;
const { apply } = Reflect;

export const natives = {
  setTimeout: window.setTimeout.bind(window),
  clearTimeout: window.clearTimeout.bind(window),
  now: performance.now.bind(performance),
  queueMicrotask: window.queueMicrotask.bind(window),
  reportError: typeof window.reportError === "function" ? window.reportError.bind(window) : (_error: unknown) => {},
  stringify: JSON.stringify,
  parse: JSON.parse,
  includes: Reflect.get(String.prototype, "includes") as Method,
  defineProperty: Object.defineProperty,
  apply,
  RTCPeerConnection: window.RTCPeerConnection as typeof RTCPeerConnection | undefined,
  ReportingObserver: (window as unknown as { ReportingObserver?: ReportingObserverConstructor }).ReportingObserver,
  postOn: (port: MessagePort, message: unknown) => apply(portPost, port, [message]),
  dataOf: (event: MessageEvent): unknown => (dataOf ? apply(dataOf, event, []) : event.data),
};

/** Not in every DOM library yet. */
export interface ReportingObserverConstructor {
  new (
    callback: (reports: readonly { readonly type: string; readonly body: unknown }[]) => void,
    options: { types: string[]; buffered: boolean },
  ): { observe(): void; disconnect(): void };
}
