import type { SubscriptionDetail } from "../../contracts/index.js";
import type { Format } from "../format.js";
import { type Html, html } from "../html.js";
import { humanise, initial, plainText } from "../plain-text.js";
import { fieldsOf, renderValue } from "./value.js";

type IsOwnMedia = (address: string) => boolean;

/** What is delivered. */
export function linesCard(subscription: SubscriptionDetail, format: Format): Html {
  const total = subscription.lines.reduce((sum, line) => sum + line.priceCents * line.quantity, 0);
  return html`<section class="card" aria-labelledby="lines-title"><h2 class="caption" id="lines-title">In each delivery</h2>
${
  subscription.lines.length === 0
    ? html`<p class="muted">Nothing is planned for the next delivery.</p>`
    : html`<table class="lines"><thead class="visually-hidden"><tr><th scope="col">Product</th><th scope="col">Quantity</th><th scope="col">Price</th></tr></thead><tbody>${subscription.lines.map(
        (line) =>
          html`<tr><td><strong dir="auto">${plainText(line.productTitle, 200)}</strong>${line.variantTitle === "" ? null : html`<span class="muted block" dir="auto">${plainText(line.variantTitle, 200)}</span>`}</td><td class="number muted">× ${line.quantity}</td><td class="number">${format.price(line.priceCents * line.quantity)}</td></tr>`,
      )}</tbody><tfoot><tr><th scope="row" colspan="2">Total</th><td class="number"><strong>${format.price(total)}</strong></td></tr></tfoot></table>`
}</section>`;
}

/** What the subscription is about: one card per entity, its attributes as a table. */
export function entityCards(subscription: SubscriptionDetail, isOwnMedia: IsOwnMedia): Html {
  return html`${subscription.context.entities.map((entity, index) => {
    const name = plainText(entity.name, 120);
    const attributes = fieldsOf(entity.attributes);
    return html`<section class="card" aria-labelledby="entity-${index}"><div class="entity-head"><span class="avatar large" aria-hidden="true">${initial(name)}</span><div><h2 id="entity-${index}" dir="auto">${name}</h2><p class="muted small">${humanise(entity.entity_type)}</p></div></div>
${
  attributes.length === 0
    ? html`<p class="muted">No details yet.</p>`
    : html`<table class="facts"><tbody>${attributes
        .slice(0, 60)
        .map(
          ([key, value]) =>
            html`<tr><th scope="row">${humanise(key)}</th><td>${renderValue(value, { isOwnMedia, pictureName: `${humanise(key)} of ${name}` })}</td></tr>`,
        )}</tbody></table>`
}</section>`;
  })}`;
}

/** When the next delivery comes. */
export function nextCard(subscription: SubscriptionDetail, format: Format): Html {
  return html`<section class="card" aria-labelledby="next-title"><h2 class="caption" id="next-title">Next delivery</h2>
${
  subscription.nextDate
    ? html`<p class="big">${format.day(subscription.nextDate)}</p><p class="muted small">${format.relative(subscription.nextDate)}</p>`
    : html`<p class="muted">No delivery is planned.</p>`
}</section>`;
}
