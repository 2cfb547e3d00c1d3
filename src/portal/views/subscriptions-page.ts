import type { SubscriptionSummary } from "../../contracts/index.js";
import type { Format } from "../format.js";
import { type Html, html } from "../html.js";
import { plainText } from "../plain-text.js";
import { icons } from "./icons.js";
import { statusChip } from "./status-chip.js";

function card(subscription: SubscriptionSummary, format: Format): Html {
  const names = subscription.entityNames.map((name) => plainText(name, 60)).join(", ");
  return html`<li><a class="card subscription-card" href="/portal/subscriptions/${encodeURIComponent(subscription.id)}">
<span class="subscription-head"><strong class="subscription-title" dir="auto">${plainText(subscription.title, 200)}</strong>${statusChip(subscription.status)}</span>
${names === "" ? null : html`<span class="muted" dir="auto">For ${names}</span>`}
<span class="subscription-foot"><span class="with-icon">${icons.calendar}${
    subscription.nextDate
      ? html`<span>Next delivery <strong>${format.day(subscription.nextDate)}</strong></span>`
      : html`<span>No delivery planned</span>`
  }</span><span class="go">${icons.arrow}</span></span>
</a></li>`;
}

/** Everything a customer subscribes to. */
export function subscriptionsPage(customerName: string, subscriptions: readonly SubscriptionSummary[], format: Format): Html {
  return html`<div class="narrow">
<div class="page-head"><p class="eyebrow" dir="auto">Hello, ${plainText(customerName, 80)}</p><h1>Your subscriptions</h1></div>
${
  subscriptions.length === 0
    ? html`<div class="card empty"><h2>Nothing here yet</h2><p class="muted">When you subscribe to something, it appears on this page.</p></div>`
    : html`<ul class="subscription-list">${subscriptions.map((subscription) => card(subscription, format))}</ul>`
}
</div>`;
}
