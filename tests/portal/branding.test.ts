import { describe, expect, it } from "vitest";
import { createTheme, safeFontFamily, safeRadius } from "../../src/portal/branding.js";
import { contrast, parseColour, type Rgb } from "../../src/portal/colour.js";

const theme = (branding: object) => createTheme({ border_radius: "8px", font_family: "Inter", logo_url: null, ...branding }, () => false);
const value = (css: string, name: string, from = 0) =>
  parseColour(new RegExp(`${name}: (#[0-9a-f]{6})`).exec(css.slice(from))?.[1] ?? "") as Rgb;

describe("a community's colour", () => {
  const colours = ["#ffffff", "#000000", "#ffff00", "#7f7f7f", "#0f766e", "#ff0000", "#00f", "rgb(250, 250, 210)", "#808000", "#f59e0b"];

  it.each(colours)("%s is readable as text and under text, in light and in dark", (primary_color) => {
    const { css } = theme({ primary_color });
    const dark = css.indexOf("@media");
    expect(contrast(value(css, "--accent"), value(css, "--accent-ink"))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(value(css, "--accent-text"), [255, 255, 255])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(value(css, "--accent-text", dark), [22, 26, 34])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(value(css, "--accent-edge"), [255, 255, 255])).toBeGreaterThanOrEqual(3);
    expect(contrast(value(css, "--accent-edge", dark), [22, 26, 34])).toBeGreaterThanOrEqual(3);
  });

  it.each(["red;}body{display:none", "url(https://evil.example/)", "var(--x)", "#12", "", "expression(1)"])(
    "%s is not a colour and gives the default",
    (primary_color) => {
      const { css, branding } = theme({ primary_color });
      expect(branding.primary_color).toBe("#4f46e5");
      expect(css).not.toMatch(/evil|display|expression/);
    },
  );
});

describe("a community's font", () => {
  it("keeps plain names and quotes them", () => {
    expect(safeFontFamily('Georgia, "Source Serif 4", serif')).toMatch(/^"Georgia", "Source Serif 4", serif, system-ui/);
  });

  it.each([
    'x"; } body { background: url(https://evil.example/?) } a { font-family: "y',
    "Inter;color:red",
    "</style><script>alert(1)</script>",
    "url(https://evil.example/f.woff)",
    "\\22 ; } @import 'https://evil.example'",
    "a}b{c",
  ])("drops %s", (family) => {
    expect(safeFontFamily(family)).not.toMatch(/[;{}()<>\\@]|evil|import/);
  });
});

it("a corner radius is a bounded length", () => {
  expect(safeRadius("10px")).toBe("10px");
  expect(safeRadius("0.5rem")).toBe("8px");
  expect(safeRadius("900px")).toBe("24px");
  expect(safeRadius("8px;} *{display:none")).toBe("8px");
});

it("a missing or half-filled branding still gives a theme", () => {
  expect(createTheme(null, () => true).css).toContain("--accent: #4f46e5");
  for (const odd of [{}, [], "teal", 5, { primary_color: 5, font_family: ["a"], border_radius: {}, logo_url: 1 }]) {
    expect(createTheme(odd, () => true)).toEqual(createTheme(null, () => true));
  }
});

it("frames get the checked values, and a logo only when it is allowed", () => {
  const branding = { primary_color: "#0f766e", font_family: "a;b", border_radius: "x", logo_url: "https://evil.example/l.png" };
  expect(createTheme(branding, () => false).branding).toMatchObject({ primary_color: "#0f766e", border_radius: "8px", logo_url: null });
});
