import type { IncomingHttpHeaders } from "node:http";
import { allowed, type Decision, denied } from "../decision.js";

/**
 * Whether a page of our own sent the request. Browsers say so themselves in headers that scripts cannot forge; a client that sends
 * neither header is no browser, and the CSRF token decides alone. Pure.
 */
export function decideSender(headers: IncomingHttpHeaders, appOrigin: string): Decision {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") return denied("UNAUTHENTICATED", "cross_site", { reason: "cross_site" });
  // Includes "null": the origin of a widget's own frame.
  if (headers.origin !== undefined && headers.origin !== appOrigin)
    return denied("UNAUTHENTICATED", "cross_origin", { reason: "cross_site" });
  return allowed;
}
