/** Types of `window.gro` for widget authors: `/// <reference types="@vitrine/sdk/gro" />`. */

export type AttributeValue = string | number | boolean | null;
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

export interface GroEntity {
  readonly id: string;
  readonly name: string;
  readonly entity_type: string;
  readonly attributes: { readonly [name: string]: JsonValue };
}

export interface GroLine {
  readonly id: string;
  readonly product_title: string;
  readonly variant_title: string;
}

/** Display-only data of the current subscription. Deep frozen. */
export interface GroContext {
  readonly subscription: { readonly id: string; readonly status: string };
  readonly entities: readonly GroEntity[];
  readonly lines: readonly GroLine[];
}

export interface GroBranding {
  readonly primary_color: string;
  readonly font_family: string;
  /** A CSS length such as `8px`. */
  readonly border_radius: string;
  readonly logo_url: string | null;
}

export type GroErrorCode =
  | "USER_CANCELLED"
  | "SCOPE_NOT_GRANTED"
  | "CAPABILITY_DISABLED"
  | "RATE_LIMITED"
  | "INVALID_PARAMS"
  | "NOT_FOUND"
  | "CONFLICT"
  | "TIMEOUT"
  | "TOO_LARGE"
  | "UNSUPPORTED_MEDIA"
  | "WIDGET_INACTIVE"
  | "UNAUTHENTICATED"
  | "UNSUPPORTED_PROTOCOL"
  | "PROTOCOL"
  | "UNKNOWN_METHOD"
  | "KILLED"
  | "UPSTREAM"
  | "INTERNAL";

/** What every call rejects with. `message` equals `code`. */
export interface GroError extends Error {
  readonly code: GroErrorCode;
  /** The same call may succeed later. */
  readonly retryable: boolean;
  /** Quote it to support. */
  readonly requestId: string | undefined;
  readonly details: { readonly [key: string]: JsonValue } | undefined;
}

export interface GroCallOptions {
  /** Gives the call up; it rejects with USER_CANCELLED. What the server has begun may still happen. */
  readonly signal?: AbortSignal;
}

export interface Gro {
  /** Runs `callback` once context, branding and scopes are there and the bundle has run. */
  onReady(callback: () => void): void;
  readonly context: GroContext;
  readonly branding: GroBranding;
  readonly scopes: readonly string[];
  /** Every call that changes something rejects with USER_CANCELLED. */
  readonly isPreview: boolean;
  /** BCP 47, e.g. `en-GB`. */
  readonly locale: string;
  readonly colorScheme: "light" | "dark";
  /** Measures the widget again. Called by itself when `#gro-widget-root` or the body changes size. */
  resize(): void;
  readonly entity: {
    /** From the loaded context, without network; null when it is not there. */
    get(id: string): GroEntity | null;
    /** Scope `entity.update`. Replaces all attributes with these flat ones, after the customer confirmed. */
    update(
      id: string,
      change: { readonly attributes: { readonly [name: string]: AttributeValue } },
      options?: GroCallOptions,
    ): Promise<JsonValue>;
  };
  readonly activity: {
    /** Scope `subscription.activity_log`. Write-only. The server forces `action` into the `widget_` namespace. */
    log(
      entry: {
        readonly action: string;
        readonly description?: string;
        readonly changes?: { readonly [name: string]: { readonly from: JsonValue; readonly to: JsonValue } };
        readonly metadata?: { readonly [name: string]: JsonValue };
      },
      options?: GroCallOptions,
    ): Promise<JsonValue>;
  };
  readonly media: {
    /** Scope `media.upload`. A real PNG, JPEG, WEBP or GIF of at most 5 MB. */
    upload(file: Blob, options?: GroCallOptions): Promise<{ readonly data: { readonly url: string } }>;
  };
}

declare global {
  interface Window {
    readonly gro: Gro;
  }
}
