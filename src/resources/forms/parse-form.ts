import type { StaffActor } from "../../contracts/index.js";
import { FormError, type FormField, type ResourceDefinition, type Values } from "../definition.js";

const nullMark = "__FORM_VALUE_NULL__";

/**
 * The values that this person may set, parsed; everything else in the payload is ignored. A missing field keeps its value in
 * an edit and is an error in a new record when it is required. Throws FormError with a message for each field.
 */
export function parseForm(definition: ResourceDefinition, mode: "new" | "edit", actor: StaffActor, payload: Values): Values {
  const values: Record<string, unknown> = {};
  const mistakes: Record<string, string> = {};
  for (const field of definition.fields) {
    if (!isWritable(field, mode, actor)) continue;
    const given = readField(payload, field);
    if (given === undefined && mode === "edit") continue;
    const parsed = field.schema.safeParse(given ?? field.initial);
    if (parsed.success) {
      if (parsed.data !== undefined) values[field.name] = parsed.data;
    } else {
      mistakes[field.name] = given === undefined || given === "" ? "This is required." : describe(parsed.error.issues);
    }
  }
  if (Object.keys(mistakes).length > 0) throw new FormError(mistakes);
  return values;
}

export function isWritable(field: FormField, mode: "new" | "edit", actor: Pick<StaffActor, "role">): boolean {
  return field.on.includes(mode) && (field.roles === undefined || field.roles.includes(actor.role));
}

/** A field by its name, or gathered from names below it: `attributes.weight` belongs to `attributes`. */
function readField(payload: Values, field: FormField): unknown {
  if (Object.hasOwn(payload, field.name)) {
    const value = payload[field.name];
    return value === nullMark ? null : value;
  }
  if (field.input === "attributes") return gather(payload, field.name);
  if (field.input === "checks" || field.input === "lines") {
    const gathered = gather(payload, field.name);
    return gathered === undefined ? undefined : Object.values(gathered);
  }
  // Inside a JSON column, when the whole column came as an object.
  const [head, ...rest] = field.name.split(".");
  const parent = head !== undefined && rest.length > 0 && Object.hasOwn(payload, head) ? payload[head] : undefined;
  const key = rest.join(".");
  return typeof parent === "object" && parent !== null && Object.hasOwn(parent, key) ? (parent as Values)[key] : undefined;
}

function gather(payload: Values, name: string): Record<string, unknown> | undefined {
  const below = Object.entries(payload).filter(([key]) => key.startsWith(`${name}.`));
  return below.length === 0 ? undefined : Object.fromEntries(below.map(([key, value]) => [key.slice(name.length + 1), value]));
}

function describe(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): string {
  return issues
    .slice(0, 3)
    .map((issue) => (issue.path.length > 0 ? `${issue.path.map(String).join(".").slice(0, 60)}: ${issue.message}` : issue.message))
    .join(" ");
}

/** The columns that parsed values stand for: `branding.logo_url` changes one key of the stored `branding`. */
export function toColumns(definition: ResourceDefinition, values: Values, stored: Values = {}): Record<string, unknown> {
  const columns: Record<string, unknown> = {};
  for (const field of definition.fields) {
    if (field.transient || !Object.hasOwn(values, field.name)) continue;
    const [head = field.name, ...rest] = field.name.split(".");
    if (rest.length === 0) {
      columns[head] = values[field.name];
      continue;
    }
    const base = (columns[head] ?? stored[head] ?? {}) as Values;
    columns[head] = { ...base, [rest.join(".")]: values[field.name] };
  }
  return columns;
}
