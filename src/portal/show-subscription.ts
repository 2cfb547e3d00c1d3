import type { ComposedPage, FrameAddresses, PageComposer, PlacedWidget, PortalCommunity, PortalRecords } from "../contracts/index.js";
import type { PortalAssets } from "./assets.js";
import type { PortalSession } from "./authenticate.js";
import { createFormat } from "./format.js";
import { type Html, html, jsonBlock } from "./html.js";
import { isOwnMedia } from "./media-link.js";
import { type CatalogueEntry, createPageData } from "./page-data.js";
import type { Page, Shells } from "./shells.js";
import { activityList } from "./views/activity-list.js";
import { entityCards } from "./views/overview.js";
import { chooseTab, subscriptionPage } from "./views/subscription-page.js";

const activityPageSize = 25;

/** Every widget of a page, each once. */
export function widgetsOf(page: ComposedPage): readonly PlacedWidget[] {
  return [...Object.values(page.slots).flat(), ...page.tabs];
}

/** Origins to connect to ahead of the frames. */
export function frameOrigins(addresses: readonly string[]): readonly string[] {
  return [...new Set(addresses.map((address) => new URL(address).origin))].slice(0, 4);
}

/** A customer's subscription, its fragments and its feed. All answer undefined for an absent or foreign subscription. */
export function createShowSubscription(options: {
  records: PortalRecords;
  composer: PageComposer;
  addresses: FrameAddresses;
  assets: PortalAssets;
  shells: Shells;
  catalogue: () => readonly CatalogueEntry[];
  disabledScopes: (communityId: string) => Promise<readonly string[]>;
}) {
  const ownMedia = (address: string) => isOwnMedia(options.addresses, address);

  async function feed(session: PortalSession, community: PortalCommunity, id: string, before: string | undefined): Promise<Html> {
    const page = await options.records.listActivity(session.customer.id, id, {
      ...(before === undefined ? {} : { before }),
      limit: activityPageSize,
    });
    return activityList({
      items: page.items,
      older: page.next === null ? null : `?${new URLSearchParams({ tab: "activity", before: page.next }).toString()}`,
      isFirstPage: before === undefined,
      format: createFormat(community.locale, session.timeZone),
      isOwnMedia: ownMedia,
    });
  }

  async function find(session: PortalSession, id: string) {
    const [subscription, community] = await Promise.all([
      options.records.findSubscription(session.customer.id, id),
      options.records.findCommunity(session.customer.communityId),
    ]);
    return subscription && community ? { subscription, community } : undefined;
  }

  return {
    async page(session: PortalSession, id: string, query: { tab: unknown; before: string | undefined }): Promise<Page | undefined> {
      const found = await find(session, id);
      if (!found) return undefined;
      const { subscription, community } = found;
      const composed = await options.composer.compose(community.id, subscription.context);
      const widgets = widgetsOf(composed);
      const tab = chooseTab(query.tab, composed);
      const theme = options.shells.themeOf(community);
      const [activity, disabledScopes] = await Promise.all([
        tab === "activity" ? feed(session, community, id, query.before) : null,
        widgets.length === 0 ? [] : options.disabledScopes(community.id),
      ]);
      const data = createPageData({
        community,
        theme,
        context: subscription.context,
        widgets,
        addresses: options.addresses,
        workerUrl: options.assets.worker.url,
        catalogue: options.catalogue(),
        disabledScopes,
        live: { csrfToken: session.csrfToken, subscriptionId: subscription.id, sessionEndsAt: session.expiresAt },
      });
      return {
        status: 200,
        shell: {
          ...options.shells.branded(subscription.title, community, theme),
          signedIn: { name: session.customer.name, csrfToken: session.csrfToken },
          preconnect: frameOrigins(data.mounts.map((mount) => mount.frameUrl)),
          data: jsonBlock("portal-data", data),
        },
        main: subscriptionPage({
          subscription,
          page: composed,
          tab,
          tabHref: (name) => (name === "overview" ? "?" : `?tab=${encodeURIComponent(name)}`),
          activity,
          isOwnMedia: ownMedia,
          format: createFormat(community.locale, session.timeZone),
          backHref: "/portal",
        }),
        frameSources: widgets.length === 0 ? [] : options.addresses.frameSources(widgets.map((widget) => widget.id)),
        framedBySelf: false,
      };
    },

    /** The part of the overview that a widget's write can change. */
    async overview(session: PortalSession, id: string): Promise<Html | undefined> {
      const found = await find(session, id);
      return found && html`${entityCards(found.subscription, ownMedia)}`;
    },

    async activity(session: PortalSession, id: string, before: string | undefined): Promise<Html | undefined> {
      const found = await find(session, id);
      return found && (await feed(session, found.community, id, before));
    },
  };
}

export type ShowSubscription = ReturnType<typeof createShowSubscription>;
