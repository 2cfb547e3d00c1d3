import type { Mistakes, Values } from "../form/use-form.js";
import { panel } from "../panel-state.js";
import { Chip } from "../parts/chip.js";

interface Props {
  readonly values: Values;
  readonly mistakes: Mistakes;
  readonly onChange: (name: string, value: unknown) => void;
}

/** What the widget may do, in words. Nothing is granted unless it is ticked. */
export function ScopeChecks({ values, mistakes, onChange }: Props) {
  const chosen = Array.isArray(values["scopes"]) ? values["scopes"].map(String) : [];
  const scopes = panel.scopes.filter((scope) => scope.registered || chosen.includes(scope.name));
  const toggle = (name: string) => onChange("scopes", chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name]);
  return (
    <fieldset className="v-card v-form__group">
      <legend className="v-card__title">Scopes</legend>
      <p className="v-help">Grant only what the widget really uses.</p>
      {scopes.map((scope) => (
        <label key={scope.name} className="v-scope">
          <input
            type="checkbox"
            name="scopes"
            value={scope.name}
            checked={chosen.includes(scope.name)}
            onChange={() => toggle(scope.name)}
          />
          <span className="v-scope__text">
            <span className="v-scope__title">
              {scope.title} <code>{scope.name}</code> {scope.confirms && <Chip>Customer confirms</Chip>}{" "}
              {!scope.enabled && <Chip tone="warning">Switched off everywhere</Chip>}
            </span>
            <span className="v-help">{scope.allows}</span>
          </span>
        </label>
      ))}
      {scopes.length === 0 && <p className="v-none">No plugin offers a scope.</p>}
      {mistakes["scopes"] && <p className="v-error">{mistakes["scopes"]}</p>}
    </fieldset>
  );
}
