import { VitrineError } from "../contracts/index.js";

export interface Page<T> {
  readonly items: readonly T[];
  /** Pass as `before` for the next page; null at the end. */
  readonly next: string | null;
}

/** A place in a list that is ordered by time and id. The text is opaque to callers, so its form may change. */
export function readCursor(text: string): { createdAt: Date; id: string } {
  const match = /^(\d{1,15})_([\w-]{1,36})$/.exec(Buffer.from(text.slice(0, 120), "base64url").toString("latin1"));
  const createdAt = new Date(Number(match?.[1]));
  if (!match?.[2] || Number.isNaN(createdAt.getTime())) throw new VitrineError("INVALID_PARAMS", { reason: "before is not a cursor" });
  return { createdAt, id: match[2] };
}

/** `found` holds one item more than `limit` when there is a next page. */
export function toPage<T extends { readonly id: string; readonly createdAt: Date }>(found: readonly T[], limit: number): Page<T> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const more = found.length > limit && last !== undefined;
  return { items, next: more ? Buffer.from(`${last.createdAt.getTime()}_${last.id}`).toString("base64url") : null };
}
