import { type Html, html } from "../html.js";
import { humanise } from "../plain-text.js";

const tones = new Map([
  ["active", "success"],
  ["paused", "warning"],
  ["cancelled", "neutral"],
]);

/** The state of a subscription: a dot in its colour and always the word. */
export function statusChip(status: string): Html {
  return html`<span class="chip" data-tone="${tones.get(status) ?? "neutral"}"><span class="dot" aria-hidden="true"></span>${humanise(status)}</span>`;
}
