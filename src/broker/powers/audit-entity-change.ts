import type { AttributeValue, JsonObject, JsonValue } from "../../../sdk/src/protocol/index.js";

/** What changed, as the feed stores it: name → { from, to }, `null` for absent. Pure. */
export function auditEntityChange(was: JsonObject, now: Readonly<Record<string, AttributeValue>>): JsonObject {
  const changes: [string, JsonValue][] = [];
  for (const name of new Set([...Object.keys(was), ...Object.keys(now)])) {
    const from = Object.hasOwn(was, name) ? (was[name] ?? null) : null;
    const to = Object.hasOwn(now, name) ? (now[name] ?? null) : null;
    if (JSON.stringify(from) !== JSON.stringify(to)) changes.push([name, { from, to }]);
  }
  return Object.fromEntries(changes);
}
