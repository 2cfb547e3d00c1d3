import { z } from "zod";
import type { AttributeValue } from "../../../sdk/src/protocol/index.js";

const longestText = 2000;
const longestName = 80;
const mostAttributes = 100;

/** Names that mean something to JavaScript objects; an attribute called so could only be an attack on a later reader. */
const forbiddenNames = new Set(["__proto__", "constructor", "prototype"]);
/** Control, format (bidi overrides, zero width) and unassigned characters: a name must read as what it is. */
const invisible = /\p{C}/u;

const value = z.union([z.string().max(longestText), z.number(), z.boolean(), z.null()], {
  error: `Must be text (at most ${longestText} characters), a finite number, true, false or null; nested values are not allowed`,
});

const isPlainName = (name: string) =>
  name.length > 0 && name.length <= longestName && name.trim() === name && !invisible.test(name) && !forbiddenNames.has(name);

/** Flat scalar attributes, the whole set: what is not named is removed. */
export const attributes: z.ZodType<Record<string, AttributeValue>> = z.record(z.string(), value).superRefine((record, context) => {
  const names = Object.keys(record);
  if (names.length > mostAttributes) context.addIssue({ code: "custom", message: `At most ${mostAttributes} attributes` });
  for (const name of names) {
    if (isPlainName(name)) continue;
    context.addIssue({ code: "custom", path: [name], message: `Attribute names are 1 to ${longestName} visible characters` });
  }
});
