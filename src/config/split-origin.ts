/** The parts of an origin that may start with one wildcard label. Pure. */
export interface OriginParts {
  readonly origin: string;
  readonly scheme: "http" | "https";
  /** Without the wildcard label and without the port, lower case. */
  readonly host: string;
  readonly wildcard: boolean;
}

/** undefined when the text is not exactly `scheme://host[:port]`. */
export function splitOrigin(text: string): OriginParts | undefined {
  const wildcard = /^https?:\/\/\*\./.test(text);
  const probe = wildcard ? text.replace("*.", "wildcard-label.") : text;
  if (!URL.canParse(probe)) return undefined;
  const url = new URL(probe);
  if (url.protocol !== "http:" && url.protocol !== "https:") return undefined;
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "" || url.pathname !== "/") return undefined;
  const host = wildcard ? url.hostname.slice("wildcard-label.".length) : url.hostname;
  return {
    origin: wildcard ? url.origin.replace("wildcard-label.", "*.") : url.origin,
    scheme: url.protocol === "https:" ? "https" : "http",
    host,
    wildcard,
  };
}
