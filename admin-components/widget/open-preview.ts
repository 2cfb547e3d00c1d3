import { call, problemOf, recordApi } from "../api.js";
import type { Notice } from "../panel-state.js";

/** Opens the portal's preview of a version in a new tab. The tab opens at once, so that no blocker stops it. */
export async function openPreview(versionId: string, notify: (notice: Notice) => void): Promise<void> {
  const tab = window.open("about:blank", "_blank");
  const answer = await call<{ url?: string }>(recordApi("widget-versions", versionId, "preview"));
  const { url } = answer.data;
  if (!answer.ok || !url) {
    tab?.close();
    notify({ type: "error", message: problemOf(answer) });
    return;
  }
  if (tab) {
    tab.opener = null;
    tab.location.replace(url);
  } else window.location.assign(url);
}
