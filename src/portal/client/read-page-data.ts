import type { HostOptions, WidgetToMount } from "../../../sdk/src/host/index.js";

/** What the server says about this page; the same shape as `PageData` on the server. */
export interface ClientPageData {
  readonly host: Omit<HostOptions, "colorScheme" | "onChange">;
  readonly mounts: readonly WidgetToMount[];
  readonly fragments: { readonly overview: string; readonly activity: string } | null;
  readonly sessionEndsAt: number | null;
}

/** The page's data block; undefined on pages without one. The server wrote it, so its shape is trusted. */
export function readPageData(): ClientPageData | undefined {
  const text = document.getElementById("portal-data")?.textContent;
  return text ? (JSON.parse(text) as ClientPageData) : undefined;
}
