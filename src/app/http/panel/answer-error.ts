import type { ErrorRequestHandler } from "express";
import { publicErrors } from "../../../../sdk/src/protocol/index.js";
import { errorStatus, VitrineError } from "../../../contracts/index.js";
import type { PanelLogger } from "../../../resources/index.js";
import { answerProblem, requestIdOf } from "./answer-problem.js";
import { BodyError } from "./read-body.js";

/** What nothing else caught: logged with its stack, answered without one. */
export function createErrorAnswer(logger: PanelLogger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    if (error instanceof BodyError) {
      answerProblem(request, response, error.status, error.code, error.message);
      return;
    }
    if (error instanceof VitrineError) {
      answerProblem(request, response, errorStatus[error.code], error.code, publicErrors[error.code].meaning);
      return;
    }
    const name = error instanceof Error ? error.name : "";
    if (name === "ForbiddenError") answerProblem(request, response, 403, "FORBIDDEN", "Your role does not allow this.");
    else if (name === "NotFoundError") answerProblem(request, response, 404, "NOT_FOUND", "It is not there.");
    else if (name === "ValidationError") answerProblem(request, response, 400, "INVALID_PARAMS", "Something in the request does not fit.");
    else if (isClientError(error)) answerProblem(request, response, 400, "MALFORMED", "The request could not be read.");
    else {
      logger.error({ err: error, requestId: requestIdOf(request) }, "a panel request failed");
      answerProblem(request, response, 500, "INTERNAL", "Something failed on the server. Quote the request id.");
    }
  };
}

/** Malformed requests that express itself refuses carry their 4xx status. */
function isClientError(error: unknown): boolean {
  return (
    typeof error === "object" &&
    error !== null &&
    "status" in error &&
    typeof error.status === "number" &&
    error.status >= 400 &&
    error.status < 500
  );
}
