import { type Html, html } from "../html.js";

const texts = new Map<number, { title: string; text: string }>([
  [400, { title: "That address is not quite right", text: "The request could not be read. Go back and try the link again." }],
  [401, { title: "Please sign in", text: "This page is for signed-in customers." }],
  [
    403,
    { title: "This is not allowed", text: "The request did not come from this page, or the page is too old. Reload it and try again." },
  ],
  [404, { title: "We cannot find that", text: "It may have moved, or it may belong to another account." }],
  [413, { title: "That is too much", text: "What was sent is over the size limit." }],
  [429, { title: "A short break", text: "There were too many attempts. Wait a moment, then try again." }],
  [500, { title: "Something went wrong on our side", text: "Nothing you did. Try again; if it stays, tell us the request number below." }],
]);

/** A calm page for what cannot be shown. Never says more than the status does. */
export function errorPage(status: number, requestId: string): Html {
  const { title, text } = texts.get(status) ?? texts.get(status >= 500 ? 500 : 400) ?? { title: "Error", text: "" };
  return html`<div class="sign-in"><section class="card error">
<p class="eyebrow">Error ${status}</p><h1>${title}</h1><p class="muted">${text}</p>
<p><a class="button primary" href="/portal">Go to your subscriptions</a></p>
<p class="small muted">Request number <code>${requestId}</code></p>
</section></div>`;
}
