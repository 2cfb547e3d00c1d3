import { combineStyles } from "@adminjs/design-system";
import { Router } from "express";
import { createAdmin, describePanel, type PanelServices } from "../../../resources/index.js";
import { createErrorAnswer } from "./answer-error.js";
import { answerProblem } from "./answer-problem.js";
import { createContentPolicy, nonceOf } from "./content-policy.js";
import { actorOf, createGate } from "./gate.js";
import { loadPanelAssets } from "./panel-assets.js";
import type { PanelOptions } from "./panel-options.js";
import { createBodyReader } from "./read-body.js";
import { refuseNul } from "./refuse-nul.js";
import { createPageRenderer } from "./render-page.js";
import { createSameOriginCheck } from "./same-origin.js";
import { createApiRoutes } from "./serve-api.js";
import { createPanelCookie } from "./session-cookie.js";
import { createSignIn } from "./sign-in.js";
import { createSignInRoutes } from "./sign-in-routes.js";
import { createStaffSessions } from "./staff-session.js";

/**
 * The panel's steps in their order. Every one may end a request; AdminJS's API is behind all of them, and nothing of AdminJS
 * answers anybody who has not passed the gate.
 */
export async function assemblePanel(options: PanelOptions): Promise<Router> {
  const { rootPath, appOrigin, production } = options;
  const { limiter, staff, ...engines } = options.services;
  const services: PanelServices = { ...engines, production };
  const assets = await loadPanelAssets(options.assetsFolder, rootPath);
  const cookie = createPanelCookie({ rootPath, secure: production || appOrigin.startsWith("https:") });
  const staffSessions = createStaffSessions({ sessions: options.services.sessions, staff, cookie });
  const signIn = createSignIn({ staff, limiter, passwords: services.passwords });
  const renderPage = createPageRenderer({ rootPath, assets, theme: combineStyles({}, {}) });

  const router = Router();
  router.use(createContentPolicy({ production, mediaSource: services.addresses.mediaSource }));
  router.use(refuseNul, assets.routes);
  router.use(createSameOriginCheck(appOrigin));
  router.use(createSignInRoutes({ rootPath, styleUrl: assets.url("panel.css"), signIn, staffSessions, logger: services.logger }));
  router.use(createGate(rootPath, staffSessions));
  router.use(createApiRoutes({ admin: createAdmin(rootPath, services), readBody: createBodyReader(services.maxBundleBytes) }));
  for (const page of [
    "/",
    "/resources/:resourceId",
    "/resources/:resourceId/actions/:action",
    "/resources/:resourceId/records/:recordId/:action",
  ])
    router.get(page, async (_request, response) => {
      const panel = await describePanel(actorOf(response), services);
      response.type("html").send(renderPage({ nonce: nonceOf(response), panel }));
    });
  router.use((request, response) => answerProblem(request, response, 404, "NOT_FOUND", "There is no such page."));
  router.use(createErrorAnswer(services.logger));
  return router;
}
