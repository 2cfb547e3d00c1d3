import { useId } from "react";
import type { Mistakes, Values } from "../form/use-form.js";
import { panel, textOf } from "../panel-state.js";

interface Props {
  readonly values: Values;
  readonly mistakes: Mistakes;
  readonly onChange: (name: string, value: unknown) => void;
}

/** When the widget shows: a condition that a plugin gives, with the few fields it asks for. */
export function Conditions({ values, mistakes, onChange }: Props) {
  const id = useId();
  const chosen = panel.conditions.find((condition) => condition.id === values["conditionId"]);
  const options = (
    typeof values["conditionOptions"] === "object" && values["conditionOptions"] !== null ? values["conditionOptions"] : {}
  ) as Record<string, unknown>;
  const error = mistakes["conditionOptions"] ?? mistakes["conditionId"];
  const setOption = (name: string, value: string) => onChange("conditionOptions", { ...options, [name]: value });
  return (
    <fieldset className="v-card v-form__group">
      <legend className="v-card__title">Shown when</legend>
      <div className="v-field">
        <label htmlFor={id}>Condition</label>
        <select
          className="v-input"
          id={id}
          name="conditionId"
          value={textOf(values["conditionId"])}
          onChange={(event) => {
            onChange("conditionId", event.target.value);
            onChange("conditionOptions", {});
          }}
        >
          {!chosen && <option value={textOf(values["conditionId"])}>Not available any more</option>}
          {panel.conditions.map((condition) => (
            <option key={condition.id} value={condition.id}>
              {condition.label}
            </option>
          ))}
        </select>
      </div>
      {chosen?.fields.map((field) => {
        const common = {
          className: "v-input",
          id: `${id}-${field.name}`,
          name: `conditionOptions.${field.name}`,
          value: textOf(options[field.name]),
          "aria-invalid": error ? true : undefined,
          "aria-describedby": error ? `${id}-error` : undefined,
        } as const;
        return (
          <div key={field.name} className="v-field">
            <label htmlFor={`${id}-${field.name}`}>{field.label}</label>
            {field.type === "select" ? (
              <select {...common} onChange={(event) => setOption(field.name, event.target.value)}>
                <option value="">Choose …</option>
                {(field.choices ?? []).map((choice) => (
                  <option key={choice.value} value={choice.value}>
                    {choice.label}
                  </option>
                ))}
              </select>
            ) : (
              <input
                {...common}
                type="text"
                placeholder={field.placeholder}
                onChange={(event) => setOption(field.name, event.target.value)}
              />
            )}
          </div>
        );
      })}
      {error && (
        <p className="v-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </fieldset>
  );
}
