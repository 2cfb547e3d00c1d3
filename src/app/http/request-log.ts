import { randomUUID } from "node:crypto";
import type { RequestHandler } from "express";
import type { Logger } from "pino";
import { pinoHttp } from "pino-http";
import { describeError } from "../quiet-errors.js";

const incomingId = /^[A-Za-z0-9_.-]{8,64}$/;

/**
 * One line per request with an id that also stands in the answer (`X-Request-Id`) and in every error. Query strings are left
 * out: they may carry signed links. No header is logged.
 */
export function createRequestLog(logger: Logger): RequestHandler {
  const middleware = pinoHttp({
    logger,
    genReqId: (request, response) => {
      const given = request.headers["x-request-id"];
      const id = typeof given === "string" && incomingId.test(given) ? given : randomUUID();
      response.setHeader("X-Request-Id", id);
      return id;
    },
    customLogLevel: (request, response, error) => {
      // "Not ready" is what the question is for, not a failure.
      if (request.url === "/readyz") return "debug";
      return error || response.statusCode >= 500 ? "error" : response.statusCode >= 400 ? "warn" : "debug";
    },
    // The serializers below see the things themselves, not what pino would have copied out of them.
    wrapSerializers: false,
    serializers: {
      req: (request: { id: string; method: string; url: string; originalUrl?: string }) => ({
        id: request.id,
        method: request.method,
        path: (request.originalUrl ?? request.url).split("?", 1)[0]?.slice(0, 200),
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
      err: describeError,
    },
  });
  return (request, response, next) => {
    middleware(request, response);
    next();
  };
}
