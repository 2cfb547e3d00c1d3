import { type ConfirmationRequest, isPlainObject, type JsonValue, parseWireError, type WireError } from "../protocol/index.js";
import { createDeadlines } from "./deadlines.js";
import type { WorkerSettings } from "./worker-messages.js";

/** Milliseconds that the server has for one request. */
const requestTimeout = 20_000;

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: WireError };

/** What the customer's "yes" is spent with. The token was made for the key, so the server needs no record to tie them. */
export interface Confirmed {
  readonly token: string;
  readonly key: string;
}

/** Each request is aborted by the call's own controller, also when the server takes too long. */
export interface ServerCalls {
  /** Asks the server what the customer must confirm. */
  prepare(
    method: string,
    params: JsonValue,
    call: AbortController,
  ): Promise<Outcome<{ request: ConfirmationRequest; confirmed: Confirmed }>>;
  execute(method: string, params: JsonValue, confirmed: Confirmed | undefined, call: AbortController): Promise<Outcome<JsonValue>>;
  upload(method: string, image: Blob, call: AbortController): Promise<Outcome<JsonValue>>;
}

type Target = Pick<WorkerSettings, "callUrl" | "csrfToken" | "widgetId" | "versionId" | "subscriptionId">;

/** The only code that talks to the server. Same origin, the customer's own session, no redirects. */
export function createServerCalls(target: Target, request: typeof fetch = fetch): ServerCalls {
  const { widgetId, versionId, subscriptionId } = target;
  const deadlines = createDeadlines(requestTimeout);
  const createKey = createKeys();

  const post = async (url: string, body: BodyInit, headers: Record<string, string>, call: AbortController): Promise<Outcome<unknown>> => {
    const send = () => {
      deadlines.start(call);
      return request(url, {
        method: "POST",
        body,
        headers: { Accept: "application/json", "X-CSRF-Token": target.csrfToken, ...headers },
        credentials: "same-origin",
        redirect: "error",
        cache: "no-store",
        signal: call.signal,
      });
    };
    try {
      // The same key travels again: the server answers a repeated write with the first answer.
      const response = await send().catch((error: unknown) => {
        if (isAbort(error)) throw error;
        return send();
      });
      return await read(response);
    } catch (error) {
      if (isTimeout(error)) return fail("TIMEOUT", true);
      return isAbort(error) ? fail("USER_CANCELLED", false) : fail("INTERNAL", true);
    } finally {
      deadlines.stop(call);
    }
  };
  const postJson = (body: object, call: AbortController, key: string) =>
    post(target.callUrl, JSON.stringify(body), { "Content-Type": "application/json", "Idempotency-Key": key }, call);

  return {
    async prepare(method, params, call) {
      const key = createKey();
      const outcome = await postJson({ phase: "prepare", widgetId, versionId, subscriptionId, method, params }, call, key);
      if (!outcome.ok) return outcome;
      const asked = isPlainObject(outcome.value) ? parseConfirmation(outcome.value["confirmation"]) : undefined;
      return asked ? { ok: true, value: { request: asked.request, confirmed: { token: asked.token, key } } } : fail("INTERNAL", true);
    },
    async execute(method, params, confirmed, call) {
      const confirmation = confirmed === undefined ? {} : { confirmationToken: confirmed.token };
      const body = { phase: "execute", widgetId, versionId, subscriptionId, method, params, ...confirmation };
      return replyOf(await postJson(body, call, confirmed?.key ?? createKey()));
    },
    async upload(method, image, call) {
      const query = new URLSearchParams({ widgetId, versionId, subscriptionId, method });
      const name = "name" in image && typeof image.name === "string" ? image.name.slice(0, 200) : "image";
      const headers = {
        "Content-Type": "application/octet-stream",
        "X-File-Name": encodeURIComponent(name.replace(/\p{Cs}/gu, "")),
        "Idempotency-Key": createKey(),
      };
      // The type that a widget wrote on the blob is not ours to repeat.
      const bytes = await image.arrayBuffer();
      return replyOf(await post(`${target.callUrl}/image?${query}`, bytes, headers, call));
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

/** Keys in the shape of a UUID that no other worker makes: 80 random bits once, then a count. */
function createKeys(): () => string {
  const random = crypto.getRandomValues(new Uint8Array(10));
  const hex = Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const prefix = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16)}`;
  let count = 0;
  return () => {
    count += 1;
    return `${prefix}-${count.toString(16).padStart(12, "0")}`;
  };
}
