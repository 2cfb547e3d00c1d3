import { VitrineError } from "../contracts/index.js";
import type { CallOrigin } from "./broker-call.js";
import { Refusal } from "./decision.js";

/** The part of a pino logger that is used. */
export interface BrokerLogger {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Facts gathered while a call passes the steps. Ids are logged once they are known to be ours, never what a request claims. */
export interface CallTrace {
  readonly origin: Pick<CallOrigin, "requestId" | "customer">;
  readonly phase: "prepare" | "execute" | "image";
  readonly startedAt: number;
  method?: string;
  subject?: { readonly widgetId: string; readonly versionId: string; readonly subscriptionId: string };
  replayed?: boolean;
}

/** Our own failure, without the fields that database errors carry (the query's parameters are customer data). */
export function readFailure(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  return { name: error.name, message: error.message.slice(0, 500), stack: error.stack?.slice(0, 4000) };
}

/** One line per call: what was asked, what was decided, how long it took. No parameters, names, tokens or texts. */
export function logCall(logger: BrokerLogger, trace: CallTrace, now: number, error?: unknown): void {
  const expected = error === undefined || (error instanceof VitrineError && error.code !== "INTERNAL");
  const line = {
    event: "broker.call",
    requestId: trace.origin.requestId,
    phase: trace.phase,
    method: trace.method ?? null,
    customerId: trace.origin.customer?.id ?? null,
    ...trace.subject,
    outcome: error === undefined ? "OK" : error instanceof VitrineError ? error.code : "INTERNAL",
    ...(error instanceof Refusal ? { reason: error.reason } : {}),
    ...(trace.replayed === undefined ? {} : { replayed: trace.replayed }),
    durationMs: now - trace.startedAt,
  };
  if (expected) logger.info(line, "broker call");
  else logger.error({ ...line, failure: readFailure(error) }, "broker call failed");
}
