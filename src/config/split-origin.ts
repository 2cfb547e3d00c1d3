/** The parts of an origin that may start with one wildcard label. Pure. */
export interface OriginParts {
  readonly origin: string;
  readonly scheme: "http" | "https";
  /** Without the wildcard label and without the port, lower case. */
  readonly host: string;
  readonly wildcard: boolean;
}

/** What a browser would tidy up silently (a path, a query, credentials, backslashes, white space) is not an origin. */
const bareOrigin = /^https?:\/\/[^/?#@\\\s]+\/?$/i;
/**
 * Names of ordinary characters, without a dot at the end: `host.` is the same machine as `host` under another name, and other
 * characters would end a source in a content policy.
 */
const plainHost = /^(?:(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}|\[[0-9a-f:]+\])$/;

/** undefined when the text is not exactly `scheme://host[:port]`, one slash at the end aside. */
export function splitOrigin(text: string): OriginParts | undefined {
  const wildcard = /^https?:\/\/\*\./i.test(text);
  const probe = wildcard ? text.replace("*.", "wildcard-label.") : text;
  if (!bareOrigin.test(text) || !URL.canParse(probe)) return undefined;
  const url = new URL(probe);
  const host = wildcard ? url.hostname.slice("wildcard-label.".length) : url.hostname;
  if (!plainHost.test(host)) return undefined;
  return {
    origin: wildcard ? url.origin.replace("wildcard-label.", "*.") : url.origin,
    scheme: url.protocol === "https:" ? "https" : "http",
    host,
    wildcard,
  };
}

/** true for a host that only programs on this machine can mean. Pure. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(host);
}
