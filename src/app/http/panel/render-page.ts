import { escapeHtml, escapeScript } from "./html.js";
import type { PanelAssets } from "./panel-assets.js";

/**
 * The page that all of the panel runs in. AdminJS's own renderer writes its state unescaped into an inline script and calls a
 * font service; this one escapes, carries a nonce and stays at home.
 */
export function createPageRenderer(options: { rootPath: string; assets: PanelAssets; theme: unknown }) {
  const { rootPath, assets } = options;
  const scripts = ["global.js", "design-system.js", "app.js", "components.js"].map((name) => assets.url(name));
  return function renderPage(page: { nonce: string; panel: unknown }): string {
    const state = {
      paths: { rootPath, loginPath: `${rootPath}/login`, logoutPath: `${rootPath}/logout` },
      branding: { companyName: "Vitrine", withMadeWithLove: false },
      locale: { language: "en", availableLanguages: ["en"], translations: { en: {} } },
      resources: [],
      pages: [],
    };
    const nonce = `nonce="${escapeHtml(page.nonce)}"`;
    return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Vitrine</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${escapeHtml(assets.url("panel.css"))}">
<script ${nonce}>${bootScript(page.nonce)}
window.REDUX_STATE=${escapeScript(state)};window.THEME=${escapeScript(options.theme)};window.THEME_COMPONENTS={};
window.VITRINE_PANEL=${escapeScript(page.panel)};window.AdminJS={Components:{}};</script>
${scripts.map((url) => `<script src="${escapeHtml(url)}" defer></script>`).join("\n")}
</head>
<body>
<div id="app"><div class="v-boot" role="status"><span class="v-spinner" aria-hidden="true"></span><span class="v-sr">Loading</span></div></div>
<script ${nonce}>document.addEventListener("DOMContentLoaded",function(){createRoot(document.getElementById("app")).render(AdminJS.Application)});</script>
<noscript><p class="v-noscript">The panel needs JavaScript.</p></noscript>
</body>
</html>`;
  };
}

/** The chosen colours before the first paint, and the nonce for style elements that AdminJS's libraries make. */
function bootScript(nonce: string): string {
  return `(function(n){window.__webpack_nonce__=n;var c=Document.prototype.createElement;Document.prototype.createElement=function(t){var e=c.apply(this,arguments);if(String(t).toLowerCase()==="style")e.setAttribute("nonce",n);return e};try{var m=localStorage.getItem("vitrine-theme");if(m==="light"||m==="dark")document.documentElement.dataset.theme=m}catch(_){}})(${escapeScript(nonce)});`;
}
