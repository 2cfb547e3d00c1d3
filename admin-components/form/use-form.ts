import { useState } from "react";
import { type FieldView, panel, type RecordView, type ResourceView } from "../panel-state.js";
import { parseJson } from "../record/json-table.js";

export type Values = Readonly<Record<string, unknown>>;
export type Mistakes = Readonly<Record<string, string>>;

/** A record's values as its form edits them. */
export function startValues(fields: readonly FieldView[], record: RecordView | undefined): Values {
  return Object.fromEntries(
    fields.map((field) => {
      if (!record) return [field.name, field.initial];
      if (field.name === "scopes") return [field.name, parseJson(record.params["scopeNames"]) ?? []];
      const [head = "", ...rest] = field.name.split(".");
      const stored = parseJson(record.params[head]);
      if (rest.length > 0) return [field.name, (stored as Values | null)?.[rest.join(".")] ?? null];
      return [
        field.name,
        field.input === "password"
          ? ""
          : field.input === "checks" || field.input === "lines"
            ? (stored ?? [])
            : field.input === "attributes"
              ? stored
              : record.params[head],
      ];
    }),
  );
}

/** What is sent: everything that this form shows, as JSON keeps it. */
export function toPayload(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

export const mistakesOf = (record: RecordView | undefined): Mistakes =>
  Object.fromEntries(Object.entries(record?.errors ?? {}).map(([name, error]) => [name, error?.message ?? "Something does not fit."]));

export const fieldsFor = (resource: ResourceView, mode: "new" | "edit"): readonly FieldView[] =>
  resource.fields.filter((field) => field.on.includes(mode));

/** Choices that only the page knows: capabilities and scopes. */
export function choicesFor(field: FieldView) {
  if (field.name === "disabledCapabilities") return panel.capabilities.map(({ id, title }) => ({ value: id, label: `${title} (${id})` }));
  if (field.name === "scopeName")
    return panel.scopes.filter((scope) => scope.registered).map(({ name, title }) => ({ value: name, label: `${title} (${name})` }));
  return undefined;
}

export function useForm(start: Values) {
  const [values, setValues] = useState(start);
  const [mistakes, setMistakes] = useState<Mistakes>({});
  const [busy, setBusy] = useState(false);
  const set = (name: string, value: unknown) => {
    setValues((present) => ({ ...present, [name]: value }));
    setMistakes((present) => Object.fromEntries(Object.entries(present).filter(([other]) => other !== name && other !== "form")));
  };
  return { values, set, mistakes, setMistakes, busy, setBusy };
}
