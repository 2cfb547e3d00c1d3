import type { FormEvent, ReactNode } from "react";
import { useEffect, useRef } from "react";
import { Link } from "react-router-dom";
import type { FieldView } from "../panel-state.js";
import { Field } from "./field.js";
import { choicesFor, type Mistakes, type Values } from "./use-form.js";

interface Props {
  readonly fields: readonly FieldView[];
  readonly values: Values;
  readonly mistakes: Mistakes;
  readonly busy: boolean;
  readonly save: string;
  readonly cancel: string;
  readonly onChange: (name: string, value: unknown) => void;
  readonly onSubmit: () => void;
  readonly children?: ReactNode;
}

/** A form in groups. After a refusal the first wrong field gets the focus. */
export function RecordForm({ fields, values, mistakes, busy, save, cancel, onChange, onSubmit, children }: Props) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (Object.keys(mistakes).length > 0) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [mistakes]);
  const groups = [...new Set(fields.map((field) => field.group))];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  const loose = Object.entries(mistakes).filter(
    ([name]) => !fields.some((field) => field.name === name) && name !== "bundle" && name !== "scopes" && !name.startsWith("condition"),
  );
  return (
    <form ref={form} className="v-form" onSubmit={submit} noValidate>
      {loose.length > 0 && (
        <div className="v-alert v-alert--danger" role="alert">
          <span className="v-alert__mark" aria-hidden={true}>
            !
          </span>
          <span className="v-alert__text">{loose.map(([, message]) => message).join(" ")}</span>
        </div>
      )}
      {groups.map((group) => (
        <section key={group ?? ""} className="v-card v-form__group">
          {group && <h2 className="v-card__title">{group}</h2>}
          {fields
            .filter((field) => field.group === group)
            .map((field) => {
              const choices = choicesFor(field);
              return (
                <Field
                  key={field.name}
                  field={field}
                  value={values[field.name]}
                  error={mistakes[field.name]}
                  {...(choices ? { choices } : {})}
                  onChange={(value) => onChange(field.name, value)}
                />
              );
            })}
        </section>
      ))}
      {children}
      <div className="v-form__actions">
        <button type="submit" className="v-button v-button--primary" disabled={busy}>
          {busy && <span className="v-spinner v-spinner--small" aria-hidden={true} />} {save}
        </button>
        <Link className="v-button" to={cancel}>
          Cancel
        </Link>
      </div>
    </form>
  );
}
