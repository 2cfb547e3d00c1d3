import type { PlacedWidget } from "../../contracts/index.js";
import type { Format } from "../format.js";
import { type Html, html } from "../html.js";
import { plainText } from "../plain-text.js";
import { icons } from "./icons.js";

function about(widget: PlacedWidget, format: Format): Html {
  const author = widget.version.createdBy === null ? "the community" : plainText(widget.version.createdBy, 80);
  return html`<div class="popover" id="about-${widget.id}" popover role="dialog" aria-labelledby="about-title-${widget.id}">
<h3 id="about-title-${widget.id}" dir="auto">${plainText(widget.name, 80)}</h3>
${widget.description === "" ? null : html`<p dir="auto">${plainText(widget.description, 500)}</p>`}
<p class="muted small">Version ${widget.version.number}, published ${format.day(widget.version.createdAt)} by <bdi>${author}</bdi></p>
<h4>It may</h4>
<ul>${
    widget.scopes.length === 0
      ? html`<li>Show you things. It changes nothing.</li>`
      : widget.scopes.map(
          (scope) =>
            html`<li>${plainText(scope.title, 120)}${scope.confirms ? html` <span class="muted">– asks you every time</span>` : null}</li>`,
        )
  }</ul>
<h4>It cannot</h4>
<ul><li>See your password, payment details or other subscriptions</li><li>Use the internet or send anything elsewhere</li><li>Do anything that is not listed above</li></ul>
</div>`;
}

/** A widget's place on the page: what it is, what it may do, and the element that the host fills. */
export function widgetCard(widget: PlacedWidget, format: Format): Html {
  const name = plainText(widget.name, 80);
  return html`<section class="card widget" aria-labelledby="widget-${widget.id}" data-widget="${widget.id}">
<div class="widget-head"><h2 class="caption" id="widget-${widget.id}" dir="auto">${name}</h2><button class="icon-button" type="button" popovertarget="about-${widget.id}" aria-label="About ${name}">${icons.info}</button></div>
${about(widget, format)}
<div class="widget-body" data-mount="${widget.id}"><div class="skeleton" data-skeleton><span></span><span></span><span></span></div><noscript><p class="muted">This part needs JavaScript.</p></noscript></div>
</section>`;
}
