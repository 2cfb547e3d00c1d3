import type { IncomingHttpHeaders } from "node:http";

/**
 * true when a state-changing request came from one of our own pages. Browsers send `Sec-Fetch-Site` or `Origin` (or both)
 * with every POST; a request with neither, or with one that disagrees, is refused.
 */
export function isSameOrigin(headers: IncomingHttpHeaders, appOrigin: string): boolean {
  const site = headers["sec-fetch-site"];
  const origin = headers.origin;
  if (site === undefined && origin === undefined) return false;
  if (site !== undefined && site !== "same-origin") return false;
  return origin === undefined || origin === appOrigin;
}
