export type { AttributeValue, Branding, FrameInit, WidgetContext } from "./context.js";
export {
  isPublicErrorCode,
  type JsonObject,
  type JsonValue,
  type PublicErrorCode,
  publicErrors,
  type WireError,
} from "./errors.js";
