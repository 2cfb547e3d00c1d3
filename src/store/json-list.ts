import type { Dialect } from "../entities/index.js";

/**
 * A sub-select that gives a list of objects as one JSON value, so that a subject with its children is one round trip. `fields`
 * maps names to SQL; put names of json columns into `json`. All arguments are constants of this room, never input.
 */
export function jsonList(
  dialect: Dialect,
  list: { fields: Readonly<Record<string, string>>; json?: readonly string[]; from: string; orderBy: string },
): string {
  const sqlite = dialect === "sqlite";
  const pairs = Object.entries(list.fields).map(
    ([name, sql]) => `'${name}', ${sqlite && list.json?.includes(name) ? `json(${sql})` : sql}`,
  );
  const object = `${sqlite ? "json_object" : "json_build_object"}(${pairs.join(", ")})`;
  const aggregate = sqlite
    ? `json_group_array(${object} ORDER BY ${list.orderBy})`
    : `coalesce(json_agg(${object} ORDER BY ${list.orderBy}), '[]'::json)`;
  return `(SELECT ${aggregate} FROM ${list.from})`;
}
