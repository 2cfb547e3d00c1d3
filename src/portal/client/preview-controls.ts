import { type ColorScheme, currentScheme } from "./widget-host.js";

/** Light, dark and width on preview pages. They need scripts, so they stay hidden until this runs. */
export function startPreviewControls(onScheme: (scheme: ColorScheme) => void): void {
  const controls = document.querySelector<HTMLElement>("[data-preview-controls]");
  if (!controls) return;
  controls.hidden = false;
  const main = document.getElementById("main");

  const press = (group: "scheme" | "width", value: string) => {
    for (const button of controls.querySelectorAll<HTMLElement>(`[data-${group}]`)) {
      button.setAttribute("aria-pressed", String(button.dataset[group] === value));
    }
  };
  press("scheme", currentScheme());
  controls.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("button") : null;
    const { scheme, width } = button?.dataset ?? {};
    if (scheme === "light" || scheme === "dark") {
      document.documentElement.dataset["theme"] = scheme;
      press("scheme", scheme);
      onScheme(scheme);
    }
    if (width !== undefined && main) {
      main.dataset["width"] = width;
      press("width", width);
    }
  });
}
