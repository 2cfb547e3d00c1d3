import type { JsonValue } from "../../../sdk/src/protocol/index.js";
import { type Html, html } from "../html.js";
import { humanise, plainText } from "../plain-text.js";

/** What values need to know to be shown. */
export interface ValueView {
  readonly isOwnMedia: (address: string) => boolean;
  /** Names pictures for those who cannot see them: "Photo from Puppy check-in". */
  readonly pictureName: string;
}

const isRecord = (value: JsonValue): value is { readonly [key: string]: JsonValue } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The fields of a stored object; none when something else is stored in its place. */
export function fieldsOf(value: JsonValue | undefined): readonly (readonly [string, JsonValue])[] {
  return value !== undefined && isRecord(value) ? Object.entries(value) : [];
}

/** Any stored value as one line of text: never a JSON dump, never longer than `cap` characters. */
export function valueText(value: JsonValue | undefined, cap = 200, depth = 0): string {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value === "number" || typeof value === "string") return plainText(String(value), cap) || "–";
  if (depth >= 2) return "…";
  const parts = Array.isArray(value)
    ? (value as readonly JsonValue[]).slice(0, 12).map((item) => valueText(item, 60, depth + 1))
    : Object.entries(value)
        .slice(0, 12)
        .map(([key, item]) => `${humanise(key)}: ${valueText(item, 60, depth + 1)}`);
  return parts.length === 0 ? "–" : plainText(parts.join(isRecord(value) ? " · " : ", "), cap);
}

/** Addresses of our own pictures in a value: the value itself or the items of a list. */
function pictures(value: JsonValue | undefined, view: ValueView): readonly string[] {
  const items = Array.isArray(value) ? (value as readonly JsonValue[]).slice(0, 12) : [value];
  return items.filter((item): item is string => typeof item === "string" && view.isOwnMedia(item));
}

function thumbnail(address: string, view: ValueView, index: number, count: number): Html {
  const name = `${plainText(view.pictureName, 100)}${count > 1 ? `, ${index + 1} of ${count}` : ""}`;
  return html`<a class="thumbnail" href="${address}" target="_blank" rel="noopener noreferrer" data-picture="${name}"><img src="${address}" alt="${name}" width="72" height="72" loading="lazy" decoding="async"></a>`;
}

/** A value as markup: our own pictures as thumbnails, everything else (other addresses too) as text. */
export function renderValue(value: JsonValue | undefined, view: ValueView): Html {
  const own = pictures(value, view);
  const rest = Array.isArray(value) ? (value as readonly JsonValue[]).filter((item) => !own.includes(item as string)) : value;
  const showsText = own.length === 0 || (Array.isArray(rest) && rest.length > 0);
  return html`${
    own.length > 0
      ? html`<span class="thumbnails">${own.map((address, index) => thumbnail(address, view, index, own.length))}</span>`
      : null
  }${showsText ? html`<span dir="auto">${valueText(rest)}</span>` : null}`;
}
