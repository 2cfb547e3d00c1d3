import { openPictures } from "./open-pictures.js";
import { placePopovers } from "./place-popovers.js";
import { startPreviewControls } from "./preview-controls.js";
import { readPageData } from "./read-page-data.js";
import { createRefresh } from "./refresh.js";
import { startTabs } from "./tabs.js";
import { watchSession } from "./watch-session.js";
import { createWidgetHost } from "./widget-host.js";

const data = readPageData();
const refresh = createRefresh(data?.fragments ?? null);
const widgets = data ? createWidgetHost(data, () => refresh.afterChange()) : undefined;

// The server's formatting follows the zone that is sent along with the sign-in form.
for (const field of document.querySelectorAll<HTMLInputElement>("[data-time-zone]")) {
  field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}
startTabs({ onOpen: (tab) => refresh.open(tab) });
refresh.watchOlder();
placePopovers();
openPictures();
watchSession(data?.sessionEndsAt ?? null);
startPreviewControls((scheme) => widgets?.restart(scheme));
widgets?.start();
