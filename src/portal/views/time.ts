import type { Format } from "../format.js";
import { type Html, html } from "../html.js";

/** "in 6 days", with the date itself on hover and for machines. */
export function relativeTime(date: Date, format: Format): Html {
  return html`<time datetime="${date.toISOString()}" title="${format.moment(date)}">${format.relative(date)}</time>`;
}
