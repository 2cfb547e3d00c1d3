import type { Column, ResourceDefinition, Row } from "../definition.js";

/** A row as it may leave the server: the readable columns and nothing else. */
export function toView(definition: ResourceDefinition, row: Row, derived: Row = {}): Record<string, unknown> {
  const view: Record<string, unknown> = { id: row["id"] };
  for (const column of definition.columns) view[column.name] = present(column, column.derived ? derived[column.name] : row[column.name]);
  return view;
}

/** What a reference to this row shows elsewhere: its name. */
export function toReferenceView(definition: ResourceDefinition, row: Row): Record<string, unknown> {
  return { id: row["id"], [definition.title]: row[definition.title] };
}

/**
 * Free-form JSON travels as text: records are flattened with dots on their way, which would tear keys with dots apart.
 */
function present(column: Column, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "object") return JSON.stringify(value);
  return column.kind === "flag" ? Boolean(value) : value;
}
