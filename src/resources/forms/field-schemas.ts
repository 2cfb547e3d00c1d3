import { z } from "zod";

/** Values come from HTML forms and from JSON: numbers and booleans may be text. */

/** Control characters and those that turn the direction of text; line breaks and tabs are for the caller to judge. */
const controls = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;
const breaks = /[\r\n\t]/g;

/** One line of text: trimmed, without control and direction characters. */
export const line = (max: number, min = 1) =>
  z
    .string("Enter text.")
    .trim()
    .min(min, "This cannot be empty.")
    .max(max, `At most ${max} characters.`)
    .refine((text) => !controls.test(text), "Control characters are not allowed.");

export const paragraph = (max: number) =>
  z
    .string("Enter text.")
    .trim()
    .max(max, `At most ${max} characters.`)
    .refine((text) => !controls.test(text.replace(breaks, "")), "Control characters are not allowed.");

export const email = z
  .string("Enter an e-mail address.")
  .trim()
  .toLowerCase()
  .max(254, "At most 254 characters.")
  .pipe(z.email("Enter an e-mail address such as name@example.com."));

/** An empty password in an edit form keeps the old one. */
export const password = z.string("Enter a password.").min(10, "At least 10 characters.").max(256, "At most 256 characters.");
export const keepOrPassword = z.preprocess((value) => (value === "" || value === null ? undefined : value), password.optional());

export const flag = z.preprocess(
  (value) =>
    value === "true" || value === "on" || value === "1" ? true : value === "false" || value === "" || value === "0" ? false : value,
  z.boolean("Choose yes or no."),
);

const wholeText = /^-?\d{1,15}$/;
export const whole = (min: number, max: number) =>
  z.preprocess(
    (value) => (typeof value === "string" && wholeText.test(value.trim()) ? Number(value) : value),
    z.number("Enter a whole number.").int("Enter a whole number.").min(min, `At least ${min}.`).max(max, `At most ${max}.`),
  );

/** An instant; empty means none. */
export const optionalTime = z.preprocess(
  (value) => (value === "" || value === undefined ? null : typeof value === "string" ? new Date(value) : value),
  z
    .date("Enter a date and a time.")
    .refine((date) => date.getTime() > 0 && date.getTime() < 4_102_444_800_000, "Enter a date between 1970 and 2100.")
    .nullable(),
);

export const id = z.uuid("Choose one from the list.");

export const oneOf = (table: Readonly<Record<string, string>>) =>
  z.string("Choose one.").refine((value) => Object.hasOwn(table, value), "Choose one from the list.");

/** Names such as `dog`: what widgets compare with. */
export const word = (max: number) =>
  line(max).regex(/^[\p{L}\p{N}][\p{L}\p{N} _.-]*$/u, "Letters, digits, spaces, dots, dashes and underscores.");

/** A list that arrives as JSON text, as an array, or one per line. */
export const textList = (item: z.ZodType<string>, max: number) =>
  z.preprocess(
    (value) => {
      if (value === undefined || value === null || value === "") return [];
      if (typeof value !== "string") return value;
      if (value.trimStart().startsWith("[")) {
        try {
          return JSON.parse(value) as unknown;
        } catch {
          return value;
        }
      }
      return value
        .split(/[\n,]/)
        .map((entry) => entry.trim())
        .filter((entry) => entry !== "");
    },
    z
      .array(item, "Enter a list.")
      .max(max, `At most ${max} entries.`)
      .transform((items) => [...new Set(items)]),
  );

/** Entity attributes: flat scalars, the same shape that widgets may write. */
const attributeName = /^[\p{L}\p{N}_][\p{L}\p{N}_ .-]{0,59}$/u;
const forbiddenNames = new Set(["__proto__", "constructor", "prototype"]);
export const attributes = z.preprocess(
  (value) => {
    const given = value === undefined || value === null || value === "" ? {} : parseText(value);
    // The schema would silently drop this one name; the writer must be told.
    return typeof given === "object" && given !== null && Object.hasOwn(given, "__proto__") ? "not a record" : given;
  },
  z
    .record(
      z
        .string()
        .refine(
          (name) => attributeName.test(name) && !forbiddenNames.has(name),
          "Names are letters, digits, spaces, dots, dashes and underscores.",
        ),
      z.union([z.string().max(2000), z.number(), z.boolean(), z.null()], "Values are text, numbers, yes or no; nothing nested."),
      "Enter names with values.",
    )
    .refine((record) => Object.keys(record).length <= 100, "At most 100 attributes."),
);

function parseText(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
