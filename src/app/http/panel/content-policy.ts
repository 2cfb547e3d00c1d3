import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { RequestHandler, Response } from "express";
import helmet from "helmet";

/** The nonce of this answer. Each page has its own, so a copied one is worth nothing. */
export const nonceOf = (response: Response): string => String(response.locals["nonce"]);

const nonceSource = (_request: IncomingMessage, response: ServerResponse): string => `'nonce-${nonceOf(response as Response)}'`;

/**
 * Headers of every panel answer: scripts and styles of our own or with the page's nonce, no third party anywhere, never in a
 * frame, never in a cache.
 */
export function createContentPolicy(options: { production: boolean; mediaSource: string }): RequestHandler[] {
  return [
    (_request, response, next) => {
      response.locals["nonce"] = randomBytes(18).toString("base64");
      response.set("Cache-Control", "no-store");
      next();
    },
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'", nonceSource],
          styleSrc: ["'self'", nonceSource],
          imgSrc: ["'self'", "data:", "blob:", options.mediaSource],
          fontSrc: ["'self'"],
          connectSrc: ["'self'"],
          frameSrc: ["'self'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
          objectSrc: ["'none'"],
        },
      },
      crossOriginEmbedderPolicy: false,
      crossOriginOpenerPolicy: { policy: "same-origin" },
      crossOriginResourcePolicy: { policy: "same-origin" },
      // Not "no-referrer": with that, browsers send `Origin: null` with our own forms.
      referrerPolicy: { policy: "same-origin" },
      xFrameOptions: { action: "deny" },
      strictTransportSecurity: options.production ? { maxAge: 31_536_000 } : false,
    }),
  ];
}
