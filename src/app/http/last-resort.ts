import type { ErrorRequestHandler, RequestHandler } from "express";
import { errorStatus, toWireError, VitrineError } from "../../contracts/index.js";

const requestIdOf = ({ id }: { readonly id: unknown }): string | undefined => (typeof id === "string" ? id : undefined);

/** What nothing else answered. */
export const answerNotFound: RequestHandler = (request, response) => {
  response.status(404).json({ error: toWireError(new VitrineError("NOT_FOUND"), requestIdOf(request)) });
};

/** What nothing else caught: logged with its stack, answered without one. */
export const answerError: ErrorRequestHandler = (error: unknown, request, response, next) => {
  const clientStatus = clientErrorStatus(error);
  if (clientStatus === undefined && !(error instanceof VitrineError)) request.log.error({ err: error }, "unhandled error");
  if (response.headersSent) {
    next(error);
    return;
  }
  const wire = toWireError(clientStatus === undefined ? error : new VitrineError("PROTOCOL"), requestIdOf(request));
  response.status(clientStatus ?? errorStatus[wire.code]).json({ error: wire });
};

/** Malformed requests that express itself refuses (bad percent-encoding, bad JSON) carry their 4xx status. */
function clientErrorStatus(error: unknown): number | undefined {
  if (error instanceof VitrineError || typeof error !== "object" || error === null || !("status" in error)) return undefined;
  const { status } = error;
  return typeof status === "number" && status >= 400 && status < 500 ? status : undefined;
}
