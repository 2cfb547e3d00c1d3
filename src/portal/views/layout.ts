import { type Html, type HtmlValue, html } from "../html.js";
import { initial, plainText } from "../plain-text.js";
import { icons } from "./icons.js";

/** What frames every page. */
export interface Shell {
  readonly title: string;
  readonly communityName: string;
  readonly logoUrl: string | null;
  readonly styleUrl: string;
  readonly scriptUrl: string;
  /** The community's own style sheet; absent on neutral pages. */
  readonly brandUrl?: string;
  /** Origins of the frames on this page: connecting early hides the sandbox origin's handshake. */
  readonly preconnect?: readonly string[];
  readonly signedIn?: { readonly name: string; readonly csrfToken: string };
  readonly banner?: Html;
  readonly data?: Html;
}

function brand(shell: Shell): Html {
  const name = plainText(shell.communityName, 80);
  return shell.logoUrl === null
    ? html`<span class="brand-mark" aria-hidden="true">${initial(name)}</span><span class="brand-name">${name}</span>`
    : html`<img class="brand-logo" src="${shell.logoUrl}" alt="" height="28"><span class="brand-name">${name}</span>`;
}

function account(shell: Shell): HtmlValue {
  if (!shell.signedIn) return null;
  return html`<div class="account">
<span class="account-name">${icons.person}<span class="account-text" dir="auto">${plainText(shell.signedIn.name, 80)}</span></span>
<form method="post" action="/portal/sign-out"><input type="hidden" name="csrf" value="${shell.signedIn.csrfToken}"><button class="button quiet" type="submit">Sign out</button></form>
</div>`;
}

/** A whole document. Nothing inline: styles and scripts come from their own addresses. */
export function layout(shell: Shell, main: HtmlValue): string {
  const page = html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${plainText(shell.title, 120)} · ${plainText(shell.communityName, 80)}</title>
${shell.signedIn ? html`<meta name="csrf-token" content="${shell.signedIn.csrfToken}">` : null}
${(shell.preconnect ?? []).map((origin) => html`<link rel="preconnect" href="${origin}">`)}
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${shell.styleUrl}">
${shell.brandUrl === undefined ? null : html`<link rel="stylesheet" href="${shell.brandUrl}">`}
<script src="${shell.scriptUrl}" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
${shell.banner ?? null}
<header class="top"><div class="top-inner"><a class="brand" href="/portal">${brand(shell)}</a>${account(shell)}</div></header>
<main id="main" tabindex="-1">${main}</main>
<div id="notices" class="notices" role="status" aria-live="polite"></div>
${shell.data ?? null}
</body>
</html>
`;
  return `<!doctype html>\n${page.toString()}`;
}
