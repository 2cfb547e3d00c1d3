/** Markup that was built by `html` and may be sent as it is. Only this file can make one. */
export class Html {
  readonly #markup: string;
  private constructor(markup: string) {
    this.#markup = markup;
  }
  static of(markup: string): Html {
    return new Html(markup);
  }
  toString(): string {
    return this.#markup;
  }
}

export type HtmlValue = Html | string | number | false | null | undefined | readonly HtmlValue[];

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "`": "&#96;" };

/** Text for element content and for attribute values in double quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => entities[character] ?? "");
}

function render(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return "";
  if (value instanceof Html) return value.toString();
  if (Array.isArray(value)) return (value as readonly HtmlValue[]).map(render).join("");
  return escapeHtml(String(value));
}

/**
 * Markup with every interpolated string escaped. Interpolate only element content and attribute values in double quotes:
 * nothing else (tag names, unquoted attributes, scripts, styles) is made safe by escaping.
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let markup = strings[0] ?? "";
  for (const [index, value] of values.entries()) markup += render(value) + (strings[index + 1] ?? "");
  return Html.of(markup);
}

/**
 * A data block that a script reads with `JSON.parse(element.textContent)`. `<` and friends become escapes, so no string in
 * the data can end the element or open a comment; invisible characters too, so that none hides in the source. Not executed, hence not subject to `script-src`.
 */
export function jsonBlock(id: string, data: unknown): Html {
  const text = JSON.stringify(data).replace(/[<>&\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`).join(""),
  );
  return Html.of(`<script type="application/json" id="${escapeHtml(id)}">${text}</script>`);
}
