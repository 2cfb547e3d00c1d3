import type { PlacedWidget } from "../contracts/index.js";
import type { Dialect } from "../entities/index.js";
import { jsonList } from "./json-list.js";
import type { Row } from "./statements.js";
import { readFlag, readJson, readNumber, readOptionalText, readText, readTime } from "./values.js";

/** Columns of a PlacedWidget; joins `widgets w`, `widget_versions v` (which version is the caller's choice) and `users u`. */
export const placedWidgetColumns = (dialect: Dialect): string => `
  w.id AS widget_id, w.community_id AS widget_community_id, w.name AS widget_name, w.description AS widget_description,
  w.runtime AS widget_runtime, w.destination AS widget_destination, w.condition_id AS widget_condition_id,
  w.condition_options AS widget_condition_options, w.active AS widget_active,
  v.id AS version_id, v.number AS version_number, v.created_at AS version_created_at, u.name AS version_created_by,
  ${jsonList(dialect, {
    fields: { name: "s.name", title: "s.title", allows: "s.allows", confirms: "s.confirms" },
    from: "grants g JOIN scopes s ON s.name = g.scope_name WHERE g.widget_id = w.id",
    orderBy: "s.name",
  })} AS widget_scopes`;

/** The scopes of the answer are those that were granted and exist in the catalogue, switched off or not. */
export function readPlacedWidget(row: Row): PlacedWidget {
  const scopes = readJson(row["widget_scopes"]) as { name: string; title: string; allows: string; confirms: boolean | number }[];
  return {
    id: readText(row["widget_id"]),
    communityId: readText(row["widget_community_id"]),
    name: readText(row["widget_name"]),
    description: readText(row["widget_description"]),
    runtime: readText(row["widget_runtime"]) as PlacedWidget["runtime"],
    destination: readText(row["widget_destination"]) as PlacedWidget["destination"],
    conditionId: readText(row["widget_condition_id"]),
    conditionOptions: readJson(row["widget_condition_options"]) as PlacedWidget["conditionOptions"],
    version: {
      id: readText(row["version_id"]),
      number: readNumber(row["version_number"]),
      createdAt: readTime(row["version_created_at"]),
      createdBy: readOptionalText(row["version_created_by"]),
    },
    scopes: scopes.map((scope) => ({ ...scope, confirms: readFlag(scope.confirms) })),
  };
}
