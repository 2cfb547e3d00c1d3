import { z } from "zod";
import type { JsonObject, JsonValue } from "../../../sdk/src/protocol/index.js";

const largestJson = 16 * 1024;
const mostChanges = 50;

const json: z.ZodType<JsonValue> = z.json();
const isSmall = (value: unknown) => Buffer.byteLength(JSON.stringify(value)) <= largestJson;
const tooLarge = `At most ${largestJson} bytes of JSON`;

const name = z.string().min(1).max(80);
/** Was and now may hold structured data; the renderers show it as text. */
const change = z.strictObject({ from: json.optional(), to: json.optional() }).transform(({ from = null, to = null }) => ({ from, to }));

const changes = z
  .record(name, change)
  .refine((record) => Object.keys(record).length <= mostChanges, `At most ${mostChanges} changes`)
  .refine(isSmall, tooLarge);

const metadata = (z.record(name, json) as z.ZodType<JsonObject>).refine(isSmall, tooLarge);

/**
 * What a widget may say. Strict: actor, source, customer or time are not the widget's to name, and an error tells the author
 * so where silence would let them believe it worked.
 */
export const entry = z.strictObject({
  action: z.string().min(1).max(200),
  description: z.string().max(1000).default(""),
  changes: changes.default({}),
  metadata: metadata.default({}),
});
