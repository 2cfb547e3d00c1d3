import type { HostCapability, WidgetContext } from "../../sdk/src/protocol/index.js";
import type { FrameAddresses, PlacedWidget, PortalCommunity, RateLimit } from "../contracts/index.js";
import type { Theme } from "./branding.js";
import { safeLocale } from "./format.js";

/** What the host is told of a capability: enough to refuse early and to know what needs the customer's word. */
export interface CatalogueEntry {
  readonly method: string;
  readonly scope: { readonly name: string };
  readonly confirms: boolean;
  readonly takesImage: boolean;
  readonly rateLimit: RateLimit;
}

/** The JSON block of a page with widgets: options of the browser host, and what to mount where. */
export interface PageData {
  readonly host: {
    readonly workerUrl: string;
    readonly callUrl: string;
    readonly csrfToken: string;
    readonly subscriptionId: string;
    readonly context: WidgetContext;
    readonly branding: Theme["branding"];
    readonly locale: string;
    readonly isPreview: boolean;
    readonly capabilities: readonly HostCapability[];
    readonly disabledScopes: readonly string[];
  };
  readonly mounts: readonly {
    readonly widgetId: string;
    readonly versionId: string;
    readonly name: string;
    readonly frameUrl: string;
    readonly scopes: readonly string[];
  }[];
  /** Addresses of the parts that a write makes stale; null in previews. */
  readonly fragments: { readonly overview: string; readonly activity: string } | null;
  /** Milliseconds since 1970; null in previews. */
  readonly sessionEndsAt: number | null;
}

export function createPageData(options: {
  community: PortalCommunity;
  theme: Theme;
  context: WidgetContext;
  widgets: readonly PlacedWidget[];
  addresses: FrameAddresses;
  workerUrl: string;
  catalogue: readonly CatalogueEntry[];
  disabledScopes: readonly string[];
  /** A signed-in customer's page; absent for previews. */
  live?: { csrfToken: string; subscriptionId: string; sessionEndsAt: Date };
  /** The version whose frame needs a signed preview address. */
  previewVersionId?: string;
}): PageData {
  const { live } = options;
  return {
    host: {
      workerUrl: options.workerUrl,
      callUrl: "/portal/api/calls",
      csrfToken: live?.csrfToken ?? "",
      subscriptionId: live?.subscriptionId ?? options.context.subscription.id,
      context: options.context,
      branding: options.theme.branding,
      locale: safeLocale(options.community.locale),
      isPreview: live === undefined,
      capabilities: options.catalogue.map((entry) => ({
        method: entry.method,
        scope: entry.scope.name,
        confirms: entry.confirms,
        takesImage: entry.takesImage,
        rateLimit: entry.rateLimit,
      })),
      disabledScopes: options.disabledScopes,
    },
    mounts: options.widgets.map((widget) => ({
      widgetId: widget.id,
      versionId: widget.version.id,
      name: widget.name,
      frameUrl:
        widget.version.id === options.previewVersionId
          ? options.addresses.previewUrl(widget.id, widget.version.id)
          : options.addresses.frameUrl(widget.id, widget.version.id),
      scopes: widget.scopes.map((scope) => scope.name),
    })),
    fragments: live
      ? {
          overview: `/portal/subscriptions/${encodeURIComponent(live.subscriptionId)}/overview`,
          activity: `/portal/subscriptions/${encodeURIComponent(live.subscriptionId)}/activity`,
        }
      : null,
    sessionEndsAt: live ? live.sessionEndsAt.getTime() : null,
  };
}
