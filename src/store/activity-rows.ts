import type { EntityManager } from "typeorm";
import type { JsonObject } from "../../sdk/src/protocol/index.js";
import type { ActivityItem } from "../contracts/index.js";
import type { ActivityActorKind, ActivitySource } from "../entities/index.js";
import { createId } from "./create-id.js";
import type { StatementValue } from "./database.js";
import { type Page, readCursor, toPage } from "./page-cursor.js";
import { affectedRows, type Row, select } from "./statements.js";
import { cutText, readJson, readOptionalText, readText, readTime, toJson } from "./values.js";

export interface NewActivity {
  readonly communityId: string | null;
  readonly subscriptionId: string | null;
  readonly actorKind: ActivityActorKind;
  readonly actorId: string | null;
  readonly actorName: string;
  readonly source: ActivitySource;
  readonly widgetId: string | null;
  readonly action: string;
  readonly description: string;
  readonly changes: JsonObject;
  readonly metadata: JsonObject;
  readonly requestId: string | null;
}

/** Adds one entry; there is no function that changes or removes one. */
export async function appendActivityRow(manager: EntityManager, entry: NewActivity): Promise<string> {
  const id = createId();
  await affectedRows(
    manager,
    `INSERT INTO activities (id, community_id, subscription_id, actor_kind, actor_id, actor_name, source, widget_id, action,
       description, changes, metadata, request_id, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      id,
      entry.communityId,
      entry.subscriptionId,
      entry.actorKind,
      entry.actorId,
      cutText(entry.actorName, 120),
      entry.source,
      entry.widgetId,
      entry.action,
      cutText(entry.description, 1000),
      toJson(entry.changes),
      toJson(entry.metadata),
      entry.requestId,
      new Date(),
    ],
  );
  return id;
}

/** An entry with its ids, for the panel. */
export interface FeedItem extends ActivityItem {
  readonly actorId: string | null;
  readonly widgetId: string | null;
  readonly requestId: string | null;
}

/** One page of entries that match `where` (SQL of this room over `activities a`, with its values), newest first. */
export async function listActivityRows(
  manager: EntityManager,
  where: string,
  values: readonly StatementValue[],
  page: { readonly before?: string | undefined; readonly limit: number },
): Promise<Page<FeedItem>> {
  const limit = Math.min(Math.max(Math.trunc(page.limit) || 1, 1), 100);
  const cursor = page.before === undefined ? undefined : readCursor(page.before);
  const older = cursor ? ` AND (a.created_at, a.id) < ($${values.length + 1}, $${values.length + 2})` : "";
  const bound = cursor ? [...values, cursor.createdAt, cursor.id] : values;
  const rows = await select(
    manager,
    `SELECT a.id, a.created_at, a.actor_kind, a.actor_id, a.actor_name, a.source, a.widget_id, w.name AS widget_name, a.action,
       a.description, a.changes, a.metadata, a.request_id
     FROM activities a LEFT JOIN widgets w ON w.id = a.widget_id
     WHERE ${where}${older} ORDER BY a.created_at DESC, a.id DESC LIMIT $${bound.length + 1}`,
    [...bound, limit + 1],
  );
  return toPage(rows.map(readActivity), limit);
}

function readActivity(row: Row): FeedItem {
  return {
    id: readText(row["id"]),
    createdAt: readTime(row["created_at"]),
    actorKind: readText(row["actor_kind"]),
    actorId: readOptionalText(row["actor_id"]),
    actorName: readText(row["actor_name"]),
    source: readText(row["source"]),
    widgetId: readOptionalText(row["widget_id"]),
    widgetName: readOptionalText(row["widget_name"]),
    action: readText(row["action"]),
    description: readText(row["description"]),
    changes: readJson(row["changes"]) as JsonObject,
    metadata: readJson(row["metadata"]) as JsonObject,
    requestId: readOptionalText(row["request_id"]),
  };
}
