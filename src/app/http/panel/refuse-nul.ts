import type { RequestHandler } from "express";
import { answerProblem } from "./answer-problem.js";

/** A NUL character in an address means nothing to anybody, and PostgreSQL fails on it: refused before it is a filter or an id. */
export const refuseNul: RequestHandler = (request, response, next) => {
  if (request.originalUrl.includes("%00")) answerProblem(request, response, 400, "MALFORMED", "The request could not be read.");
  else next();
};
