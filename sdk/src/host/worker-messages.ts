import type { ConfirmationRequest, FrameState, HostCapability } from "../protocol/index.js";

/** What a mount's worker must know; made by the page, which trusts nothing that comes from the frame. */
export interface WorkerSettings {
  /** Absolute, same origin as the page. */
  readonly callUrl: string;
  readonly csrfToken: string;
  readonly subscriptionId: string;
  readonly widgetId: string;
  readonly versionId: string;
  readonly grantedScopes: readonly string[];
  readonly disabledScopes: readonly string[];
  readonly capabilities: readonly HostCapability[];
  readonly isPreview: boolean;
  readonly visible: boolean;
}

/** confirmed and declined are the customer's words; busy: too many questions are waiting. */
export type Answer = "confirmed" | "declined" | "busy";

/** Why a worker gives a frame up. */
export type EndReason = "flood" | "malformed" | "oversize" | "unresponsive" | "port-lost";

export type ToWorker =
  | { readonly type: "start"; readonly port: MessagePort; readonly settings: WorkerSettings }
  | { readonly type: "ping"; readonly n: number }
  | { readonly type: "answer"; readonly id: string; readonly answer: Answer }
  | { readonly type: "visible"; readonly visible: boolean };

export type FromWorker =
  | { readonly type: "booted" }
  | { readonly type: "pong"; readonly n: number }
  | { readonly type: "state"; readonly state: FrameState }
  | { readonly type: "resize"; readonly height: number }
  | { readonly type: "confirm"; readonly id: string; readonly request: ConfirmationRequest }
  | { readonly type: "withdraw"; readonly id: string }
  | { readonly type: "changed"; readonly method: string }
  | { readonly type: "attested" }
  | { readonly type: "missed" }
  | { readonly type: "end"; readonly reason: EndReason };
