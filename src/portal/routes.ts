import { randomUUID } from "node:crypto";
import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from "express";
import type { Logger } from "pino";
import { z } from "zod";
import { errorStatus, type FrameAddresses, type PortalRecords, type SessionStore, VitrineError } from "../contracts/index.js";
import { chooseEncoding, type PortalAssets } from "./assets.js";
import type { Authenticate, PortalSession } from "./authenticate.js";
import { isSameToken } from "./csrf-token.js";
import { createFormat } from "./format.js";
import type { Html } from "./html.js";
import { ownPath } from "./own-path.js";
import { pageHeaders } from "./page-headers.js";
import { isSameOrigin } from "./same-origin.js";
import type { SessionCookie } from "./session-cookie.js";
import type { Page, Shells } from "./shells.js";
import type { ShowPreview } from "./show-preview.js";
import type { ShowSubscription } from "./show-subscription.js";
import type { SignIn } from "./sign-in.js";
import { errorPage } from "./views/error-page.js";
import { layout } from "./views/layout.js";
import { signInPage } from "./views/sign-in-page.js";
import { subscriptionsPage } from "./views/subscriptions-page.js";

export interface RouteOptions {
  readonly records: PortalRecords;
  readonly sessions: SessionStore;
  readonly addresses: FrameAddresses;
  readonly assets: PortalAssets;
  readonly shells: Shells;
  readonly cookie: SessionCookie;
  readonly authenticate: Authenticate;
  readonly signIn: SignIn;
  readonly showSubscription: ShowSubscription;
  readonly showPreview: ShowPreview;
  readonly production: boolean;
  readonly appOrigin: string;
  readonly logger: Logger;
}

const recordId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const optionalText = (max: number) => z.string().max(max).optional().catch(undefined);
const pageQuery = z.object({ tab: optionalText(64), before: optionalText(200) });
const previewQuery = z.object({ community: optionalText(60), version: optionalText(64), token: optionalText(100), tab: optionalText(64) });

type SignedInHandler = (request: Request, response: Response, session: PortalSession) => Promise<void>;

