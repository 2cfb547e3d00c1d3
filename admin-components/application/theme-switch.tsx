import { useState } from "react";
import { Icon } from "../parts/icon.js";

const modes = [
  { value: "light", label: "Light", icon: "Sun" },
  { value: "system", label: "As the system", icon: "Monitor" },
  { value: "dark", label: "Dark", icon: "Moon" },
] as const;
type Mode = (typeof modes)[number]["value"];

const present = (): Mode => {
  const { theme } = document.documentElement.dataset;
  return theme === "light" || theme === "dark" ? theme : "system";
};

function apply(mode: Mode): void {
  if (mode === "system") {
    delete document.documentElement.dataset["theme"];
    localStorage.removeItem("vitrine-theme");
  } else {
    document.documentElement.dataset["theme"] = mode;
    localStorage.setItem("vitrine-theme", mode);
  }
}

/** Light, dark, or as the system has it; remembered in this browser. */
export function ThemeSwitch() {
  const [mode, setMode] = useState<Mode>(present);
  const choose = (next: Mode) => {
    setMode(next);
    apply(next);
  };
  return (
    <fieldset className="v-switch">
      <legend className="v-sr">Colours</legend>
      {modes.map(({ value, label, icon }) => (
        <label key={value} title={label} className={mode === value ? "v-switch__item v-switch__item--on" : "v-switch__item"}>
          <input type="radio" name="theme" className="v-sr" checked={mode === value} onChange={() => choose(value)} aria-label={label} />
          <Icon name={icon} size={14} />
        </label>
      ))}
    </fieldset>
  );
}
