import type { ActivitySource } from "../entities/index.js";
import { type FeedItem, listActivityRows } from "./activity-rows.js";
import type { Database, StatementValue } from "./database.js";
import type { Page } from "./page-cursor.js";
import { select } from "./statements.js";
import { readText } from "./values.js";

export interface FeedFilter {
  readonly action?: string | undefined;
  readonly source?: ActivitySource | undefined;
  readonly before?: string | undefined;
  /** At most 100. */
  readonly limit: number;
}
export interface FeedAction {
  readonly action: string;
  readonly label: string;
}
export interface FeedRecords {
  /** A subscription's entries, newest first. */
  list(subscriptionId: string, filter: FeedFilter): Promise<Page<FeedItem>>;
  /** The distinct actions that exist, of one subscription or of all, grouped for the action filter. */
  listActions(subscriptionId?: string): Promise<{
    readonly widgets: readonly FeedAction[];
    readonly integrations: readonly FeedAction[];
    readonly other: readonly FeedAction[];
  }>;
}

const widgetPrefix = "widget_";

/** The panel's activity feed. */
export function createFeedRecords(database: Database): FeedRecords {
  return {
    list(subscriptionId, { action, source, before, limit }) {
      const values: StatementValue[] = [subscriptionId];
      let where = "a.subscription_id = $1";
      if (action !== undefined) where += ` AND a.action = $${values.push(action)}`;
      if (source !== undefined) where += ` AND a.source = $${values.push(source)}`;
      return listActivityRows(database.read, where, values, { before, limit });
    },

    async listActions(subscriptionId) {
      const where = subscriptionId === undefined ? "" : " WHERE subscription_id = $1";
      const rows = await select(
        database.read,
        // Widgets choose their actions' names: however many they make up, the others still have their place.
        `SELECT action, source FROM activities${where} GROUP BY action, source
         ORDER BY CASE WHEN substr(action, 1, 7) = 'widget_' THEN 1 ELSE 0 END, action, source LIMIT 1000`,
        subscriptionId === undefined ? [] : [subscriptionId],
      );
      const groups = {
        widgets: new Map<string, FeedAction>(),
        integrations: new Map<string, FeedAction>(),
        other: new Map<string, FeedAction>(),
      };
      for (const row of rows) {
        const action = readText(row["action"]);
        const widget = action.startsWith(widgetPrefix);
        const group = widget ? groups.widgets : row["source"] === "integration" ? groups.integrations : groups.other;
        group.set(action, { action, label: widget ? action.slice(widgetPrefix.length) : action });
      }
      return { widgets: [...groups.widgets.values()], integrations: [...groups.integrations.values()], other: [...groups.other.values()] };
    },
  };
}
