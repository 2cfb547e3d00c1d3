import type { AttributeValue, JsonObject, JsonValue } from "../../../sdk/src/protocol/index.js";
import type { Confirmation } from "../../contracts/index.js";

const longestShown = 200;

/** Long text keeps its beginning and says how much there is, so that nothing is hidden silently. */
function show(value: JsonValue | undefined): string | null {
  if (value === undefined) return null;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (text.length <= longestShown) return text;
  const size = ` … (${text.length} characters)`;
  return text.slice(0, longestShown - size.length) + size;
}

/** Rows of what a whole replacement changes, removed attributes included. Pure. */
export function describeChange(was: JsonObject, now: Readonly<Record<string, AttributeValue>>): Confirmation["changes"] {
  // New names by the alphabet: the same request must read the same, in whatever order its keys came.
  const names = new Set([...Object.keys(was), ...Object.keys(now).sort()]);
  const read = (from: JsonObject, name: string) => (Object.hasOwn(from, name) ? from[name] : undefined);
  return [...names]
    .map((name) => ({ name, was: read(was, name), now: read(now, name) }))
    .filter((row) => JSON.stringify(row.was) !== JSON.stringify(row.now))
    .map((row) => ({ label: row.name, was: show(row.was), now: show(row.now) }));
}
