import { useId } from "react";
import { type Choice, type FieldView, textOf } from "../panel-state.js";
import { AttributesField } from "./attributes-field.js";
import { ReferenceField } from "./reference-field.js";

export interface FieldProps {
  readonly field: FieldView;
  readonly value: unknown;
  readonly error: string | undefined;
  readonly choices?: readonly Choice[];
  readonly onChange: (value: unknown) => void;
}

/** One field of a form with its label, help and mistake, all tied together for screen readers. */
export function Field({ field, value, error, choices, onChange }: FieldProps) {
  const id = useId();
  const describedBy = [field.help ? `${id}-help` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ") || undefined;
  const common = {
    id,
    name: field.name,
    className: "v-input",
    "aria-describedby": describedBy,
    "aria-invalid": error ? true : undefined,
  } as const;
  const options = choices ?? field.choices ?? [];
  const notes = (
    <>
      {field.help && (
        <p className="v-help" id={`${id}-help`}>
          {field.help}
        </p>
      )}
      {error && (
        <p className="v-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </>
  );
  if (field.input === "flag")
    return (
      <div className="v-field">
        <label className="v-toggle">
          <input
            type="checkbox"
            role="switch"
            id={id}
            name={field.name}
            checked={value === true}
            aria-describedby={describedBy}
            onChange={(event) => onChange(event.target.checked)}
          />
          <span className="v-toggle__track" aria-hidden={true} />
          {field.label}
        </label>
        {notes}
      </div>
    );
  if (field.input === "checks") return <Checks field={field} options={options} value={value} notes={notes} onChange={onChange} />;
  return (
    <div className="v-field">
      <label htmlFor={id}>
        {field.label}
        {field.required && (
          <span className="v-required" aria-hidden={true}>
            *
          </span>
        )}
      </label>
      {field.input === "area" ? (
        <textarea {...common} rows={3} value={textOf(value)} onChange={(event) => onChange(event.target.value)} />
      ) : field.input === "lines" ? (
        <textarea
          {...common}
          rows={3}
          placeholder={field.placeholder ?? undefined}
          value={Array.isArray(value) ? value.join("\n") : textOf(value)}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : field.input === "choice" ? (
        <select {...common} value={textOf(value)} required={field.required} onChange={(event) => onChange(event.target.value)}>
          {!field.required || textOf(value) === "" ? <option value="">Choose …</option> : null}
          {options.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      ) : field.input === "reference" && field.reference !== null ? (
        <ReferenceField
          id={id}
          name={field.name}
          reference={field.reference}
          initial={textOf(value)}
          required={field.required}
          describedBy={describedBy}
          invalid={error !== undefined}
          onChange={onChange}
        />
      ) : field.input === "attributes" ? (
        <AttributesField id={id} value={value} onChange={onChange} />
      ) : field.input === "color" ? (
        <span className="v-color">
          <input
            type="color"
            id={id}
            name={field.name}
            value={textOf(value)}
            aria-describedby={describedBy}
            onChange={(event) => onChange(event.target.value)}
          />
          <code>{textOf(value)}</code>
        </span>
      ) : field.input === "time" ? (
        <input
          {...common}
          type="datetime-local"
          value={toLocal(textOf(value))}
          onChange={(event) => onChange(event.target.value === "" ? null : new Date(event.target.value).toISOString())}
        />
      ) : (
        <input
          {...common}
          type={field.input === "email" || field.input === "password" || field.input === "number" ? field.input : "text"}
          autoComplete={field.input === "password" ? "new-password" : "off"}
          placeholder={field.placeholder ?? undefined}
          required={field.required}
          value={textOf(value)}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {notes}
    </div>
  );
}

function Checks({
  field,
  options,
  value,
  notes,
  onChange,
}: {
  field: FieldView;
  options: readonly Choice[];
  value: unknown;
  notes: JSX.Element;
  onChange: (value: unknown) => void;
}) {
  const chosen = Array.isArray(value) ? value.map(textOf) : [];
  const toggle = (item: string) => onChange(chosen.includes(item) ? chosen.filter((other) => other !== item) : [...chosen, item]);
  return (
    <fieldset className="v-field">
      <legend>{field.label}</legend>
      {options.map((choice) => (
        <label key={choice.value} className="v-check">
          <input
            type="checkbox"
            name={field.name}
            value={choice.value}
            checked={chosen.includes(choice.value)}
            onChange={() => toggle(choice.value)}
          />{" "}
          {choice.label}
        </label>
      ))}
      {notes}
    </fieldset>
  );
}

/** An instant as the browser's date field wants it: local, to the minute. */
function toLocal(iso: string): string {
  const date = new Date(iso);
  if (iso === "" || Number.isNaN(date.getTime())) return "";
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
