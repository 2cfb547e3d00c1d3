import express, { type Request, type Response, Router } from "express";
import type { PanelLogger } from "../../../resources/index.js";
import { ownPath } from "./own-path.js";
import type { createSignIn } from "./sign-in.js";
import { renderSignInPage } from "./sign-in-page.js";
import type { StaffSessions } from "./staff-session.js";

export interface SignInRoutesOptions {
  readonly rootPath: string;
  readonly styleUrl: string;
  readonly signIn: ReturnType<typeof createSignIn>;
  readonly staffSessions: StaffSessions;
  readonly logger: PanelLogger;
}

const wrong = "The e-mail address or the password is not right.";

/** The sign-in page and its form, and the way out. The only body that is read before the gate: 4 kB of form text. */
export function createSignInRoutes(options: SignInRoutesOptions): Router {
  const { rootPath, staffSessions, logger } = options;
  const router = Router();

  const page = (response: Response, status: number, shown: { next: unknown; email?: unknown; problem?: string }): void => {
    const email = typeof shown.email === "string" ? shown.email.slice(0, 254) : "";
    response
      .status(status)
      .type("html")
      .send(renderSignInPage({ rootPath, styleUrl: options.styleUrl, next: ownPath(rootPath, shown.next), email, problem: shown.problem }));
  };

  router.get("/login", async (request, response) => {
    if (await staffSessions.find(request)) response.redirect(303, ownPath(rootPath, request.query["next"]));
    else page(response, 200, { next: request.query["next"] });
  });

  router.post(
    "/login",
    express.urlencoded({ extended: false, limit: "4kb", parameterLimit: 10 }),
    async (request: Request, response: Response) => {
      const body = (request.body ?? {}) as Record<string, unknown>;
      const shown = { next: body["next"], email: body["email"] };
      const answer = await options.signIn(body, request.ip ?? "unknown");
      if (answer.kind === "limited") {
        const seconds = Math.max(1, Math.ceil(answer.retryAfterMs / 1000));
        logger.warn({ event: "panel.sign-in.limited" }, "too many sign-in attempts");
        response.set("Retry-After", String(seconds));
        page(response, 429, { ...shown, problem: `Too many attempts. Try again in ${inWords(seconds)}.` });
        return;
      }
      if (answer.kind === "denied") {
        logger.warn({ event: "panel.sign-in.denied" }, "a sign-in was denied");
        page(response, 401, { ...shown, problem: wrong });
        return;
      }
      await staffSessions.begin(request, response, answer.account);
      logger.info({ event: "panel.sign-in", userId: answer.account.id }, "a staff member signed in");
      response.redirect(303, ownPath(rootPath, body["next"]));
    },
  );

  router.post("/logout", async (request, response) => {
    await staffSessions.end(request, response);
    response.redirect(303, `${rootPath}/login`);
  });

  return router;
}

function inWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return seconds < 60 ? `${seconds} seconds` : `${minutes} minute${minutes === 1 ? "" : "s"}`;
}
