import type { ComposedPage, PlacedWidget, Slot, SubscriptionDetail } from "../../contracts/index.js";
import type { Format } from "../format.js";
import { type Html, type HtmlValue, html } from "../html.js";
import { plainText } from "../plain-text.js";
import { icons } from "./icons.js";
import { entityCards, linesCard, nextCard } from "./overview.js";
import { statusChip } from "./status-chip.js";
import { widgetCard } from "./widget-card.js";

export interface SubscriptionPageOptions {
  readonly subscription: SubscriptionDetail;
  readonly page: ComposedPage;
  /** `overview`, `activity` or a widget's id. Anything else counts as `overview`. */
  readonly tab: string;
  /** The address of a tab on this page. */
  readonly tabHref: (tab: string) => string;
  /** The first page of the feed; null when that tab is not open, it is fetched on opening. */
  readonly activity: Html | null;
  readonly isOwnMedia: (address: string) => boolean;
  readonly format: Format;
  /** Where "back" leads; null in previews. */
  readonly backHref: string | null;
}

/** The tab that an address asks for, or the first one. */
export function chooseTab(asked: unknown, page: ComposedPage): string {
  const known = ["overview", "activity", ...page.tabs.map((widget) => widget.id)];
  return typeof asked === "string" && known.includes(asked) ? asked : "overview";
}

function tabBar(options: SubscriptionPageOptions): Html {
  const tabs = [
    { id: "overview", label: "Overview" },
    { id: "activity", label: "Activity" },
    ...options.page.tabs.map((widget) => ({ id: widget.id, label: plainText(widget.name, 40) })),
  ];
  return html`<nav class="tabs" aria-label="Subscription">${tabs.map(
    (tab) =>
      html`<a href="${options.tabHref(tab.id)}" data-tab="${tab.id}" dir="auto" ${tab.id === options.tab ? html`aria-current="page"` : null}>${tab.label}</a>`,
  )}</nav>`;
}

function column(name: "left" | "main" | "sidebar", options: SubscriptionPageOptions, content: HtmlValue): Html {
  const slot = (place: Slot): readonly PlacedWidget[] => options.page.slots[place] ?? [];
  const cards = (widgets: readonly PlacedWidget[]) => widgets.map((widget) => widgetCard(widget, options.format));
  return html`<div class="column column-${name}">${cards(slot(`detail.${name}.top`))}${content}${cards(slot(`detail.${name}.bottom`))}</div>`;
}

function panel(id: string, options: SubscriptionPageOptions, content: HtmlValue): Html {
  return html`<div class="panel" data-panel="${id}" ${id === options.tab ? null : html`hidden`}>${content}</div>`;
}

/** A subscription: header, tabs, and in the overview three columns whose built-in cards stand between the slots. */
export function subscriptionPage(options: SubscriptionPageOptions): Html {
  const { subscription, format } = options;
  // In this order in the document, which is the order on a phone and for screen readers; wide screens place them by area.
  const overview = html`<div class="columns">
${column("main", options, linesCard(subscription, format))}
${column("left", options, html`<div class="stack" data-part="entities">${entityCards(subscription, options.isOwnMedia)}</div>`)}
${column("sidebar", options, nextCard(subscription, format))}
</div>`;
  return html`<div class="page"><div class="page-head">
${options.backHref === null ? null : html`<a class="back" href="${options.backHref}">${icons.back}All subscriptions</a>`}
<div class="title-row"><h1 dir="auto">${plainText(subscription.title, 200)}</h1>${statusChip(subscription.status)}</div>
${subscription.nextDate ? html`<p class="muted with-icon">${icons.calendar}<span>Next delivery ${format.day(subscription.nextDate)}</span></p>` : null}
</div>
${tabBar(options)}
${panel("overview", options, overview)}
${panel("activity", options, html`<section class="card feed" aria-labelledby="activity-title"><h2 class="caption" id="activity-title">Activity</h2><div data-part="activity" ${options.activity === null ? html`data-stale` : null}>${options.activity}</div></section>`)}
${options.page.tabs.map((widget) => panel(widget.id, options, widgetCard(widget, format)))}
</div>`;
}
