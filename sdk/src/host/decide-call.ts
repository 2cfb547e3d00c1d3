import {
  checkJson,
  createTokenBucket,
  type FrameMessage,
  type HostCapability,
  type JsonObject,
  type JsonValue,
  limits,
  type PublicErrorCode,
  type TokenBucket,
} from "../protocol/index.js";
import type { WorkerSettings } from "./worker-messages.js";

type Call = Extract<FrameMessage, { type: "call" }>;

export type Decision =
  | { readonly allow: true; readonly capability: HostCapability; readonly params: JsonValue; readonly image: Blob | undefined }
  | { readonly allow: false; readonly code: PublicErrorCode; readonly retryable: boolean; readonly details?: JsonObject };

/**
 * Decides whether a call goes to the server. Early and cheap; the server decides again and alone. In preview nothing goes.
 */
export function createCallDecider(settings: Pick<WorkerSettings, "capabilities" | "grantedScopes" | "disabledScopes" | "isPreview">) {
  // Maps and sets only: a method named `constructor` finds nothing.
  const capabilities = new Map(settings.capabilities.map((capability) => [capability.method, capability]));
  const granted = new Set(settings.grantedScopes);
  const disabled = new Set(settings.disabledScopes);
  const buckets = new Map<string, TokenBucket>();

  return (call: Call, now: number): Decision => {
    const capability = capabilities.get(call.method);
    if (!capability) return { allow: false, code: "UNKNOWN_METHOD", retryable: false };
    if (settings.isPreview) return { allow: false, code: "USER_CANCELLED", retryable: false };
    if (!granted.has(capability.scope)) return { allow: false, code: "SCOPE_NOT_GRANTED", retryable: false };
    if (disabled.has(capability.scope)) return { allow: false, code: "CAPABILITY_DISABLED", retryable: false };

    const params = checkJson(call.params);
    if (!params.ok) return { allow: false, code: params.reason === "size" ? "TOO_LARGE" : "INVALID_PARAMS", retryable: false };
    const { image } = call;
    if (capability.takesImage !== image instanceof Blob) return { allow: false, code: "INVALID_PARAMS", retryable: false };
    if (image instanceof Blob && image.size > limits.imageBytes) return { allow: false, code: "TOO_LARGE", retryable: false };

    const { calls, perSeconds } = capability.rateLimit;
    const bucket = buckets.get(call.method) ?? createTokenBucket(calls, calls / perSeconds);
    buckets.set(call.method, bucket);
    if (!bucket.take(now)) {
      return { allow: false, code: "RATE_LIMITED", retryable: true, details: { retryAfterMs: bucket.retryAfter(now) } };
    }
    return { allow: true, capability, params: params.value, image: image instanceof Blob ? image : undefined };
  };
}
