import { z } from "zod";
import type { Branding } from "../../sdk/src/protocol/index.js";
import { contrast, mix, parseColour, type Rgb, readableOn, readableText, toHex } from "./colour.js";

/** A community's look after checking: nothing in it can leave the CSS value it stands in. */
export interface Theme {
  /** What frames receive as `window.gro.branding`. */
  readonly branding: Branding;
  /** A style sheet of custom properties, light and dark. */
  readonly css: string;
}

const text = z.string().catch("");
const stored = z
  .object({ primary_color: text, font_family: text, border_radius: text, logo_url: text })
  .catch({ primary_color: "", font_family: "", border_radius: "", logo_url: "" });

const fallbackColour: Rgb = [79, 70, 229];
const systemFonts = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const genericFonts = new Set(["serif", "sans-serif", "monospace", "system-ui", "ui-sans-serif", "ui-serif", "ui-rounded", "ui-monospace"]);

/** The surfaces that accent-coloured text stands on, darkest and lightest of each scheme. */
const lightSurfaces: readonly Rgb[] = [
  [255, 255, 255],
  [241, 243, 247],
];
const darkSurfaces: readonly Rgb[] = [
  [13, 16, 22],
  [33, 38, 48],
];

/** Family names of letters, digits, spaces and dashes, quoted; everything else (quotes, braces, `url(…)`) is dropped. */
export function safeFontFamily(value: string): string {
  const families = value
    .slice(0, 300)
    .split(",")
    .map((family) => family.trim().replace(/^(["'])(.*)\1$/, "$2"))
    .filter((family) => /^[\p{L}\p{N}][\p{L}\p{N} _-]{0,49}$/u.test(family) || family === "-apple-system")
    .slice(0, 6)
    .map((family) => (genericFonts.has(family) || family === "-apple-system" ? family : `"${family}"`));
  return [...families, systemFonts].join(", ");
}

/** A length between 0 and 24 px. */
export function safeRadius(value: string): string {
  const match = /^(\d{1,3}(?:\.\d{1,3})?)(px|rem|em)?$/.exec(value.trim());
  if (!match) return "8px";
  const pixels = Number(match[1]) * (match[2] === "rem" || match[2] === "em" ? 16 : 1);
  return `${Math.min(24, pixels)}px`;
}

function tokens(primary: Rgb, surfaces: readonly Rgb[], dark: boolean): string {
  const text = readableOn(primary, surfaces, dark);
  const base = surfaces[dark ? 1 : 0] as Rgb;
  // A fill that nearly equals the page is given an edge in the readable shade, so that a button stays a button.
  const edge = contrast(primary, base) >= 3 ? primary : text;
  return [
    `--accent: ${toHex(primary)}`,
    `--accent-ink: ${readableText(primary)}`,
    `--accent-hover: ${toHex(mix(primary, readableText(primary) === "#ffffff" ? [0, 0, 0] : [255, 255, 255], 0.1))}`,
    `--accent-edge: ${toHex(edge)}`,
    `--accent-text: ${toHex(text)}`,
    `--accent-soft: rgb(${primary.join(" ")} / ${dark ? "0.2" : "0.1"})`,
    `--accent-glow: rgb(${primary.join(" ")} / ${dark ? "0.14" : "0.08"})`,
  ].join("; ");
}

/** Checks a community's branding and derives colours that are readable (WCAG AA) in light and dark. */
export function createTheme(branding: unknown, isAllowedLogo: (url: string) => boolean): Theme {
  // Stored JSON that people edit: any shape can arrive, and a wrong one must not take the portal down.
  const { primary_color, font_family, border_radius, logo_url } = stored.parse(branding);
  const primary = parseColour(primary_color) ?? fallbackColour;
  const fonts = safeFontFamily(font_family);
  const radius = safeRadius(border_radius);
  const light = tokens(primary, lightSurfaces, false);
  const dark = tokens(primary, darkSurfaces, true);
  return {
    branding: {
      primary_color: toHex(primary),
      font_family: fonts,
      border_radius: radius,
      logo_url: logo_url !== "" && isAllowedLogo(logo_url) ? logo_url : null,
    },
    css: [
      `:root { --font: ${fonts}; --radius: ${radius}; ${light} }`,
      `@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { ${dark} } }`,
      `:root[data-theme="dark"] { ${dark} }`,
      "",
    ].join("\n"),
  };
}
