import { type ActionContext, AppError, type BaseRecord, NotFoundError, populator, type RecordJSON, ValidationError } from "adminjs";
import { type JsonObject, publicErrors } from "../../../sdk/src/protocol/index.js";
import { VitrineError } from "../../contracts/index.js";
import { SecureResource } from "../adapter/secure-resource.js";

export interface Answer {
  readonly record: RecordJSON;
  readonly notice?: { readonly type: "success" | "error"; readonly message: string };
  readonly redirectUrl?: string;
  readonly [extra: string]: unknown;
}

export function secureOf(context: Pick<ActionContext, "resource">): SecureResource {
  const resource: unknown = context.resource;
  if (!(resource instanceof SecureResource)) throw new NotFoundError("No such resource.", "panel");
  return resource;
}

export function recordOf(context: ActionContext): BaseRecord {
  if (!context.record) throw new NotFoundError("It is not there.", "panel");
  return context.record;
}

/** The record as it is now, for the answer. */
export async function freshRecord(context: ActionContext, id: string): Promise<RecordJSON> {
  const record = await context.resource.findOne(id, context);
  if (!record) throw new NotFoundError("It is not there any more.", "panel");
  const [shown = record] = await populator([record], context);
  return shown.toJSON(context.currentAdmin);
}

/** Runs a save; what does not fit comes back beside the record, for the form. Everything else is an error of the request. */
export async function saving(record: RecordJSON, save: () => Promise<Answer>): Promise<Answer> {
  try {
    return await save();
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    const message = error.baseError?.message ?? "Something does not fit.";
    return { record: { ...record, errors: error.propertyErrors, baseError: null }, notice: { type: "error", message } };
  }
}

/** An engine's refusal in words that staff can act on. */
export function explain(error: unknown): never {
  if (!(error instanceof VitrineError)) throw error;
  const details: JsonObject = error.details ?? {};
  const reason = typeof details["reason"] === "string" ? ` (${details["reason"]})` : "";
  throw new AppError(`${publicErrors[error.code].meaning}${reason}`, { code: error.code });
}
