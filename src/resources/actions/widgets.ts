import { type ActionContext, type ActionRequest, NotFoundError } from "adminjs";
import { Equal } from "typeorm";
import { Widget, WidgetVersion } from "../../entities/index.js";
import { actorOf } from "../adapter/actor.js";
import { deleteRow, updateRow } from "../adapter/write-rows.js";
import { namesOfStaff } from "../widget.js";
import { countFindings } from "../widget-version.js";
import { type Answer, explain, freshRecord, recordOf, saving, secureOf } from "./answer.js";
import { judged } from "./judged.js";
import { readBundle } from "./uploaded-bundle.js";

/**
 * Create widget: form and bundle in one request, and nothing half-made. The bundle is judged first; when it is rejected the
 * answer holds the findings and nothing was stored. Otherwise the widget is stored switched off, its first version is
 * published, and only then it is switched on.
 */
export async function createWidget(request: ActionRequest, _response: unknown, context: ActionContext): Promise<Answer> {
  const resource = secureOf(context);
  const { services, definition } = resource;
  const actor = actorOf(context);
  const payload = request.payload ?? {};
  const blank = { params: {}, populated: {}, baseError: null, errors: {}, id: "", title: "", recordActions: [], bulkActions: [] };
  return await saving(blank, async () => {
    const bundle = readBundle(payload);
    const wanted = await resource.check(payload, context);
    const report = await services.pipeline.judge({ fileName: bundle.fileName, bytes: bundle.bytes });
    if (report.verdict !== "publish") return rejected(judged(report));
    const row = await resource.create(payload, context);
    const widgetId = String(row["id"]);
    const undo = () => deleteRow(definition, services, actor, widgetId);
    const result = await services.publisher.publish({ widgetId, ...bundle, actor, activate: true }).catch(async (error: unknown) => {
      await undo();
      return explain(error);
    });
    if (!result.activated) {
      await undo();
      return rejected(judged(result.report));
    }
    if (wanted["active"] === true) await updateRow(definition, services, actor, widgetId, { active: true });
    return {
      record: await freshRecord(context, widgetId),
      notice: { type: "success", message: "Widget created" },
      report: judged(result.report),
      version: result.version,
      redirectUrl: context.h.recordActionUrl({ resourceId: resource.id(), recordId: widgetId, actionName: "show" }),
    };
  });

  function rejected(report: ReturnType<typeof judged>): Answer {
    return { record: blank, report, notice: { type: "error", message: "The bundle was rejected. The widget was not created." } };
  }
}

/** Replace bundle: a new version. Live when it is accepted; when it is rejected the old one stays live. */
export async function replaceBundle(request: ActionRequest, _response: unknown, context: ActionContext): Promise<Answer> {
  const record = recordOf(context).toJSON(context.currentAdmin);
  if (request.method === "get") return { record };
  const { services } = secureOf(context);
  return await saving(record, async () => {
    const bundle = readBundle(request.payload);
    const result = await services.publisher
      .publish({ widgetId: record.id, ...bundle, actor: actorOf(context), activate: true })
      .catch(explain);
    return {
      record: await freshRecord(context, record.id),
      report: judged(result.report),
      version: result.version,
      activated: result.activated,
      notice: result.activated
        ? { type: "success", message: `Version ${result.version.number} is live` }
        : { type: "error", message: "The bundle was rejected. The version that was live stays live." },
    };
  });
}

export async function activateVersion(request: ActionRequest, _response: unknown, context: ActionContext): Promise<Answer> {
  const { services } = secureOf(context);
  const record = recordOf(context).toJSON(context.currentAdmin);
  const versionId = String(request.payload?.["versionId"] ?? "");
  const version = await WidgetVersion.findOneBy({ id: Equal(versionId), widgetId: Equal(record.id) });
  if (!version) throw new NotFoundError("There is no such version of this widget.", "panel");
  await services.publisher.activate({ widgetId: record.id, versionId, actor: actorOf(context) }).catch(explain);
  return { record: await freshRecord(context, record.id), notice: { type: "success", message: `Version ${version.number} is active` } };
}

export async function switchActive(request: ActionRequest, _response: unknown, context: ActionContext): Promise<Answer> {
  const { services, definition } = secureOf(context);
  const record = recordOf(context).toJSON(context.currentAdmin);
  return await saving(record, async () => {
    const values = await secureOf(context).check({ active: request.payload?.["active"] ?? "" }, context, "edit");
    await updateRow(definition, services, actorOf(context), record.id, { active: values["active"] === true }).catch(
      secureOf(context).refuse,
    );
    return {
      record: await freshRecord(context, record.id),
      notice: { type: "success", message: values["active"] === true ? "Switched on" : "Switched off" },
    };
  });
}

/** The record page of a widget: its versions, newest first. */
export async function widgetOverview(_request: ActionRequest, _response: unknown, context: ActionContext): Promise<Answer> {
  const record = recordOf(context).toJSON(context.currentAdmin);
  const [widget, versions] = await Promise.all([
    Widget.findOneBy({ id: Equal(record.id) }),
    WidgetVersion.find({ where: { widgetId: Equal(record.id) }, order: { number: "desc" }, take: 50 }),
  ]);
  const names = await namesOfStaff(versions.map((version) => version.createdById));
  return {
    record,
    versions: versions.map((version) => ({
      id: version.id,
      number: version.number,
      verdict: version.verdict,
      active: version.id === widget?.activeVersionId,
      digest: version.digest,
      size: version.size,
      fileName: version.fileName,
      createdAt: version.createdAt.toISOString(),
      createdBy: version.createdById === null ? null : (names.get(version.createdById) ?? null),
      findings: countFindings(version.report),
    })),
  };
}

export async function versionReport(_request: ActionRequest, _response: unknown, context: ActionContext): Promise<Answer> {
  const record = recordOf(context).toJSON(context.currentAdmin);
  const version = await WidgetVersion.findOneByOrFail({ id: Equal(record.id) });
  return { record, report: judged(version.report) };
}

/** A link that shows this version with sample data. Only accepted versions can be framed. */
export async function versionPreview(_request: ActionRequest, _response: unknown, context: ActionContext): Promise<Answer> {
  const record = recordOf(context).toJSON(context.currentAdmin);
  if (record.params["verdict"] !== "publish") throw new NotFoundError("Only accepted versions can be previewed.", "panel");
  return { record, url: secureOf(context).services.previewLink(record.id) };
}
