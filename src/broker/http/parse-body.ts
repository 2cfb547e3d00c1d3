import { z } from "zod";
import type { JsonValue } from "../../../sdk/src/protocol/index.js";
import { VitrineError } from "../../contracts/index.js";
import { findJsonFlaw, type JsonFlaw } from "./check-json-text.js";

const flawText: Readonly<Record<JsonFlaw["reason"], string>> = {
  depth: "Nested too deeply",
  duplicate_key: "The same key twice",
  forbidden_key: "This key is not allowed",
  unstorable_text: "Text with a NUL character or half a surrogate pair",
  number_range: "Not a finite number",
};

const id = z.string().min(1).max(64);
const target = { widgetId: id, versionId: id, subscriptionId: id, method: z.string().min(1).max(80) };

const params = z.custom<JsonValue>((value) => value !== undefined, "Missing");

const envelope = z.discriminatedUnion("phase", [
  z.strictObject({ phase: z.literal("prepare"), ...target, params }),
  z.strictObject({ phase: z.literal("execute"), ...target, params, confirmationToken: z.string().min(1).max(1024).optional() }),
]);
export type Envelope = z.output<typeof envelope>;

const protocol = (reason: string, more: { path?: string } = {}) => new VitrineError("PROTOCOL", { reason, ...more });

/** What is wrong inside `params` is the widget author's; what is wrong around them is the host's. */
function explain(flaw: JsonFlaw): VitrineError {
  const [root, ...rest] = flaw.path;
  if (root !== "params" || flaw.path.length < 2) return protocol(flaw.reason);
  return new VitrineError("INVALID_PARAMS", { issues: [{ path: rest.join(".").slice(0, 120), message: flawText[flaw.reason] }] });
}

/** A JSON body to a call. Throws PROTOCOL, or INVALID_PARAMS for what is wrong inside `params`; never repeats values. */
export function parseBody(bytes: Buffer): Envelope {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw protocol("utf8");
  }
  const flaw = findJsonFlaw(text);
  if (flaw) throw explain(flaw);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw protocol("json");
  }
  const parsed = envelope.safeParse(value);
  if (!parsed.success) throw protocol("envelope", { path: (parsed.error.issues[0]?.path ?? []).map(String).join(".") });
  return parsed.data;
}

const query = z.strictObject({ ...target });

/** The image call's query: each name once, no others. */
export function parseImageQuery(search: string): z.output<typeof query> {
  const pairs = [...new URLSearchParams(search)];
  if (new Set(pairs.map(([name]) => name)).size !== pairs.length) throw protocol("duplicate_key");
  const parsed = query.safeParse(Object.fromEntries(pairs));
  if (!parsed.success || pairs.some(([, value]) => value.includes("\0"))) throw protocol("query");
  return parsed.data;
}
