import type { FrameInit } from "./context.js";
import { isPublicErrorCode, type JsonObject, type JsonValue, type WireError } from "./errors.js";
import { isPlainObject } from "./json.js";
import { limits, protocolVersion } from "./limits.js";

/** The only message that ever crosses a window: frame to host, once. The answer is a port without data. */
export interface Hello {
  readonly v: number;
  readonly type: "hello";
  readonly nonce: string;
}

/** Frame to host, over the port. */
export type FrameMessage =
  | {
      readonly v: 1;
      readonly type: "call";
      readonly id: string;
      readonly method: string;
      readonly params: unknown;
      readonly image?: unknown;
    }
  | { readonly v: 1; readonly type: "cancel"; readonly id: string }
  | { readonly v: 1; readonly type: "resize"; readonly height: number }
  | { readonly v: 1; readonly type: "pong"; readonly n: number }
  | { readonly v: 1; readonly type: "state"; readonly state: FrameState }
  | { readonly v: 1; readonly type: "attested" };

/**
 * started: the bundle's first run begins. ready: it returned and the onReady callbacks ran. failed: it threw.
 * busy: a trusted user event is being handled (names the culprit when frames that share a process stall). pressed: that event
 * is a press of a finger or button (explains why the frame has focus).
 */
export type FrameState = "started" | "ready" | "failed" | "busy" | "pressed";
const frameStates: ReadonlySet<unknown> = new Set<FrameState>(["started", "ready", "failed", "busy", "pressed"]);

/** Host to frame, over the port. */
export type HostMessage =
  | { readonly v: 1; readonly type: "init"; readonly init: FrameInit }
  | { readonly v: 1; readonly type: "reply"; readonly id: string; readonly data: JsonValue }
  | { readonly v: 1; readonly type: "reply"; readonly id: string; readonly error: WireError }
  /** `on`: a person is being asked; the call's time limit stands still. */
  | { readonly v: 1; readonly type: "hold"; readonly id: string; readonly on: boolean }
  | { readonly v: 1; readonly type: "ping"; readonly n: number };

const shapes: ReadonlyMap<unknown, { readonly required: readonly string[]; readonly optional: readonly string[] }> = new Map([
  ["call", { required: ["id", "method", "params"], optional: ["image"] }],
  ["cancel", { required: ["id"], optional: [] }],
  ["resize", { required: ["height"], optional: [] }],
  ["pong", { required: ["n"], optional: [] }],
  ["state", { required: ["state"], optional: [] }],
  ["attested", { required: [], optional: [] }],
]);

/** Parses what arrived on the host's end of the port. Closed: an unknown type, key or version is malformed. Params are not looked into. */
export function parseFrameMessage(data: unknown): FrameMessage | undefined {
  if (!isPlainObject(data) || data["v"] !== protocolVersion) return undefined;
  const shape = shapes.get(data["type"]);
  if (!shape || !hasExactKeys(data, shape.required, shape.optional)) return undefined;
  switch (data["type"]) {
    case "call":
      return isId(data["id"]) && isId(data["method"]) ? (data as unknown as FrameMessage) : undefined;
    case "cancel":
      return isId(data["id"]) ? (data as unknown as FrameMessage) : undefined;
    case "resize":
      return typeof data["height"] === "number" && Number.isFinite(data["height"]) ? (data as unknown as FrameMessage) : undefined;
    case "pong":
      return Number.isSafeInteger(data["n"]) ? (data as unknown as FrameMessage) : undefined;
    case "state":
      return frameStates.has(data["state"]) ? (data as unknown as FrameMessage) : undefined;
    default:
      return data as unknown as FrameMessage;
  }
}

/** Parses the hello. The version is checked by the caller, which answers an unknown one differently. */
export function parseHello(data: unknown): Hello | undefined {
  if (!isPlainObject(data) || data["type"] !== "hello" || !hasExactKeys(data, ["nonce"], [])) return undefined;
  if (typeof data["v"] !== "number" || typeof data["nonce"] !== "string" || data["nonce"].length > 128) return undefined;
  return data as unknown as Hello;
}

/** Parses an error body of the server; anything else is `undefined`. */
export function parseWireError(value: unknown): WireError | undefined {
  if (!isPlainObject(value) || !isPublicErrorCode(value["code"])) return undefined;
  const { requestId, details } = value;
  return {
    code: value["code"],
    message: value["code"],
    retryable: value["retryable"] === true,
    ...(typeof requestId === "string" ? { requestId } : {}),
    ...(isPlainObject(details) ? { details: details as JsonObject } : {}),
  };
}

function hasExactKeys(data: Record<string, unknown>, required: readonly string[], optional: readonly string[]): boolean {
  for (const key of required) if (!Object.hasOwn(data, key)) return false;
  let allowed = required.length + optional.length + 2;
  // Stops at the first stranger: an object with a million keys is not enumerated.
  for (const key in data) {
    if (key !== "v" && key !== "type" && !required.includes(key) && !optional.includes(key)) return false;
    if (--allowed < 0) return false;
  }
  return true;
}

function isId(value: unknown): value is string {
  return typeof value === "string" && value.length > 0 && value.length <= limits.idLength;
}
