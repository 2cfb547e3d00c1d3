import { type ActionContext, type ActionRequest, Filter, type RecordJSON } from "adminjs";
import type { Values } from "../definition.js";
import { type Answer, freshRecord, recordOf, saving, secureOf } from "./answer.js";

/** An empty record: what a form shows again when a new one was refused. */
function blank(payload: Values): RecordJSON {
  return {
    params: payload,
    populated: {},
    baseError: null,
    errors: {},
    id: "",
    title: "",
    recordActions: [],
    bulkActions: [],
  };
}

export async function createRecord(request: ActionRequest, _response: unknown, context: ActionContext): Promise<Answer> {
  const resource = secureOf(context);
  // Nothing of the payload is echoed: it may hold a password.
  return await saving(blank({}), async () => {
    const row = await resource.create(request.payload ?? {}, context);
    const id = String(row["id"]);
    return {
      record: await freshRecord(context, id),
      notice: { type: "success", message: `${resource.definition.one} created` },
      redirectUrl: context.h.recordActionUrl({ resourceId: resource.id(), recordId: id, actionName: "show" }),
    };
  });
}

export async function editRecord(request: ActionRequest, _response: unknown, context: ActionContext): Promise<Answer> {
  const resource = secureOf(context);
  const record = recordOf(context).toJSON(context.currentAdmin);
  if (request.method === "get") return { record };
  return await saving(record, async () => {
    await resource.update(record.id, request.payload ?? {}, context);
    return {
      record: await freshRecord(context, record.id),
      notice: { type: "success", message: `${resource.definition.one} saved` },
      redirectUrl: context.h.recordActionUrl({ resourceId: resource.id(), recordId: record.id, actionName: "show" }),
    };
  });
}

export async function deleteRecord(_request: ActionRequest, _response: unknown, context: ActionContext): Promise<Answer> {
  const resource = secureOf(context);
  const record = recordOf(context).toJSON(context.currentAdmin);
  return await saving(record, async () => {
    await resource.delete(record.id, context);
    return {
      record,
      notice: { type: "success", message: `${resource.definition.one} deleted` },
      redirectUrl: context.h.resourceUrl({ resourceId: resource.id() }),
    };
  });
}

/** One after the other: the first refusal stops, and the answer says how far it came. */
export async function deleteRecords(_request: ActionRequest, _response: unknown, context: ActionContext) {
  const resource = secureOf(context);
  const records = context.records ?? [];
  const json = records.map((record) => record.toJSON(context.currentAdmin));
  let done = 0;
  const outcome = await saving(json[0] ?? blank({}), async () => {
    for (const record of records) {
      await resource.delete(record.id(), context);
      done += 1;
    }
    return { record: json[0] ?? blank({}), notice: { type: "success", message: `${done} deleted` } };
  });
  const notice =
    outcome.notice?.type === "error"
      ? { type: "error", message: `${done} of ${records.length} deleted. ${outcome.notice.message}` }
      : outcome.notice;
  return { records: json, notice, redirectUrl: context.h.resourceUrl({ resourceId: resource.id() }) };
}

/** Records whose title contains the text: for choosing a reference. */
export async function searchRecords(request: ActionRequest, _response: unknown, context: ActionContext) {
  const resource = secureOf(context);
  const { title, searchIn = title, sort } = resource.definition;
  const text = (request.params.query ?? "").trim().slice(0, 100);
  const filter = new Filter(text === "" ? {} : { [searchIn]: text }, context.resource);
  const sortBy = resource.definition.columns.some((column) => column.name === searchIn && column.sort) ? searchIn : sort.by;
  const records = await resource.find(
    filter,
    { limit: 50, offset: 0, sort: { sortBy, direction: sortBy === sort.by ? sort.direction : "asc" } },
    context,
  );
  return { records: records.map((record) => record.toJSON(context.currentAdmin)) };
}
