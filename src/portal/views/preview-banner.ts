import { type Html, html } from "../html.js";
import { plainText } from "../plain-text.js";
import { icons } from "./icons.js";

/** Says that this is no real page, and lets one look at it in the other scheme and on a narrow screen. */
export function previewBanner(options: { version: { name: string; number: number; isShown: boolean } | null }): Html {
  const { version } = options;
  return html`<aside class="preview-banner" aria-label="Preview"><p>${icons.eye}<span><strong>Preview – nothing is saved.</strong> Sample data; every change is answered as if you had cancelled.${
    version === null
      ? null
      : html` Showing <bdi>${plainText(version.name, 80)}</bdi>, version ${version.number}.${
          version.isShown ? null : " Its visibility rule does not fit the sample, so real subscriptions like this one will not show it."
        }`
  }</span></p>
<div class="preview-controls" data-preview-controls hidden>
<div class="segmented" role="group" aria-label="Colour scheme"><button type="button" data-scheme="light" aria-pressed="false">Light</button><button type="button" data-scheme="dark" aria-pressed="false">Dark</button></div>
<div class="segmented" role="group" aria-label="Width"><button type="button" data-width="full" aria-pressed="true">Full</button><button type="button" data-width="tablet" aria-pressed="false">Tablet</button><button type="button" data-width="phone" aria-pressed="false">Phone</button></div>
</div></aside>`;
}
