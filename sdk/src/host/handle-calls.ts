import { type FrameMessage, type HostMessage, limits, type WireError } from "../protocol/index.js";
import { createChangeNotice } from "./change-notice.js";
import { createCallDecider, type Decision } from "./decide-call.js";
import { createServerCalls } from "./server-calls.js";
import type { Answer, FromWorker, WorkerSettings } from "./worker-messages.js";

type Call = Extract<FrameMessage, { type: "call" }>;
type Allowed = Extract<Decision, { allow: true }>;

/** Calls that may wait behind the ones in flight. */
const queueLength = 24;

export interface CallHandler {
  call(message: Call): void;
  cancel(id: string): void;
  answer(id: string, answer: Answer): void;
}

/** From a parsed call to its reply: decide, ask the customer where the capability says so, send, answer. */
export function createCallHandler(
  settings: WorkerSettings,
  reply: (message: HostMessage) => void,
  tellPage: (message: FromWorker) => void,
): CallHandler {
  const decide = createCallDecider(settings);
  const server = createServerCalls(settings);
  const noteChange = createChangeNotice((method) => tellPage({ type: "changed", method }));
  const open = new Map<string, AbortController>();
  const queue: { id: string; method: string; decision: Allowed; controller: AbortController }[] = [];
  let inFlight = 0;
  let question: { readonly id: string; resolve?: (answer: Answer) => void } | undefined;

  const refuse = (id: string, error: Omit<WireError, "message">) =>
    reply({ v: 1, type: "reply", id, error: { ...error, message: error.code } });

  const confirm = async (id: string, method: string, { params }: Allowed, controller: AbortController) => {
    const { signal } = controller;
    const prepared = await server.prepare(method, params, controller);
    if (!prepared.ok) return prepared;
    reply({ v: 1, type: "hold", id, on: true });
    const answer = await new Promise<Answer>((resolve) => {
      question = { id, resolve };
      signal.addEventListener("abort", () => resolve("declined"));
      tellPage({ type: "confirm", id, request: prepared.value.request });
    });
    reply({ v: 1, type: "hold", id, on: false });
    if (signal.aborted) tellPage({ type: "withdraw", id });
    return answer === "confirmed" ? { ok: true as const, value: prepared.value.confirmed } : refusalOf(answer);
  };

  const run = async (id: string, method: string, decision: Allowed, controller: AbortController) => {
    if (decision.image) return server.upload(method, decision.image, controller);
    if (!decision.capability.confirms) return server.execute(method, decision.params, undefined, controller);
    const confirmed = await confirm(id, method, decision, controller);
    return confirmed.ok ? server.execute(method, decision.params, confirmed.value, controller) : confirmed;
  };

  const settle = async ({ id, method, decision, controller }: (typeof queue)[number]) => {
    const outcome = await run(id, method, decision, controller).catch(() => ({ ok: false as const, error: internal }));
    inFlight -= 1;
    if (question?.id === id) question = undefined;
    if (open.delete(id)) {
      if (outcome.ok) reply({ v: 1, type: "reply", id, data: outcome.value });
      else refuse(id, outcome.error);
    }
    if (outcome.ok) noteChange(method);
    next();
  };
  const next = () => {
    while (inFlight < limits.inFlight) {
      const item = queue.shift();
      if (!item) return;
      inFlight += 1;
      void settle(item);
    }
  };

  return {
    call({ id, method, ...rest }) {
      if (open.has(id)) return refuse(id, { code: "PROTOCOL", retryable: false });
      const decision = decide({ id, method, ...rest }, performance.now());
      if (!decision.allow) {
        const { code, retryable, details } = decision;
        return refuse(id, { code, retryable, ...(details ? { details } : {}) });
      }
      const asks = decision.capability.confirms;
      if (queue.length >= queueLength || (asks && question)) return refuse(id, rateLimited);
      if (asks) question = { id };
      const controller = new AbortController();
      open.set(id, controller);
      queue.push({ id, method, decision, controller });
      return next();
    },
    cancel(id) {
      const controller = open.get(id);
      if (!controller) return;
      open.delete(id);
      const waiting = queue.findIndex((item) => item.id === id);
      if (waiting >= 0) {
        queue.splice(waiting, 1);
        if (question?.id === id) question = undefined;
      }
      controller.abort();
    },
    answer(id, answer) {
      if (question?.id === id) question.resolve?.(answer);
    },
  };
}

const internal = { code: "INTERNAL", message: "INTERNAL", retryable: true } as const;
const rateLimited = { code: "RATE_LIMITED", retryable: true, details: { retryAfterMs: 1_000 } } as const;

function refusalOf(answer: Answer): { ok: false; error: WireError } {
  const error = answer === "busy" ? rateLimited : ({ code: "USER_CANCELLED", retryable: false } as const);
  return { ok: false, error: { ...error, message: error.code } };
}
