import { createHash } from "node:crypto";

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "object" || value === null) return value;
  // Entries as pairs: an own key `__proto__` stays data.
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return { o: entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, canonical(item)]) };
}

/** SHA-256 (hex) of a JSON value, the same for every order of keys. Pure. */
export function digestJson(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(canonical(value)) ?? "undefined")
    .digest("hex");
}
