import type { IncomingHttpHeaders } from "node:http";

/** Seconds until a customer has to sign in again. */
export const sessionSeconds = 12 * 60 * 60;

/**
 * The portal's cookie. `Lax`, not `Strict`: a link in a mail to a subscription must find its customer signed in. What
 * `Strict` would add is covered elsewhere: no GET changes anything, and every POST passes the same-origin check.
 */
export function createSessionCookie(production: boolean) {
  // The prefix makes browsers refuse a copy that plain HTTP or a sibling host tries to plant. It needs HTTPS.
  const name = production ? "__Secure-vitrine_portal" : "vitrine_portal";
  const attributes = `; Path=/portal; HttpOnly; SameSite=Lax${production ? "; Secure" : ""}`;
  return {
    name,
    set: (token: string): string => `${name}=${token}; Max-Age=${sessionSeconds}${attributes}`,
    clear: (): string => `${name}=; Max-Age=0${attributes}`,
    /** The token of a request; undefined when it is absent, malformed, or sent twice. */
    read(headers: IncomingHttpHeaders): string | undefined {
      const tokens = (headers.cookie ?? "")
        .split(";")
        .map((pair) => pair.trim())
        .filter((pair) => pair.startsWith(`${name}=`))
        .map((pair) => pair.slice(name.length + 1));
      const [token] = tokens;
      return tokens.length === 1 && token !== undefined && /^[A-Za-z0-9_-]{16,512}$/.test(token) ? token : undefined;
    },
  };
}

export type SessionCookie = ReturnType<typeof createSessionCookie>;
