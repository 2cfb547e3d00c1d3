const names = [
  "dynamic-code",
  "network",
  "miners",
  "exfiltration",
  "navigation",
  "credentials",
  "resource-use",
  "obfuscation",
  "external-scripts",
  "nested-documents",
  "prefetch",
  "webrtc",
  "phishing",
];

/** Module addresses of the rules that ship with the product. The scanner's workers load them; the server itself never does. */
export const rulePlugins: readonly string[] = names.map((name) => new URL(`./${name}/index.js`, import.meta.url).href);
