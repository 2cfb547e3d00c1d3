import type { Request } from "express";
import { BodyError } from "./read-body.js";

const listKeys = new Set(["page", "perPage", "sortBy", "direction"]);
const feedKeys = new Set(["action", "source", "before"]);

/**
 * The query of a read, as plain text values. Unknown keys and repeated ones are refused: what AdminJS would make of them is
 * not for a caller to find out.
 */
export function readQuery(request: Request, action: string): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [key, value] of Object.entries(request.query)) {
    if (typeof value !== "string" || !isKnown(key, action)) throw bad(`The query parameter ${key.slice(0, 60)} does not fit.`);
    if (value.length > 500) throw bad("A query parameter is too long.");
    query[key] = value;
  }
  if (action === "list") {
    checkWhole(query, "page", 1, 1_000_000);
    checkWhole(query, "perPage", 1, 100);
    if (query["direction"] !== undefined && query["direction"] !== "asc" && query["direction"] !== "desc")
      throw bad("The direction is asc or desc.");
  }
  return query;
}

function isKnown(key: string, action: string): boolean {
  if (action === "list") return listKeys.has(key) || /^filters\.[A-Za-z]{1,60}(~~(from|to))?$/.test(key);
  if (action === "feed" || action === "feedAll") return feedKeys.has(key);
  return action === "bulkDelete" && key === "recordIds";
}

function checkWhole(query: Readonly<Record<string, string>>, name: string, min: number, max: number): void {
  const value = query[name];
  if (value === undefined) return;
  if (!/^\d{1,7}$/.test(value) || Number(value) < min || Number(value) > max) throw bad(`${name} is a whole number from ${min} to ${max}.`);
}

const bad = (message: string) => new BodyError(400, "INVALID_QUERY", message);
