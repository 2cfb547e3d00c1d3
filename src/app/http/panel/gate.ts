import type { Request, RequestHandler, Response } from "express";
import type { StaffActor } from "../../../contracts/index.js";
import { answerProblem } from "./answer-problem.js";
import type { StaffSessions } from "./staff-session.js";

/** The person whom the gate let through. */
export function actorOf(response: Response): StaffActor {
  const actor: unknown = response.locals["actor"];
  if (actor === undefined) throw new Error("A panel route was reached without passing the gate.");
  return actor as StaffActor;
}

/** Lets signed-in staff through. Nothing behind it runs, and no body is read, for anybody else. */
export function createGate(rootPath: string, staffSessions: StaffSessions): RequestHandler {
  return async (request, response, next) => {
    const actor = await staffSessions.find(request);
    if (actor) {
      response.locals["actor"] = actor;
      next();
    } else if (wantsPage(request)) response.redirect(303, `${rootPath}/login${nextOf(request)}`);
    else answerProblem(request, response, 401, "UNAUTHENTICATED", "You are signed out. Sign in again.");
  };
}

const wantsPage = (request: Request): boolean =>
  (request.method === "GET" || request.method === "HEAD") && !request.path.startsWith("/api");

function nextOf(request: Request): string {
  const path = `${request.baseUrl}${request.path}`;
  return request.path === "/" ? "" : `?next=${encodeURIComponent(path)}`;
}