/** Express in, pages out; every decision is made elsewhere. */
export function createPortalRoutes(options: RouteOptions): Router {
  const router = Router({ caseSensitive: true });
  const form = express.urlencoded({ extended: false, limit: "4kb", parameterLimit: 20 });

  function send(response: Response, page: Page): void {
    const mediaSources = [options.addresses.mediaSource];
    response.set(pageHeaders({ ...page, imageSources: mediaSources, production: options.production }));
    response.status(page.status).type("html").send(layout(page.shell, page.main));
  }

  const plain = (status: number, title: string, main: Page["main"]): Page => ({
    status,
    shell: options.shells.neutral(title),
    main,
    frameSources: [],
    framedBySelf: false,
  });

  const sendError = (request: Request, response: Response, status: number): void =>
    send(response, plain(status, "Error", errorPage(status, requestIdOf(request))));

  const sendFragment = (response: Response, fragment: Html | undefined): void => {
    response.set(pageHeaders({ frameSources: [], imageSources: [], framedBySelf: false, production: options.production }));
    response
      .status(fragment ? 200 : 404)
      .type("html")
      .send(fragment?.toString() ?? "");
  };

  /** Pages send a signed-out browser to the sign-in page; fragments answer 401, which the client turns into a calm notice. */
  const signedIn =
    (kind: "page" | "fragment", handler: SignedInHandler): RequestHandler =>
    async (request, response) => {
      const session = await options.authenticate(request);
      if (session) return handler(request, response, session);
      if (kind === "fragment") response.status(401).end();
      else response.redirect(303, `/portal/sign-in?${new URLSearchParams({ next: ownPath(request.originalUrl) }).toString()}`);
    };

  const fromOwnPage: RequestHandler = (request, response, next) => {
    if (isSameOrigin(request.headers, options.appOrigin)) next();
    else sendError(request, response, 403);
  };

  // Redirects and empty answers too; the files below say otherwise for themselves.
  router.use(["/portal", "/apps/gro/portal"], (_request, response, next) => {
    response.set({ "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" });
    next();
  });

  // --- files ---

  router.get("/portal/assets/:file", async (request, response, next) => {
    const asset = options.assets.find(request.path);
    if (!asset) return next();
    const encoding = chooseEncoding(request.headers["accept-encoding"]);
    const body = await asset.body(encoding);
    response.set({ ...asset.headers, "Content-Type": asset.contentType });
    if (encoding !== "identity") response.set("Content-Encoding", encoding);
    response.end(body);
  });

  router.get("/portal/brand/:community/:file", async (request, response, next) => {
    const community = recordId.safeParse(request.params["community"]);
    const style = community.success ? await options.shells.brandStyle(community.data, request.params["file"]) : undefined;
    if (!style) return next();
    response.set({
      "Cache-Control": style.current ? "public, max-age=31536000, immutable" : "no-store",
      "Cross-Origin-Resource-Policy": "same-origin",
      "X-Content-Type-Options": "nosniff",
    });
    response.type("css").send(style.css);
  });

  // --- signing in and out ---

  router.get("/portal/sign-in", async (request, response) => {
    if (await options.authenticate(request)) return response.redirect(303, ownPath(request.query["next"]));
    const page = { forms: await options.signIn.forms(), next: ownPath(request.query["next"]), message: null };
    send(response, plain(200, "Sign in", signInPage({ ...page, signedOut: request.query["out"] === "1" })));
  });

  router.post("/portal/sign-in", fromOwnPage, form, async (request, response) => {
    const answer = await options.signIn.attempt({
      body: request.body as unknown,
      address: request.ip ?? "",
      oldToken: options.cookie.read(request.headers),
    });
    const next = ownPath((request.body as { next?: unknown } | undefined)?.next);
    if (answer.kind === "signed-in") {
      response.append("Set-Cookie", options.cookie.set(answer.token));
      return response.redirect(303, next);
    }
    if (answer.kind === "limited") response.set("Retry-After", String(Math.max(1, Math.ceil(answer.retryAfterMs / 1000))));
    const message =
      answer.kind === "limited"
        ? "There were too many attempts. Wait a few minutes, then try again."
        : "That did not work. Check what you entered and try again.";
    const page = { forms: await options.signIn.forms(), next, message, signedOut: false };
    send(response, plain(answer.kind === "limited" ? 429 : 401, "Sign in", signInPage(page)));
  });

  router.post("/portal/sign-out", fromOwnPage, form, async (request, response) => {
    const session = await options.authenticate(request);
    const token = options.cookie.read(request.headers);
    if (session && !isSameToken(session.csrfToken, (request.body as { csrf?: unknown } | undefined)?.csrf)) {
      return sendError(request, response, 403);
    }
    if (token !== undefined) await options.sessions.destroy("customer", token);
    response.append("Set-Cookie", options.cookie.clear());
    response.redirect(303, "/portal/sign-in?out=1");
  });

  /** Asked when a tab comes back to the front: has the session ended meanwhile? */
  router.get(
    "/portal/session",
    signedIn("fragment", async (_request, response) => {
      response.status(204).end();
    }),
  );

  // --- pages ---

  router.get(
    "/portal",
    signedIn("page", async (_request, response, session) => {
      const { customer } = session;
      const [community, subscriptions] = await Promise.all([
        options.records.findCommunity(customer.communityId),
        options.records.listSubscriptions(customer.id),
      ]);
      if (!community) throw new VitrineError("NOT_FOUND");
      send(response, {
        status: 200,
        shell: {
          ...options.shells.branded("Your subscriptions", community),
          signedIn: { name: customer.name, csrfToken: session.csrfToken },
        },
        main: subscriptionsPage(customer.name, subscriptions, createFormat(community.locale, session.timeZone)),
        frameSources: [],
        framedBySelf: false,
      });
    }),
  );

  router.get(
    "/portal/subscriptions/:id",
    signedIn("page", async (request, response, session) => {
      const id = recordId.safeParse(request.params["id"]);
      const page = id.success
        ? await options.showSubscription.page(session, id.data, { tab: undefined, before: undefined, ...pageQuery.parse(request.query) })
        : undefined;
      if (page) send(response, page);
      else sendError(request, response, 404);
    }),
  );

  for (const part of ["overview", "activity"] as const) {
    router.get(
      `/portal/subscriptions/:id/${part}`,
      signedIn("fragment", async (request, response, session) => {
        const id = recordId.safeParse(request.params["id"]);
        const { before } = pageQuery.parse(request.query);
        sendFragment(response, id.success ? await options.showSubscription[part](session, id.data, before) : undefined);
      }),
    );
  }

  router.get(["/portal/preview", "/apps/gro/portal/preview"], async (request, response) => {
    const page = await options.showPreview(previewQuery.parse(request.query));
    if (page) send(response, page);
    else sendError(request, response, 404);
  });

  // --- whatever else was asked of the portal ---

  router.use(["/portal", "/apps/gro/portal"], (request, response, next) => {
    // Calls are answered by the broker, in JSON also when there is nothing.
    if (request.originalUrl.startsWith("/portal/api/")) next();
    else sendError(request, response, 404);
  });

  const failed: ErrorRequestHandler = (error: unknown, request, response, next) => {
    if (response.headersSent || !/^\/(portal|apps\/gro\/portal)(\/|$)/.test(request.path)) return next(error);
    const status = error instanceof VitrineError ? errorStatus[error.code] : (refusedStatus(error) ?? 500);
    if (status >= 500) options.logger.error({ err: error, requestId: requestIdOf(request) }, "portal request failed");
    sendError(request, response, status);
  };
  router.use(failed);
  return router;
}

/** The request's number: given by the request log when there is one. */
function requestIdOf(request: Request): string {
  const id: unknown = "id" in request ? request.id : undefined;
  return typeof id === "string" || typeof id === "number" ? String(id) : randomUUID();
}

/** Express marks what it refuses itself (bad encodings, oversized bodies) with a 4xx status. */
function refusedStatus(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null || !("status" in error)) return undefined;
  return typeof error.status === "number" && error.status >= 400 && error.status < 500 ? error.status : undefined;
}
