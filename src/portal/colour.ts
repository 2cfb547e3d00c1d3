/** Red, green, blue, each 0 to 255. */
export type Rgb = readonly [number, number, number];

/** `#rgb`, `#rrggbb` (alpha digits are ignored) and `rgb(r, g, b)`; undefined for everything else. */
export function parseColour(value: string): Rgb | undefined {
  const text = value.trim().toLowerCase();
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])[0-9a-f]?$/.exec(text);
  if (short) return [1, 2, 3].map((index) => Number.parseInt(`${short[index]}${short[index]}`, 16)) as unknown as Rgb;
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})(?:[0-9a-f]{2})?$/.exec(text);
  if (long) return [1, 2, 3].map((index) => Number.parseInt(long[index] ?? "", 16)) as unknown as Rgb;
  const decimal = /^rgb\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*\)$/.exec(text);
  if (decimal) return [1, 2, 3].map((index) => Math.min(255, Number(decimal[index]))) as unknown as Rgb;
  return undefined;
}

export function toHex(colour: Rgb): string {
  return `#${colour.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

/** `share` of `other` in `colour`. */
export function mix(colour: Rgb, other: Rgb, share: number): Rgb {
  return colour.map((part, index) => part + ((other[index] ?? 0) - part) * share) as unknown as Rgb;
}

/** Relative luminance, WCAG 2.2. */
function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio of two colours, 1 to 21 (WCAG 2.2). */
export function contrast(left: Rgb, right: Rgb): number {
  const [a, b] = [luminance(left), luminance(right)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Black or white, whichever reads better on a fill; the better one always reaches 4.5. */
export function readableText(fill: Rgb): "#ffffff" | "#000000" {
  // White is preferred while it is good enough: saturated fills look calmer with it.
  return contrast(fill, [255, 255, 255]) >= 4.5 ? "#ffffff" : "#000000";
}

/** The colour itself, or the nearest shade towards black (white on dark surfaces) that reaches 4.5 on every surface. */
export function readableOn(colour: Rgb, surfaces: readonly Rgb[], dark: boolean): Rgb {
  const target: Rgb = dark ? [255, 255, 255] : [0, 0, 0];
  for (let step = 0; step <= 20; step += 1) {
    // Rounded first: the contrast that counts is the one of the colour that is written down.
    const shade = mix(colour, target, step / 20).map(Math.round) as unknown as Rgb;
    if (surfaces.every((surface) => contrast(shade, surface) >= 4.6)) return shade;
  }
  return target;
}
