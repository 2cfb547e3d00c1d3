import type { RequestHandler } from "express";
import { answerProblem } from "./answer-problem.js";

const safeMethods = new Set(["GET", "HEAD"]);
const methods = new Set(["GET", "HEAD", "POST"]);

/**
 * Refuses requests that change something unless they come from our own pages: browsers tell by `Sec-Fetch-Site` or `Origin`
 * with every POST, and pages cannot forge either. A request with neither is refused as well.
 */
export function createSameOriginCheck(appOrigin: string): RequestHandler {
  return (request, response, next) => {
    if (!methods.has(request.method)) {
      response.set("Allow", "GET, HEAD, POST");
      answerProblem(request, response, 405, "METHOD_NOT_ALLOWED", "The panel answers GET and POST only.");
      return;
    }
    if (safeMethods.has(request.method) || isOwn(request.get("sec-fetch-site"), request.get("origin"), appOrigin)) {
      next();
      return;
    }
    answerProblem(request, response, 403, "CROSS_SITE", "This request did not come from the panel's own pages.");
  };
}

function isOwn(site: string | undefined, origin: string | undefined, appOrigin: string): boolean {
  if (site === undefined && origin === undefined) return false;
  if (site !== undefined && site !== "same-origin") return false;
  return origin === undefined || origin === appOrigin;
}
