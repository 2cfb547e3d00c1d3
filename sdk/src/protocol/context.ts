import type { JsonValue } from "./errors.js";

/** A flat attribute value: the only kind that `entity.update` accepts. */
export type AttributeValue = string | number | boolean | null;

/** `window.gro.context`: display-only data of the current subscription. */
export interface WidgetContext {
  readonly subscription: { readonly id: string; readonly status: string };
  readonly entities: readonly {
    readonly id: string;
    readonly name: string;
    readonly entity_type: string;
    readonly attributes: { readonly [name: string]: JsonValue };
  }[];
  readonly lines: readonly { readonly id: string; readonly product_title: string; readonly variant_title: string }[];
}

/** `window.gro.branding`. `border_radius` is a CSS length such as `8px`. */
export interface Branding {
  readonly primary_color: string;
  readonly font_family: string;
  readonly border_radius: string;
  readonly logo_url: string | null;
}

/** Everything the host hands to a frame after the handshake, before the bundle runs. */
export interface FrameInit {
  readonly context: WidgetContext;
  readonly branding: Branding;
  readonly scopes: readonly string[];
  readonly locale: string;
  readonly colorScheme: "light" | "dark";
  readonly isPreview: boolean;
}
