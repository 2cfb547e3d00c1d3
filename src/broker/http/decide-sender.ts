import { timingSafeEqual } from "node:crypto";
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

/** Whether the request carries the token of its session, which only our own pages can read. Pure. */
export function decideCsrf(headers: IncomingHttpHeaders, csrfToken: string): Decision {
  const header = headers["x-csrf-token"];
  const given = Buffer.from(typeof header === "string" ? header : "");
  const wanted = Buffer.from(csrfToken);
  const same = wanted.length > 0 && given.length === wanted.length && timingSafeEqual(given, wanted);
  return same ? allowed : denied("UNAUTHENTICATED", "csrf", { reason: "csrf" });
}
