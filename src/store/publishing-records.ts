import type { EntityManager } from "typeorm";
import { type NewVersion, type PublishingRecords, type VersionRecord, VitrineError } from "../contracts/index.js";
import { appendActivityRow } from "./activity-rows.js";
import { createId } from "./create-id.js";
import type { Database } from "./database.js";
import { affectedRows, type Row, rowLock, select } from "./statements.js";
import { cutText, readJson, readNumber, readOptionalText, readText, readTime, toJson } from "./values.js";

const versionColumns = "id, widget_id, number, digest, size, file_name, format, verdict, report, created_at";

/** Versions and the pointer to the live one. A version row never changes. */
export function createPublishingRecords(database: Database): PublishingRecords {
  /** Holds the widget until the end of the transaction: numbers have no gaps and the pointer moves once at a time. */
  async function lockWidget(manager: EntityManager, widgetId: string) {
    const [row] = await select(
      manager,
      `SELECT w.community_id, w.name, w.active_version_id FROM widgets w WHERE w.id = $1${rowLock(database)}`,
      [widgetId],
    );
    if (!row) throw new VitrineError("NOT_FOUND", { what: "widget" });
    return {
      communityId: readText(row["community_id"]),
      name: readText(row["name"]),
      activeVersionId: readOptionalText(row["active_version_id"]),
    };
  }

  return {
    recordVersion: (version) =>
      database.transaction(async (manager) => {
        const widget = await lockWidget(manager, version.widgetId);
        const record = await insertVersion(manager, version);
        const activated = version.activate && version.report.verdict === "publish";
        if (activated) await pointTo(manager, version.widgetId, record.id);
        await append(manager, version.actor, {
          communityId: widget.communityId,
          widgetId: version.widgetId,
          action: record.verdict === "reject" ? "version_rejected" : "version_uploaded",
          description: `${widget.name}: version ${record.number} was ${record.verdict === "reject" ? "rejected" : "accepted"}${activated ? " and made live" : ""}.`,
          changes: activated ? { activeVersion: { from: await numberOf(manager, widget.activeVersionId), to: record.number } } : {},
          metadata: { version: record.number, fileName: record.fileName, digest: record.digest, verdict: record.verdict },
        });
        return { version: record, activated };
      }),

    activateVersion: ({ widgetId, versionId, actor }) =>
      database.transaction(async (manager) => {
        const widget = await lockWidget(manager, widgetId);
        const [row] = await select(manager, "SELECT number, verdict FROM widget_versions WHERE id = $1 AND widget_id = $2", [
          versionId,
          widgetId,
        ]);
        if (!row) throw new VitrineError("NOT_FOUND", { what: "version" });
        if (row["verdict"] !== "publish") throw new VitrineError("CONFLICT", { reason: "version was rejected" });
        if (widget.activeVersionId === versionId) return;
        const number = readNumber(row["number"]);
        await pointTo(manager, widgetId, versionId);
        await append(manager, actor, {
          communityId: widget.communityId,
          widgetId,
          action: "version_activated",
          description: `${widget.name}: version ${number} was made live.`,
          changes: { activeVersion: { from: await numberOf(manager, widget.activeVersionId), to: number } },
          metadata: { version: number },
        });
      }),

    async findVersion(versionId) {
      const [row] = await select(database.read, `SELECT ${versionColumns} FROM widget_versions WHERE id = $1`, [versionId]);
      return row && readVersion(row);
    },
  };
}

async function insertVersion(manager: EntityManager, version: NewVersion): Promise<VersionRecord> {
  const [row] = await select(manager, "SELECT coalesce(max(number), 0) + 1 AS next FROM widget_versions WHERE widget_id = $1", [
    version.widgetId,
  ]);
  const record: VersionRecord = {
    id: createId(),
    widgetId: version.widgetId,
    number: readNumber(row?.["next"]),
    digest: version.digest,
    size: version.size,
    fileName: cutText(version.fileName, 200),
    format: version.format,
    verdict: version.report.verdict,
    report: version.report,
    createdAt: new Date(),
  };
  await affectedRows(
    manager,
    `INSERT INTO widget_versions (${versionColumns}, created_by_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      record.id,
      record.widgetId,
      record.number,
      record.digest,
      record.size,
      record.fileName,
      record.format,
      record.verdict,
      toJson(record.report),
      record.createdAt,
      version.actor.kind === "staff" ? version.actor.id : null,
    ],
  );
  return record;
}

const pointTo = (manager: EntityManager, widgetId: string, versionId: string) =>
  affectedRows(manager, "UPDATE widgets SET active_version_id = $1, updated_at = $2 WHERE id = $3", [versionId, new Date(), widgetId]);

async function numberOf(manager: EntityManager, versionId: string | null): Promise<number | null> {
  if (versionId === null) return null;
  const [row] = await select(manager, "SELECT number FROM widget_versions WHERE id = $1", [versionId]);
  return row ? readNumber(row["number"]) : null;
}

type Entry = Pick<Parameters<typeof appendActivityRow>[1], "communityId" | "widgetId" | "action" | "description" | "changes" | "metadata">;

const append = (manager: EntityManager, actor: NewVersion["actor"], entry: Entry) =>
  appendActivityRow(manager, {
    ...entry,
    subscriptionId: null,
    actorKind: actor.kind,
    actorId: actor.kind === "staff" ? actor.id : null,
    actorName: actor.name,
    source: actor.kind === "staff" ? "panel" : "system",
    requestId: null,
  });

function readVersion(row: Row): VersionRecord {
  return {
    id: readText(row["id"]),
    widgetId: readText(row["widget_id"]),
    number: readNumber(row["number"]),
    digest: readText(row["digest"]),
    size: readNumber(row["size"]),
    fileName: readText(row["file_name"]),
    format: readText(row["format"]) as VersionRecord["format"],
    verdict: row["verdict"] === "publish" ? "publish" : "reject",
    report: readJson(row["report"]) as VersionRecord["report"],
    createdAt: readTime(row["created_at"]),
  };
}
