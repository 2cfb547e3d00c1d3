import type { PageRecords } from "../contracts/index.js";
import type { Database } from "./database.js";
import { placedWidgetColumns, readPlacedWidget } from "./placed-widgets.js";
import { select } from "./statements.js";

/** What pages show: live widgets of a community, and any accepted version for previews. */
export function createPageRecords(database: Database): PageRecords {
  const columns = placedWidgetColumns(database.dialect);
  const activeWidgets = `SELECT ${columns} FROM widgets w
    JOIN widget_versions v ON v.id = w.active_version_id AND v.widget_id = w.id AND v.verdict = 'publish'
    LEFT JOIN users u ON u.id = v.created_by_id
    WHERE w.community_id = $1 AND w.active = $2 ORDER BY w.name, w.id`;
  const previewWidget = `SELECT ${columns} FROM widget_versions v
    JOIN widgets w ON w.id = v.widget_id LEFT JOIN users u ON u.id = v.created_by_id
    WHERE v.id = $1 AND v.verdict = 'publish'`;
  return {
    async listActiveWidgets(communityId) {
      const rows = await select(database.read, activeWidgets, [communityId, true]);
      return rows.map(readPlacedWidget);
    },
    async findPreviewWidget(versionId) {
      const [row] = await select(database.read, previewWidget, [versionId]);
      return row && readPlacedWidget(row);
    },
  };
}
