export type { ConfirmationRequest, HostCapability } from "./calls.js";
export type { AttributeValue, Branding, FrameInit, WidgetContext } from "./context.js";
export {
  isPublicErrorCode,
  type JsonObject,
  type JsonValue,
  type PublicErrorCode,
  publicErrors,
  type WireError,
} from "./errors.js";
export { checkJson, isPlainObject, type JsonVerdict } from "./json.js";
export { limits, protocolVersion } from "./limits.js";
export {
  type FrameMessage,
  type FrameState,
  type Hello,
  type HostMessage,
  parseFrameMessage,
  parseHello,
  parseWireError,
} from "./messages.js";
export { createTokenBucket, type TokenBucket } from "./token-bucket.js";
