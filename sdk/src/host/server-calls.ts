import { type ConfirmationRequest, isPlainObject, type JsonValue, parseWireError, type WireError } from "../protocol/index.js";
import type { WorkerSettings } from "./worker-messages.js";

/** Milliseconds that the server has for one request. */
const requestTimeout = 20_000;

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: WireError };

export interface ServerCalls {
  /** Asks the server what the customer must confirm. */
  prepare(method: string, params: JsonValue, signal: AbortSignal): Promise<Outcome<{ request: ConfirmationRequest; token: string }>>;
  execute(method: string, params: JsonValue, token: string | undefined, signal: AbortSignal): Promise<Outcome<JsonValue>>;
  upload(method: string, image: Blob, signal: AbortSignal): Promise<Outcome<JsonValue>>;
}

type Target = Pick<WorkerSettings, "callUrl" | "csrfToken" | "widgetId" | "versionId" | "subscriptionId">;

/** The only code that talks to the server. Same origin, the customer's own session, no redirects. */
export function createServerCalls(target: Target, request: typeof fetch = fetch): ServerCalls {
  const { widgetId, versionId, subscriptionId } = target;

  const post = async (url: string, body: BodyInit, headers: Record<string, string>, signal: AbortSignal): Promise<Outcome<unknown>> => {
    const send = () =>
      request(url, {
        method: "POST",
        body,
        headers: { Accept: "application/json", "X-CSRF-Token": target.csrfToken, ...headers },
        credentials: "same-origin",
        redirect: "error",
        cache: "no-store",
        signal: AbortSignal.any ? AbortSignal.any([signal, AbortSignal.timeout(requestTimeout)]) : signal,
      });
    try {
      // The same key travels again: the server answers a repeated write with the first answer.
      const response = await send().catch((error: unknown) => {
        if (isAbort(error)) throw error;
        return send();
      });
      return await read(response);
    } catch (error) {
      return fail(isTimeout(error) ? "TIMEOUT" : isAbort(error) ? "USER_CANCELLED" : "INTERNAL", !isAbort(error));
    }
  };
  const postJson = (body: object, signal: AbortSignal, key?: string) =>
    post(
      target.callUrl,
      JSON.stringify(body),
      { "Content-Type": "application/json", ...(key === undefined ? {} : { "Idempotency-Key": key }) },
      signal,
    );

  return {
    async prepare(method, params, signal) {
      const outcome = await postJson({ phase: "prepare", widgetId, versionId, subscriptionId, method, params }, signal);
      if (!outcome.ok) return outcome;
      const confirmation = isPlainObject(outcome.value) ? parseConfirmation(outcome.value["confirmation"]) : undefined;
      return confirmation ? { ok: true, value: confirmation } : fail("INTERNAL", true);
    },
    async execute(method, params, token, signal) {
      const confirmation = token === undefined ? {} : { confirmationToken: token };
      const body = { phase: "execute", widgetId, versionId, subscriptionId, method, params, ...confirmation };
      return replyOf(await postJson(body, signal, createKey()));
    },
    async upload(method, image, signal) {
      const query = new URLSearchParams({ widgetId, versionId, subscriptionId, method });
      const name = "name" in image && typeof image.name === "string" ? image.name.slice(0, 200) : "image";
      const headers = {
        "Content-Type": "application/octet-stream",
        "X-File-Name": encodeURIComponent(name.replace(/\p{Cs}/gu, "")),
        "Idempotency-Key": createKey(),
      };
      // The type that a widget wrote on the blob is not ours to repeat.
      const bytes = await image.arrayBuffer();
      return replyOf(await post(`${target.callUrl}/image?${query}`, bytes, headers, signal));
    },
  };
}

async function read(response: Response): Promise<Outcome<unknown>> {
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return { ok: true, value: body };
  const error = isPlainObject(body) ? parseWireError(body["error"]) : undefined;
  if (error) return { ok: false, error };
  if (response.status === 401) return fail("UNAUTHENTICATED", false);
  if (response.status === 413) return fail("TOO_LARGE", false);
  if (response.status === 429) return fail("RATE_LIMITED", true);
  return fail("INTERNAL", response.status >= 500);
}

function replyOf(outcome: Outcome<unknown>): Outcome<JsonValue> {
  if (!outcome.ok) return outcome;
  if (!isPlainObject(outcome.value) || !Object.hasOwn(outcome.value, "reply")) return fail("INTERNAL", true);
  return { ok: true, value: outcome.value["reply"] as JsonValue };
}

function parseConfirmation(value: unknown): { request: ConfirmationRequest; token: string } | undefined {
  if (!isPlainObject(value)) return undefined;
  const { subject, action, changes, token } = value;
  if (typeof subject !== "string" || typeof action !== "string" || typeof token !== "string" || !Array.isArray(changes)) return undefined;
  const rows: { label: string; was: string | null; now: string | null }[] = [];
  for (const row of changes as unknown[]) {
    if (!isPlainObject(row) || typeof row["label"] !== "string") return undefined;
    const { was, now } = row;
    if ((typeof was !== "string" && was !== null) || (typeof now !== "string" && now !== null)) return undefined;
    rows.push({ label: row["label"], was, now });
  }
  return { request: { subject, action, changes: rows }, token };
}

function fail(code: WireError["code"], retryable: boolean): { ok: false; error: WireError } {
  return { ok: false, error: { code, message: code, retryable } };
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && (error.name === "AbortError" || error.name === "TimeoutError");
}

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === "TimeoutError";
}

/** A UUID (version 4); plain-HTTP origins other than localhost lack `crypto.randomUUID`. */
function createKey(): string {
  const own = (crypto as Partial<Pick<Crypto, "randomUUID">>).randomUUID;
  if (own) return Reflect.apply(own, crypto, []);
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
