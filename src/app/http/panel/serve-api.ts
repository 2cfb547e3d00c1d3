import type AdminJS from "adminjs";
import { Router as AdminRouter } from "adminjs";
import { type Request, type RequestHandler, type Response, Router } from "express";
import { actionShapes, isActionName, isResourceId, mayDo } from "../../../resources/index.js";
import { answerProblem } from "./answer-problem.js";
import { readQuery } from "./check-query.js";
import { actorOf } from "./gate.js";
import { BodyError, type createBodyReader } from "./read-body.js";

type Kind = "resource" | "record" | "bulk";
const methodOf = { resource: "resourceAction", record: "recordAction", bulk: "bulkAction" } as const;

interface ApiController {
  resourceAction(request: object, response: Response): Promise<unknown>;
  recordAction(request: object, response: Response): Promise<unknown>;
  bulkAction(request: object, response: Response): Promise<unknown>;
  dashboard(request: object, response: Response): Promise<unknown>;
}

/**
 * AdminJS's API, one door for each kind of action. The policy is asked before AdminJS sees the request: what a role may not
 * do, an action that does not exist, and a GET of something that changes data all end here.
 */
export function createApiRoutes(options: { admin: AdminJS; readBody: ReturnType<typeof createBodyReader> }): Router {
  const { admin, readBody } = options;
  const Controller = findController();
  const controllerFor = (response: Response) => {
    const { id, email, name, role } = actorOf(response);
    return new Controller({ admin }, { id, email, title: name, role });
  };

  const serve =
    (kind: Kind): RequestHandler =>
    async (request, response) => {
      const { resourceId, action } = request.params as { resourceId: string; action: string };
      const refusal = decide(kind, resourceId, action, request, response);
      if (refusal) {
        answerProblem(request, response, ...refusal);
        return;
      }
      const isPost = request.method === "POST";
      const query = readQuery(request, action);
      if (kind === "bulk") checkRecordIds(query["recordIds"]);
      const takesBundle = resourceId === "widgets" && (action === "new" || action === "replaceBundle");
      const payload = isPost ? await readBody(request, response, takesBundle) : {};
      const call = { params: { ...request.params }, query, payload, method: isPost ? "post" : "get" };
      send(request, response, await controllerFor(response)[methodOf[kind]](call, response));
    };

  const router = Router();
  router.all("/api/resources/:resourceId/actions/:action{/:query}", serve("resource"));
  router.all("/api/resources/:resourceId/records/:recordId/:action", serve("record"));
  router.all("/api/resources/:resourceId/bulk/:action", serve("bulk"));
  router.get("/api/dashboard", async (request, response) => {
    send(request, response, await controllerFor(response).dashboard({ params: {}, query: {}, payload: {}, method: "get" }, response));
  });
  // A plain link for people: the signed address expires within minutes, so it is made when it is followed.
  router.get("/preview/:versionId", async (request, response) => {
    if (!mayDo(actorOf(response).role, "widget-versions", "preview")) {
      answerProblem(request, response, 403, "FORBIDDEN", "Your role does not allow this.");
      return;
    }
    const params = { resourceId: "widget-versions", recordId: request.params.versionId, action: "preview" };
    const answer = await controllerFor(response).recordAction({ params, query: {}, payload: {}, method: "get" }, response);
    const { url } = answer as { url?: unknown };
    if (typeof url === "string") response.redirect(303, url);
    else send(request, response, answer);
  });
  router.use("/api", (request, response) => answerProblem(request, response, 404, "NOT_FOUND", "There is no such address."));
  return router;
}

function findController(): new (options: { admin: AdminJS }, actor: object) => ApiController {
  const found = AdminRouter.routes.find(({ action, path }) => action === "recordAction" && path.startsWith("/api"))?.Controller;
  return found;
}

type Refusal = readonly [status: number, code: string, message: string];

function decide(kind: Kind, resourceId: string, action: string, request: Request, response: Response): Refusal | undefined {
  const shape = isActionName(action) ? actionShapes[action] : undefined;
  if (!isResourceId(resourceId) || shape?.on !== kind) return [404, "NOT_FOUND", "There is no such action."];
  if (!mayDo(actorOf(response).role, resourceId, action)) return [403, "FORBIDDEN", "Your role does not allow this."];
  const allowed = request.method === "POST" ? shape.post : shape.get;
  if (!allowed) {
    response.set("Allow", shape.post && shape.get ? "GET, POST" : shape.post ? "POST" : "GET");
    return [405, "METHOD_NOT_ALLOWED", shape.post ? "This changes something: use POST." : "This only reads: use GET."];
  }
  return undefined;
}

function checkRecordIds(value: string | undefined): void {
  const ids = (value ?? "").split(",");
  if (ids.length > 100 || ids.some((id) => !/^[0-9a-fA-F-]{36}$/.test(id)))
    throw new BodyError(400, "INVALID_QUERY", "recordIds names up to 100 records.");
}

interface AdminAnswer {
  readonly notice?: { readonly type?: string };
  readonly record?: { readonly baseError?: { readonly type?: string } | null; readonly errors?: object };
  readonly report?: unknown;
}

/** AdminJS answers 200 to everything; callers get the status that fits. A rejected bundle is a result and stays 200. */
function send(_request: Request, response: Response, answer: unknown): void {
  const { notice, record, report } = (answer ?? {}) as AdminAnswer;
  if (notice?.type === "error" && report === undefined) response.status(statusOf(record));
  response.type("application/json").send(JSON.stringify(answer ?? {}, shorten));
}

/** AdminJS describes every action beside every record, 1.5 KB for each row. The panel knows them; their names are enough. */
function shorten(key: string, value: unknown): unknown {
  const isActions = (key === "recordActions" || key === "bulkActions") && Array.isArray(value);
  return isActions ? (value as readonly { readonly name?: string }[]).map((action) => action.name) : value;
}

function statusOf(record: AdminAnswer["record"]): number {
  switch (record?.baseError?.type) {
    case "ForbiddenError":
      return 403;
    case "NotFoundError":
      return 404;
    case "AppError":
      return 409;
    case "invalid":
      return 400;
    default:
      return 422;
  }
}
