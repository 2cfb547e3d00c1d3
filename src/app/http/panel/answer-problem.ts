import type { Request, Response } from "express";

/** The request's id, as the request log made it. */
export const requestIdOf = (request: Request): string => {
  const { id } = request as Request & { id?: unknown };
  return typeof id === "string" || typeof id === "number" ? String(id) : "none";
};

/** A refusal as JSON: a code, a sentence, the request's id. Never a stack, never an unknown error's text. */
export function answerProblem(request: Request, response: Response, status: number, code: string, message: string): void {
  response
    .status(status)
    .type("application/json")
    .send(JSON.stringify({ error: { code, message, requestId: requestIdOf(request) }, notice: { type: "error", message } }));
}
