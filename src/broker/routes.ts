import { randomUUID } from "node:crypto";
import express, { type Request, type RequestHandler, type Response, type Router } from "express";
import { type CustomerActor, errorStatus, toWireError, VitrineError } from "../contracts/index.js";
import type { Broker } from "./create-broker.js";
import { createSlots } from "./create-slots.js";
import { denied, enforce, Refusal } from "./decision.js";
import { decideCsrf, decideSender } from "./http/decide-sender.js";
import { parseBody, parseImageQuery } from "./http/parse-body.js";
import { readDeclaredSize, readFileName, readIdempotencyKey, requireContentType, requireIdempotencyKey } from "./http/parse-headers.js";
import { dropRest, readBody } from "./http/read-body.js";
import { type BrokerLogger, readFailure } from "./log-call.js";

export interface BrokerRoutesOptions {
  readonly broker: Broker;
  /** The signed-in customer and the CSRF token of their session; undefined when nobody is signed in. */
  readonly authenticate: (request: Request) => Promise<{ readonly customer: CustomerActor; readonly csrfToken: string } | undefined>;
  /** The only origin whose pages may call. */
  readonly appOrigin: string;
  /** Hears of failures that come before a call is known; those of calls are the broker's to log. */
  readonly logger: Pick<BrokerLogger, "error">;
  /** The id under which the request is logged elsewhere; by default the request log's. */
  readonly requestId?: (request: Request) => string;
  /** Milliseconds for a whole body, however slowly it comes. */
  readonly deadlines?: { readonly json: number; readonly image: number };
}

const largestJson = 64 * 1024;
/** A page with ten widgets that use all of their in-flight calls stays below; 128 MiB of bodies in all. */
const mostCalls = { perCustomer: 100, inAll: 2_000 };

/** `POST /` and `POST /image`. Mount before any body parser: what is read, and when, is decided here. */
export function createBrokerRoutes(options: BrokerRoutesOptions): Router {
  const { broker, authenticate, appOrigin, logger, requestId = readRequestId, deadlines = { json: 10_000, image: 45_000 } } = options;
  const router = express.Router({ caseSensitive: true, strict: true });
  const withSlot = createSlots(mostCalls, "calls_in_flight");

  /** Refuses whoever is not a signed-in customer on a page of ours, before anything else is looked at. */
  async function receive(request: Request, id: string): Promise<CustomerActor> {
    enforce(decideSender(request.headers, appOrigin));
    const session = await authenticate(request).catch((error: unknown) => {
      logger.error({ event: "broker.session", requestId: id, failure: readFailure(error) }, "could not look a session up");
      throw error;
    });
    if (session === undefined) throw new Refusal(denied("UNAUTHENTICATED", "no_session"));
    enforce(decideCsrf(request.headers, session.csrfToken));
    return session.customer;
  }

  const answer =
    (handle: (request: Request, id: string) => Promise<object>): RequestHandler =>
    async (request, response) => {
      const id = requestId(request).slice(0, 64);
      prepareHeaders(response);
      try {
        response.status(200).json(await handle(request, id));
      } catch (error) {
        sendError(response, error, id);
      }
      dropRest(request, response);
    };

  const call = answer(async (request, id) => {
    const customer = await receive(request, id);
    requireContentType(request.headers, "application/json");
    const envelope = parseBody(await withSlot(customer.id, () => readBody(request, largestJson, deadlines.json)));
    const { phase, ...rest } = envelope;
    if (phase === "prepare") {
      const key = readIdempotencyKey(request.headers);
      return broker.prepare({ ...rest, customer, requestId: id, ...(key === undefined ? {} : { idempotencyKey: key }) });
    }
    const { confirmationToken, ...execute } = { confirmationToken: undefined, ...rest };
    const { reply } = await broker.execute({
      ...execute,
      customer,
      requestId: id,
      idempotencyKey: requireIdempotencyKey(request.headers),
      ...(confirmationToken === undefined ? {} : { confirmationToken }),
    });
    return { reply };
  });

  const image = answer(async (request, id) => {
    const customer = await receive(request, id);
    requireContentType(request.headers, "application/octet-stream");
    const search = request.originalUrl.includes("?") ? request.originalUrl.slice(request.originalUrl.indexOf("?")) : "";
    const target = parseImageQuery(search);
    const named = { fileName: readFileName(request.headers), idempotencyKey: requireIdempotencyKey(request.headers) };
    const { reply } = await broker.executeImage(
      { ...target, ...named, customer, requestId: id },
      { declaredSize: readDeclaredSize(request.headers), read: (limit) => readBody(request, limit, deadlines.image) },
    );
    return { reply };
  });

  const onlyPost: RequestHandler = (request, response) => {
    prepareHeaders(response);
    response.setHeader("Allow", "POST");
    response.status(405).json({ error: toWireError(new VitrineError("PROTOCOL", { reason: "http_method" }), requestId(request)) });
    dropRest(request, response);
  };

  router.route("/").post(call).all(onlyPost);
  router.route("/image").post(image).all(onlyPost);
  router.use(
    answer(async () => {
      throw new VitrineError("UNKNOWN_METHOD");
    }),
  );
  return router;
}

/** The request log's id, where there is one. */
function readRequestId(request: Request): string {
  const { id } = request as Request & { readonly id?: unknown };
  return typeof id === "string" && id !== "" ? id : randomUUID();
}

function prepareHeaders(response: Response): void {
  response.setHeader("Cache-Control", "no-store");
  response.setHeader("X-Content-Type-Options", "nosniff");
}

function sendError(response: Response, error: unknown, id: string): void {
  const wire = toWireError(error, id);
  const wait = wire.details?.["retryAfterMs"];
  if (wire.code === "RATE_LIMITED" && typeof wait === "number") response.setHeader("Retry-After", String(Math.ceil(wait / 1000)));
  response.status(errorStatus[wire.code]).json({ error: wire });
}
