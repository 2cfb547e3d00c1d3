import { createRandom, type Random } from "../random.js";
import type { BenignSample } from "../sample.js";
import { drawShape } from "./draw-shape.js";

/** Harmless code whose texts look like secrets, by what they are. `{alphabet:n}` is drawn as in providers.ts. */
const shapes: Readonly<Record<string, string>> = {
  "uuid-in-token": 'const idempotencyToken = "{uuid}"; gro.onReady(() => idempotencyToken.length);',
  "uuid-client-id": 'const msal = { clientId: "{uuid}", authority: "https://login.example.com/common" };',
  "uuid-list": 'const ids = ["{uuid}", "{uuid}", "{uuid}"]; gro.onReady(() => ids.forEach((id) => gro.entity.get(id)));',
  "git-commit": 'export const build = { commit: "{hex:40}", branch: "main", time: "2025-04-01T10:11:12Z" };',
  "subresource-integrity": 'const assets = { "app.css": "sha384-{base64:64}", "app.js": "sha256-{base64:43}=" };',
  "content-hashes":
    'const chunks = { 12: "{hex:20}", 48: "{hex:20}", 107: "{hex:20}" }; function url(id) { return id + "." + chunks[id] + ".js"; }',
  "asset-names": 'const icons = ["logo.{hex:8}.svg", "star.{hex:8}.svg", "paw.{hex:16}.png"];',
  etag: 'const cache = { etag: \'W/"{base64url:27}"\', key: "profile:{digits:6}" };',
  "placeholder-your": 'const config = { apiKey: "YOUR_API_KEY", clientSecret: "<your-client-secret>", token: "xxxxxxxxxxxxxxxxxxxx" };',
  "placeholder-change-me": 'const password = "changeme"; const dbPassword = "password123!"; const secret = "REPLACE_WITH_SECRET";',
  "placeholder-env": 'const token = process.env.ACCESS_TOKEN || ""; const apiKey = "${API_KEY}"; const other = "{{ secrets.API_TOKEN }}";',
  "placeholder-stars": 'const masked = { password: "********", apiKey: "sk_live_****************", card: "**** **** **** 4242" };',
  "aws-documentation": 'const accessKeyId = "AKIA" + "IOSFODNN7EXAMPLE"; const docs = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";',
  "public-key":
    'const publicKey = "-----BEGIN PUBLIC KEY-----\\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A{base64:32}\\n{base64:64}\\n-----END PUBLIC KEY-----";',
  certificate:
    'const ca = "-----BEGIN CERTIFICATE-----\\nMIIDdzCCAl+gAwIBAgIE{base64:44}\\n{base64:64}\\n{base64:64}\\n-----END CERTIFICATE-----";',
  "ssh-public": 'const hostKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{base64:43} build@example.com";',
  "vapid-public": 'const applicationServerKey = "B{base64url:86}";',
  "stripe-publishable": 'const stripe = { publishableKey: "pk_live_{alnum:24}", test: "pk_test_{alnum:24}" };',
  "firebase-web":
    'const firebaseConfig = { apiKey: "AIza{base64url:35}", authDomain: "demo.firebaseapp.com", projectId: "demo", appId: "1:{digits:12}:web:{hex:22}" };',
  "maps-key": 'const map = { center: [52.5, 13.4], googleMapsApiKey: "AIza{base64url:35}" };',
  "sentry-dsn": 'const dsn = "https://{hex:32}@o{digits:6}.ingest.sentry.io/{digits:7}";',
  "recaptcha-site-key": 'const siteKey = "6L{base64url:38}"; gro.onReady(() => siteKey.length);',
  "mapbox-public": 'const accessToken = "pk.eyJ1Ijoi{alnum:60}.{base64url:22}";',
  "analytics-ids": 'const ids = { ga: "G-{upperDigits:10}", gtm: "GTM-{upperDigits:7}", ua: "UA-{digits:8}-1", pixel: "{digits:15}" };',
  "base64-image":
    'const logo = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA{base64:600}"; gro.onReady(() => { const i = new Image(); i.src = logo; document.body.append(i); });',
  "base64-gif": 'const pixel = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";',
  "base64-font": "const css = \"@font-face{font-family:x;src:url(data:font/woff2;base64,d09GMgABAAAAA{base64:900}) format('woff2')}\";",
  "base64-wasm": 'const bytes = "AGFzbQEAAAABBgFgAX8BfwMCAQAHCAEEYWRkMQAACgcBBQAgAAsLAA{base64:200}"; const size = bytes.length;',
  "base64-alphabet":
    'const keyStr = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="; const urlKey = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";',
  "nano-id-alphabet": 'const urlAlphabet = "useandom-26T198340PX75pxJACKVERYMINDBUSHWOLF_GQZbfghjklqvwyzrict";',
  "sha-constants":
    'const K = [0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b]; const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";',
  "curve-constants":
    'const p = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", gx = "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296";',
  "ethereum-address": 'const contract = "0x{hex:40}"; const tx = "0x{hex:64}";',
  "ipfs-address": 'const cid = "Qm{alnum:44}"; const cid2 = "bafybeig{lower:52}";',
  "public-key-token": 'const assembly = "System.Core, Version=4.0.0.0, Culture=neutral, PublicKeyToken={hex:16}";',
  "parser-tokens":
    'const TokenTypes = { keyword: "kw_1", password: "pw_type_2", secret: "sc-3" }; const token = { type: "identifier123", key: "Backspace" };',
  translations:
    'const de = { password: "Passwort eingeben", "reset_token": "Zurücksetzen-Code", secret: "Geheimnis", apiKey: "API-Schlüssel" };',
  "form-names": 'const fields = { password: "user_password_2", token: "form-token-field", "csrf-token": "meta[name=csrf-token]" };',
  "storage-keys":
    'const ACCESS_TOKEN = "app.auth.accessToken.v2"; const REFRESH_TOKEN_KEY = "app.auth.refresh-token.v2"; const secretKey = "settings/secret/v1";',
  selectors: 'const passwordSelector = "#login-form > .field-2 input[name=pass]"; const keyClass = "key__row--active-2";',
  "password-rules": 'const passwordPattern = "^(?=.*[A-Z])(?=.*[0-9]).{8,72}$"; const passwordChars = "abcdefghjkmnpqrstuvwxyz23456789";',
  "key-codes": 'const keys = { ArrowUp: 38, ArrowDown: 40 }; const shortcutKey = "Ctrl+Shift+F12"; const accessKey = "s";',
  "cache-key": 'const cacheKey = "query:users:page=2:sort=name_asc"; const sortKey = "created_at_2"; const primaryKey = "sub_item_id2";',
  "react-keys": 'const rowKey = "row-{hex:8}"; const queryKey = ["todos", "{digits:5}"]; const i18nKey = "errors.E1042.title";',
  "sample-jwt-name": 'const header = "Authorization: Bearer <token>"; const jwtExample = "eyJhbGciOi...";',
  "address-without-password":
    'const api = "https://api.example.com:8443/v1"; const mail = "mailto:help@example.com"; const git = "ssh://git@example.com/a.git";',
  "address-template":
    'const url = "postgres://user:password@localhost:5432/app"; const t = `https://${user}:${pass}@example.com`; var user, pass;',
  "css-modules": 'const styles = { button: "Button_root__{alnum:5}", card: "Card_{alnum:6}", key: "css-{lowerDigits:6}-Key" };',
  "svg-path": 'const d = "M12.5 2.1c5.6 0 10.1 4.5 10.1 10.1s-4.5 10.1-10.1 10.1S2.4 17.8 2.4 12.2 6.9 2.1 12.5 2.1z";',
  lottie: 'const animation = { v: "5.7.4", fr: 30, ip: 0, op: 60, w: 120, h: 120, nm: "paw_{hex:8}", layers: [] };',
  "product-codes": 'const skus = ["PUP-{digits:8}", "KIT-{upperDigits:10}", "{digits:13}"]; const vat = "DE{digits:9}";',
  ibans: 'const example = "DE89 3704 0044 0532 0130 00"; const bic = "COBADEFFXXX";',
  versions: 'const release = "v2.14.0-rc.3+build.{hex:7}"; const api_version = "2024-10-28.acacia";',
  "browser-agents": 'const ua = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";',
  "csrf-header": 'const csrfToken = document.querySelector("meta[name=csrf-token]")?.content; const header = "X-CSRF-Token";',
  "public-client": 'const oauth = { client_id: "{digits:12}-{lowerDigits:32}.apps.googleusercontent.com", response_type: "code" };',
  "typed-array-hex": 'const salt = new Uint8Array([{digits:2}, 17, 201, 44, 9, 88, 120, 3]); const hexColors = "#0b57d0,#c0ffee,#bada55";',
  lorem: 'const secretStory = "Once upon a time there was a puppy who kept a secret token under the key of the door.";',
  "minified-names": 'var t="token",e="secretKey",n="apiKey";function r(o){return o[t]||o[e]||o[n]}gro.onReady(function(){r({})});',
  "checksum-table": 'const checksums = { "a.zip": "md5:{hex:32}", "b.zip": "sha1:{hex:40}", "c.zip": "sha512:{hex:128}" };',
  nonce: 'const nonce = "{base64:22}=="; const requestId = "req_{alnum:24}"; const traceparent = "00-{hex:32}-{hex:16}-01";',
  "stripe-ids": 'const sample = { customer: "cus_{alnum:14}", price: "price_{alnum:24}", subscription: "sub_{alnum:24}" };',
  "shopify-ids": 'const gid = "gid://shopify/Product/{digits:13}"; const handle = "puppy-club-box-{digits:2}";',
  geo: 'const polyline = "_p~iF~ps|U_ulLnnqC_mqNvxq`@"; const geohash = "u33dc0cppvw"; const plus = "9F4MGC22+22";',
};

/** Every look-alike `variants` times. */
export function* lookAlikeSamples(variants: number): Generator<BenignSample> {
  for (const [technique, shape] of Object.entries(shapes)) {
    for (let variant = 0; variant < variants; variant += 1) {
      const name = `look-alikes/${technique}-${variant}`;
      yield { kind: "benign", group: "look-alikes", technique, name, text: wrap(draw(shape, createRandom(name))) };
    }
  }
}

/** `{{` and `${` in a shape are text, not holes. */
function draw(shape: string, random: Random): string {
  return shape.replaceAll(/(?<![{$])\{(?:\w+:\d+|uuid)\}/g, (hole) => drawShape(hole, random));
}

function wrap(text: string): string {
  return `${text}\nwindow.gro && window.gro.onReady(function () { window.gro.resize(); });\n`;
}
