import type { JsonValue } from "../../sdk/src/protocol/index.js";
import type { BrokerRecords, CallOwner, CallSubject, Capability, CustomerActor, PageComposer, RateLimiter } from "../contracts/index.js";
import type { CallOrigin, ExecuteCall, ExecutedCall, ImageCall, PrepareCall, PreparedCall } from "./broker-call.js";
import { createConfirmations } from "./confirmation/create-confirmations.js";
import { decideGrant, decideSetting } from "./decide-scope.js";
import { decideOwnership, decidePlacement, decideVersion } from "./decide-widget.js";
import { denied, enforce, Refusal } from "./decision.js";
import { digestJson } from "./digest-json.js";
import type { ImageBody, ReceiveImage } from "./images/receive-image.js";
import type { CallTrace } from "./log-call.js";
import { parseParams } from "./parse-params.js";
import type { RunCapability } from "./run-capability.js";
import { takeCallRate, takeCustomerRate, takeWriteQuota } from "./take-rate.js";

export interface CallServices {
  readonly capabilities: ReadonlyMap<string, Capability>;
  readonly records: BrokerRecords;
  readonly composer: Pick<PageComposer, "isShown">;
  readonly limiter: RateLimiter;
  readonly confirmations: ReturnType<typeof createConfirmations>;
  readonly runCapability: RunCapability;
  readonly receiveImage: ReceiveImage;
}

/** A call that passed every check but those of its parameters. */
interface AdmittedCall {
  readonly capability: Capability;
  readonly owner: CallOwner;
  readonly subject: CallSubject;
}

function authenticate(origin: CallOrigin): CustomerActor {
  if (origin.customer === undefined) throw new Refusal(denied("UNAUTHENTICATED", "no_session"));
  return origin.customer;
}

function findCapability(services: CallServices, method: string, takesImage: boolean): Capability {
  const capability = services.capabilities.get(method);
  if (capability === undefined) throw new Refusal(denied("UNKNOWN_METHOD", "unknown_method"));
  if ((capability.takesImage === true) !== takesImage) throw new Refusal(denied("PROTOCOL", "wrong_door_for_method"));
  return capability;
}

/**
 * What must be so for a call, whatever the host page already checked: subscription and widget, version, place, grant, settings.
 * Read anew from the store each time: what was true at `prepare` may not be at `execute`.
 */
async function examine(
  services: CallServices,
  origin: CallOrigin,
  customer: CustomerActor,
  capability: Capability,
  trace: CallTrace,
): Promise<AdmittedCall> {
  const { subscriptionId, widgetId, versionId } = origin;
  const subject = await services.records.findCallSubject(customer.id, subscriptionId, widgetId);
  enforce(decideOwnership(subject, customer, subscriptionId));
  if (subject === undefined) throw new Refusal(denied("NOT_FOUND", "subject_absent"));
  trace.subject = { widgetId: subject.widget.id, versionId: subject.widget.version.id, subscriptionId };
  enforce(decideVersion(subject, versionId));
  enforce(decidePlacement(subject, (widget, context) => services.composer.isShown(widget, context)));
  enforce(decideGrant(subject, capability));
  enforce(decideSetting(subject, capability));
  const owner = { customerId: customer.id, customerName: customer.name, communityId: customer.communityId, subscriptionId, widgetId };
  return { capability, owner, subject };
}

/** Session, method, everything of `examine`, and the limits: the customer's before anything is looked up, the call's after. */
async function admit(services: CallServices, origin: CallOrigin, trace: CallTrace, takesImage: boolean): Promise<AdmittedCall> {
  const customer = authenticate(origin);
  enforce(await takeCustomerRate(services.limiter, customer.id));
  const capability = findCapability(services, origin.method, takesImage);
  trace.method = capability.id;
  const admitted = await examine(services, origin, customer, capability, trace);
  enforce(await takeCallRate(services.limiter, capability, admitted.owner, trace.phase === "prepare" ? "prepare" : "execute"));
  return admitted;
}

/** What a call is, for its idempotency key and its confirmation: the same digest is the same request. */
const digestCall = (call: AdmittedCall, params: unknown, image?: string) =>
  digestJson({ method: call.capability.id, owner: call.owner.subscriptionId, version: call.subject.widget.version.id, params, image });

/** What the customer has to be asked before `execute`, with a token for their "yes". Writes nothing. */
export async function prepareCall(services: CallServices, call: PrepareCall, trace: CallTrace): Promise<PreparedCall> {
  const admitted = await admit(services, call, trace, false);
  const params = parseParams(admitted.capability, call.params);
  if (!admitted.capability.confirms) throw new Refusal(denied("PROTOCOL", "needs_no_confirmation", { reason: "needs_no_confirmation" }));
  const confirmation = await services.confirmations.ask(admitted, params, digestCall(admitted, params), call.idempotencyKey);
  return { confirmation };
}

/** Does what a widget asked, once per idempotency key. */
export async function executeCall(services: CallServices, call: ExecuteCall, trace: CallTrace): Promise<ExecutedCall> {
  const admitted = await admit(services, call, trace, false);
  const params = parseParams(admitted.capability, call.params);
  const digest = digestCall(admitted, params);
  const confirmed = admitted.capability.confirms
    ? await services.confirmations.spend(admitted.owner, digest, call.idempotencyKey, call.confirmationToken)
    : undefined;
  enforce(await takeWriteQuota(services.limiter, admitted.owner.customerId));
  const done = await services.runCapability({
    ...admitted,
    requestId: call.requestId,
    key: call.idempotencyKey,
    digest,
    params,
    confirmed,
  });
  trace.replayed = done.replayed;
  return done;
}

/** The same for a call that carries an image: nothing of the body is read before every other check has passed. */
export async function executeImageCall(services: CallServices, call: ImageCall, body: ImageBody, trace: CallTrace): Promise<ExecutedCall> {
  const admitted = await admit(services, call, trace, true);
  const params = parseParams(admitted.capability, {} satisfies JsonValue);
  const received = await services.receiveImage(admitted.owner.customerId, body);
  const digest = digestCall(admitted, params, received.digest);
  const earlier = await services.records.findReply(admitted.owner, call.idempotencyKey, digest);
  trace.replayed = earlier !== undefined;
  if (earlier !== undefined) return { reply: earlier, replayed: true };
  const image = await received.verify(call.fileName);
  // A body may take most of a minute, and decoding waits its turn: whatever was taken away meanwhile is gone now.
  await examine(services, call, authenticate(call), admitted.capability, trace);
  const done = await services.runCapability({ ...admitted, requestId: call.requestId, key: call.idempotencyKey, digest, params, image });
  trace.replayed = done.replayed;
  return done;
}
