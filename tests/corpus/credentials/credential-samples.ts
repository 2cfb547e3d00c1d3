import { splitOf } from "../hostile/hostile-samples.js";
import { createRandom, type Random } from "../random.js";
import type { HostileSample } from "../sample.js";
import { drawShape } from "./draw-shape.js";
import { type Provider, providers } from "./providers.js";

/** Code in which a secret of an own form turns up under any name. `quoted` is the text in double quotes. */
const anywhere: readonly ((quoted: string, provider: string) => string)[] = [
  (quoted) =>
    `const config = { endpoint: "/api", timeout: 5000, key: ${quoted} };\nwindow.gro.onReady(() => render(config));\nfunction render(c) { document.body.dataset.t = c.timeout; }`,
  (quoted, provider) =>
    `// ${provider}: used by the nightly export\nvar creds = ${quoted};\nfunction load() { return creds.length; }\ngro.onReady(load);`,
  (quoted) =>
    `const client = createClient(${quoted}, { retries: 2 });\nfunction createClient(k, o) { return { k, o }; }\ngro.onReady(() => { document.title = String(client.o.retries); });`,
  (quoted) =>
    `const headers = { "Content-Type": "application/json", Authorization: "Bearer " + ${quoted} };\ngro.onReady(() => console.log(Object.keys(headers)));`,
  (quoted) => `class Api { static key = ${quoted}; get(path) { return path + Api.key.length; } }\ngro.onReady(() => new Api().get("/a"));`,
  (quoted) =>
    `const settings = JSON.parse('{"region":"eu","credentials":{"value":' + JSON.stringify(${quoted}) + '}}');\ngro.onReady(() => (document.body.lang = settings.region));`,
  (quoted) => `!function(e,t){var n={t:${quoted},v:"1.0.3"};e.__cfg=n,t&&t(n)}(window,null);`,
  (quoted) => `export const env = { NODE_ENV: "production", VALUE: ${quoted}, DEBUG: false };`,
];

/** Code in which the name beside the value tells that it is a secret. */
const byName: readonly ((name: string, quoted: string) => string)[] = [
  (name, quoted) =>
    `const ${identifier(name)} = ${quoted};\ngro.onReady(() => use(${identifier(name)}));\nfunction use(v) { return v.length; }`,
  (name, quoted) => `const options = { region: "eu-west-1", "${name}": ${quoted}, retries: 3 };\ngro.onReady(() => options.retries);`,
  (name, quoted) =>
    `var settings = {}; settings[${JSON.stringify(name)}] = ${quoted}; settings.ready = true;\ngro.onReady(function () { return settings.ready; });`,
  (name, quoted) => `window.__env = { API_URL: "/v1", ${identifier(name)}: ${quoted}, LOCALE: "en" };`,
  (name, quoted) =>
    `class Service { constructor() { this.${identifier(name)} = ${quoted}; this.tries = 0; } }\ngro.onReady(() => new Service().tries);`,
  (name, quoted) =>
    `const { ${identifier(name)} = ${quoted}, debug = false } = window.__options || {};\ngro.onReady(() => debug || ${identifier(name)}.length);`,
  (name, quoted) =>
    `function connect(${identifier(name)} = ${quoted}) { return ${identifier(name)}.length; }\ngro.onReady(() => connect());`,
];

/** Every provider in `variants` contexts of its split. */
export function* credentialSamples(variants: number): Generator<HostileSample> {
  for (const provider of providers) {
    const split = splitOf(`credential:${provider.name}`);
    for (let variant = 0; variant < variants; variant += 1) {
      const name = `credential_exposure/${provider.name}/${split}-${variant}`;
      const text = write(provider, createRandom(name));
      yield { kind: "hostile", category: "credential_exposure", technique: provider.name, split, name, text };
    }
  }
}

function write(provider: Provider, random: Random): string {
  const quoted = `"${drawShape(provider.shape, random)}"`;
  return provider.named ? random.pick(byName)(random.pick(provider.named), quoted) : random.pick(anywhere)(quoted, provider.name);
}

function identifier(name: string): string {
  return name.replaceAll(/[^\w$]/g, "_");
}
