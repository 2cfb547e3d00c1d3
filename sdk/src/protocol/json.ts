import type { JsonValue } from "./errors.js";
import { limits } from "./limits.js";

export type JsonVerdict = { readonly ok: true; readonly value: JsonValue } | { readonly ok: false; readonly reason: "shape" | "size" };

/**
 * Says whether a structured clone is plain JSON within the limits. It never recurses deeper than `limits.paramsDepth`, never
 * calls into the value, and stops at the first excess, so a hostile value costs no more than an honest one.
 */
export function checkJson(value: unknown): JsonVerdict {
  const budget = { nodes: limits.paramsNodes, size: limits.paramsSize };
  const reason = visit(value, limits.paramsDepth, budget);
  return reason === undefined ? { ok: true, value: value as JsonValue } : { ok: false, reason };
}

function visit(value: unknown, depth: number, budget: { nodes: number; size: number }): "shape" | "size" | undefined {
  budget.nodes -= 1;
  budget.size -= typeof value === "string" ? value.length : 8;
  if (budget.nodes < 0 || budget.size < 0) return "size";
  if (value === null || typeof value === "string" || typeof value === "boolean") return undefined;
  if (typeof value === "number") return Number.isFinite(value) ? undefined : "shape";
  if (typeof value !== "object") return "shape";
  if (depth === 0) return "size";
  if (Array.isArray(value)) {
    // A sparse array may claim any length.
    if (value.length > budget.nodes) return "size";
    for (let index = 0; index < value.length; index++) {
      const reason = visit(value[index], depth - 1, budget);
      if (reason) return reason;
    }
    return undefined;
  }
  if (!isPlainObject(value)) return "shape";
  for (const key in value) {
    // A structured clone can carry an own property with this name; assigning it later would change a prototype.
    if (key === "__proto__") return "shape";
    budget.size -= key.length;
    const reason = visit(value[key], depth - 1, budget);
    if (reason) return reason;
  }
  return undefined;
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
