import type { Node } from "./events.js";
import { record } from "./host.js";
import { textOf } from "./natives.js";
import { page } from "./page.js";

const told = new WeakMap<object, string>();
const maxText = 160;

/** What a person would read beside a field: its own words, its label, and the text just before it. */
function wordsOf(field: Node): string {
  const own = ["type", "autocomplete", "name", "id", "placeholder", "aria-label", "title", "class"].map(
    (name) => field.getAttribute(name) ?? "",
  );
  const id = field.getAttribute("id");
  const label = id === null ? null : page.querySelector(`label[for="${id.replace(/["\\]/g, "")}"]`);
  const around = field.parentNode?.localName === "label" || field.parentNode?.localName === "p" ? textOf(field.parentNode.textContent) : "";
  const before = field["previousElementSibling"] as Node | null | undefined;
  return [...own, label ? textOf(label.textContent) : "", around, before && before.localName !== "input" ? textOf(before.textContent) : ""]
    .join(" ")
    .replace(/\s+/g, " ")
    .slice(0, maxText);
}

/** Tells what the fields on the page ask for, once for each wording. Judged by rules. */
export function readFields(): void {
  for (const field of page.querySelectorAll("input,textarea")) {
    if (/^(?:submit|button|hidden|range|color|checkbox|radio|image|reset|file)$/.test(field.getAttribute("type") ?? "")) continue;
    const words = wordsOf(field);
    if (told.get(field) === words) continue;
    told.set(field, words);
    record("field", words);
  }
}
