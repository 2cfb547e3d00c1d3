import type { FrameInit } from "../protocol/index.js";

/** Language, colour scheme and branding are on the document before the bundle's first paint: no flash. */
export function applyBranding(init: FrameInit): void {
  const { documentElement } = document;
  documentElement.lang = init.locale;
  documentElement.style.colorScheme = init.colorScheme;
  documentElement.dataset["colorScheme"] = init.colorScheme;
  const { branding } = init;
  const properties = {
    "--gro-primary-color": branding.primary_color,
    "--gro-font-family": branding.font_family,
    "--gro-border-radius": branding.border_radius,
  };
  for (const [name, value] of Object.entries(properties)) documentElement.style.setProperty(name, value);
}
