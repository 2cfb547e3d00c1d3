import type {
  ComposedPage,
  FrameAddresses,
  PageComposer,
  PageRecords,
  PlacedWidget,
  PortalCommunity,
  PortalRecords,
} from "../contracts/index.js";
import type { PortalAssets } from "./assets.js";
import { createFormat } from "./format.js";
import { html, jsonBlock } from "./html.js";
import { type CatalogueEntry, createPageData } from "./page-data.js";
import type { PreviewLinks } from "./preview-link.js";
import { createSample } from "./sample.js";
import type { Page, Shells } from "./shells.js";
import { frameOrigins, widgetsOf } from "./show-subscription.js";
import { activityList } from "./views/activity-list.js";
import { previewBanner } from "./views/preview-banner.js";
import { chooseTab, subscriptionPage } from "./views/subscription-page.js";

export interface PreviewQuery {
  readonly community?: string | undefined;
  readonly version?: string | undefined;
  readonly token?: string | undefined;
  readonly tab?: string | undefined;
}

/**
 * Previews: sample data, nothing is saved, nobody's session. Without a link a community's active widgets, which every one of
 * its customers sees anyway; with a link signed for staff, one version in its place, active or not.
 */
export function createShowPreview(options: {
  records: PortalRecords;
  pageRecords: PageRecords;
  composer: PageComposer;
  addresses: FrameAddresses;
  assets: PortalAssets;
  shells: Shells;
  previewLinks: PreviewLinks;
  catalogue: () => readonly CatalogueEntry[];
}) {
  async function subjectOf(query: PreviewQuery): Promise<{ community: PortalCommunity; widget?: PlacedWidget } | undefined> {
    if (query.version !== undefined || query.token !== undefined) {
      const { version = "", token = "" } = query;
      if (!options.previewLinks.isValid(version, token)) return undefined;
      const widget = await options.pageRecords.findPreviewWidget(version);
      const community = widget && (await options.records.findCommunity(widget.communityId));
      return widget && community && { community, widget };
    }
    const community = await options.records.findPreviewCommunity(query.community);
    return community && { community };
  }

  return async (query: PreviewQuery): Promise<Page | undefined> => {
    const subject = await subjectOf(query);
    if (!subject) return undefined;
    const { community, widget } = subject;
    const sample = createSample();
    const composed: ComposedPage = widget ? placeAlone(widget) : await options.composer.compose(community.id, sample.context);
    const widgets = widgetsOf(composed);
    const theme = options.shells.themeOf(community);
    const format = createFormat(community.locale, "UTC");
    const tab = chooseTab(query.tab ?? (widget?.destination === "new_tab" ? widget.id : undefined), composed);
    const data = createPageData({
      community,
      theme,
      context: sample.context,
      widgets,
      addresses: options.addresses,
      workerUrl: options.assets.worker.url,
      catalogue: options.catalogue(),
      // Every change ends as USER_CANCELLED here: which of them are switched off makes no difference.
      disabledScopes: [],
      ...(widget ? { previewVersionId: widget.version.id } : {}),
    });
    const kept = { community: query.community, version: query.version, token: query.token };
    return {
      status: 200,
      shell: {
        ...options.shells.branded("Preview", community, theme),
        preconnect: frameOrigins(data.mounts.map((mount) => mount.frameUrl)),
        banner: previewBanner({
          version: widget
            ? { name: widget.name, number: widget.version.number, isShown: options.composer.isShown(widget, sample.context) }
            : null,
        }),
        data: jsonBlock("portal-data", data),
      },
      main: html`${subscriptionPage({
        subscription: sample,
        page: composed,
        tab,
        tabHref: (name) => `?${new URLSearchParams(present({ ...kept, tab: name })).toString()}`,
        activity: activityList({ items: [], older: null, isFirstPage: true, format, isOwnMedia: () => false }),
        isOwnMedia: () => false,
        format,
        backHref: null,
      })}`,
      frameSources: widgets.length === 0 ? [] : options.addresses.frameSources(widgets.map((each) => each.id)),
      framedBySelf: true,
    };
  };
}

export type ShowPreview = ReturnType<typeof createShowPreview>;

function placeAlone(widget: PlacedWidget): ComposedPage {
  return widget.destination === "new_tab" ? { slots: {}, tabs: [widget] } : { slots: { [widget.destination]: [widget] }, tabs: [] };
}

function present(query: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined));
}
