import type { RequestHandler } from "express";

/**
 * Headers of every answer of the app's origin, also of redirects, errors and health checks that no room dresses: nothing may be
 * sniffed, framed or run. Pages replace the policy by their own.
 */
export const baseHeaders: RequestHandler = (_request, response, next) => {
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  next();
};
