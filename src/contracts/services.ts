import type { WidgetContext } from "../../sdk/src/protocol/index.js";
import type { PlacedWidget } from "./ports.js";
import type { Report } from "./report.js";
import type { RuleMeta } from "./rule.js";
import type { Slot, StaffActor } from "./widget.js";

/** JUDGE: bytes to a report. Never throws for what an author sent; a scanner failure is a report that rejects. */
export interface Pipeline {
  judge(submission: { readonly fileName: string; readonly bytes: Uint8Array }): Promise<Report>;
  /** Every enabled rule's meta, for catalogue and docs. */
  rules(): Promise<readonly RuleMeta[]>;
  close(): Promise<void>;
}

export interface PublishResult {
  readonly version: { readonly id: string; readonly number: number; readonly digest: string };
  readonly report: Report;
  readonly activated: boolean;
}

/** DELIVER: an upload to a live version, or the old one kept. */
export interface Publisher {
  /** Throws INVALID_PARAMS, TOO_LARGE or NOT_FOUND; a rejected bundle is a result, not an error. */
  publish(upload: {
    readonly widgetId: string;
    readonly fileName: string;
    readonly bytes: Uint8Array;
    readonly actor: StaffActor | { readonly kind: "system"; readonly name: string };
    readonly activate: boolean;
  }): Promise<PublishResult>;
  activate(change: { readonly widgetId: string; readonly versionId: string; readonly actor: StaffActor }): Promise<void>;
}

/** Builds the one immutable file that a frame loads (lockdown, SDK, bundle) and keeps it ready, compressed. */
export interface FramePreparer {
  prepare(version: { readonly digest: string; readonly format: "script" | "module" }): Promise<void>;
}

/** Addresses on the sandbox origin. */
export interface FrameAddresses {
  frameUrl(widgetId: string, versionId: string): string;
  /** Signed and valid for ten minutes: any accepted version, active or not. */
  previewUrl(widgetId: string, versionId: string): string;
  mediaUrl(key: string): string;
  /** CSP sources that the host page needs for `frame-src`: exactly the sandbox paths. */
  frameSources(widgetIds: readonly string[]): readonly string[];
  /** CSP source for `img-src` of pages that show media. */
  readonly mediaSource: string;
}

export interface ComposedPage {
  /** Widgets by in-page slot, in name order; a slot without widgets is absent. */
  readonly slots: Readonly<Partial<Record<Slot, readonly PlacedWidget[]>>>;
  readonly tabs: readonly PlacedWidget[];
}

/** COMPOSE: which widgets show for a subscription. */
export interface PageComposer {
  compose(communityId: string, subject: WidgetContext): Promise<ComposedPage>;
  /** false for an unknown condition or options that do not fit: fails closed. */
  isShown(widget: Pick<PlacedWidget, "conditionId" | "conditionOptions">, subject: WidgetContext): boolean;
}
