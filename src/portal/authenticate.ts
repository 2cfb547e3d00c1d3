import type { IncomingHttpHeaders } from "node:http";
import type { CustomerActor, PortalRecords, SessionStore } from "../contracts/index.js";
import { createCsrfToken } from "./csrf-token.js";
import type { SessionCookie } from "./session-cookie.js";

/** A signed-in request. */
export interface PortalSession {
  readonly customer: CustomerActor & { readonly email: string };
  readonly sessionId: string;
  readonly csrfToken: string;
  readonly timeZone: string;
  readonly expiresAt: Date;
}

/**
 * Finds whose request this is: cookie → session → customer, the customer read anew each time so that a deactivated one is
 * out at once. undefined when any step fails. Does not compare a CSRF token: the caller does, where it changes something.
 */
export function createAuthenticate(options: { sessions: SessionStore; records: PortalRecords; cookie: SessionCookie; csrfKey: Buffer }) {
  return async (request: { readonly headers: IncomingHttpHeaders }): Promise<PortalSession | undefined> => {
    const token = options.cookie.read(request.headers);
    if (token === undefined) return undefined;
    const session = await options.sessions.find("customer", token);
    if (!session?.userId || session.expiresAt.getTime() <= Date.now()) return undefined;
    const customer = await options.records.findCustomer(session.userId);
    if (!customer) return undefined;
    const zone = session.data["timeZone"];
    return {
      customer,
      sessionId: session.id,
      csrfToken: createCsrfToken(options.csrfKey, session.id),
      timeZone: typeof zone === "string" ? zone : "UTC",
      expiresAt: session.expiresAt,
    };
  };
}

export type Authenticate = ReturnType<typeof createAuthenticate>;
