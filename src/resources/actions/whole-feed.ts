import { Equal, type FindOptionsWhere, In, LessThan } from "typeorm";
import type { ActivityItem } from "../../contracts/index.js";
import { Activity, type ActivitySource, Subscription, Widget } from "../../entities/index.js";
import { invalid } from "../adapter/where.js";

export interface WholeFeedItem extends ActivityItem {
  readonly subscriptionId: string | null;
  readonly subscriptionTitle: string | null;
}

interface Query {
  readonly action?: string | undefined;
  readonly source?: ActivitySource | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

/** One page of all activity, newest first, after the cursor: its cost does not grow with the page's number. */
export async function listEverything(query: Query): Promise<{ items: readonly WholeFeedItem[]; next: string | null }> {
  const same: FindOptionsWhere<Activity> = {
    ...(query.action === undefined ? {} : { action: Equal(query.action) }),
    ...(query.source === undefined ? {} : { source: Equal(query.source) }),
  };
  const cursor = query.before === undefined ? undefined : readCursor(query.before);
  const where = cursor
    ? [
        { ...same, createdAt: LessThan(cursor.createdAt) },
        { ...same, createdAt: Equal(cursor.createdAt), id: LessThan(cursor.id) },
      ]
    : same;
  const found = await Activity.find({ where, order: { createdAt: "desc", id: "desc" }, take: query.limit + 1 });
  const rows = found.slice(0, query.limit);
  const [widgets, subscriptions] = await Promise.all([
    Widget.find({ where: { id: In(ids(rows.map((row) => row.widgetId))) }, select: { id: true, name: true } }),
    Subscription.find({ where: { id: In(ids(rows.map((row) => row.subscriptionId))) }, select: { id: true, title: true } }),
  ]);
  const last = rows.at(-1);
  return {
    items: rows.map((row) => ({
      id: row.id,
      createdAt: row.createdAt,
      actorKind: row.actorKind,
      actorName: row.actorName,
      source: row.source,
      action: row.action,
      description: row.description,
      changes: row.changes,
      metadata: row.metadata,
      subscriptionId: row.subscriptionId,
      widgetName: widgets.find((widget) => widget.id === row.widgetId)?.name ?? null,
      subscriptionTitle: subscriptions.find((subscription) => subscription.id === row.subscriptionId)?.title ?? null,
    })),
    next: found.length > query.limit && last ? Buffer.from(`${last.createdAt.getTime()}_${last.id}`).toString("base64url") : null,
  };
}

const ids = (values: readonly (string | null)[]): string[] => [...new Set(values.filter((value): value is string => value !== null))];

function readCursor(text: string): { createdAt: Date; id: string } {
  const match = /^(\d{1,15})_([\w-]{1,36})$/.exec(Buffer.from(text, "base64url").toString("latin1"));
  if (!match?.[2]) throw invalid({ before: "There is no such page." });
  return { createdAt: new Date(Number(match[1])), id: match[2] };
}
