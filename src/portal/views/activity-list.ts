import type { JsonObject, JsonValue } from "../../../sdk/src/protocol/index.js";
import type { ActivityItem } from "../../contracts/index.js";
import type { Format } from "../format.js";
import { type Html, html } from "../html.js";
import { humanise, plainText } from "../plain-text.js";
import { icons } from "./icons.js";
import { fieldsOf, renderValue, type ValueView, valueText } from "./value.js";

const sourceLabels = new Map([
  ["widget", "Widget"],
  ["portal", "Portal"],
  ["panel", "Support"],
  ["integration", "Integration"],
  ["system", "System"],
]);

/** `{ from, to }`, if that is what was recorded. Widgets write these objects, so any shape can arrive. */
function wasNow(change: JsonValue): { from: JsonValue | undefined; to: JsonValue | undefined } | undefined {
  if (typeof change !== "object" || change === null || Array.isArray(change)) return undefined;
  const record = change as JsonObject;
  if (!Object.hasOwn(record, "from") && !Object.hasOwn(record, "to")) return undefined;
  return { from: record["from"], to: record["to"] };
}

function changeRow(name: string, change: JsonValue): Html {
  const pair = wasNow(change);
  return html`<div class="change"><dt>${humanise(name)}</dt><dd>${
    pair
      ? html`<del><span class="visually-hidden">was </span><bdi>${valueText(pair.from, 120)}</bdi></del><span class="arrow">${icons.arrow}</span><ins><span class="visually-hidden">now </span><bdi>${valueText(pair.to, 120)}</bdi></ins>`
      : html`<bdi>${valueText(change, 120)}</bdi>`
  }</dd></div>`;
}

const recordId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Empty answers and the ids of records say nothing to a customer. */
function isWorthShowing(value: JsonValue): boolean {
  if (value === null || value === "") return false;
  if (typeof value === "string") return !recordId.test(value);
  return typeof value !== "object" || Object.keys(value).length > 0;
}

/** `photo_urls` whose addresses show as pictures are "Photos". */
function pictureLabel(name: string, value: JsonValue, isOwnMedia: ValueView["isOwnMedia"]): string {
  const label = humanise(name);
  const first = Array.isArray(value) ? (value as readonly JsonValue[])[0] : value;
  return typeof first === "string" && isOwnMedia(first) ? label.replace(/ urls$/, "s").replace(/ url$/, "") : label;
}

function item(entry: ActivityItem, format: Format, isOwnMedia: ValueView["isOwnMedia"]): Html {
  const source = sourceLabels.get(entry.source) ?? humanise(entry.source);
  const widget = entry.widgetName === null ? null : plainText(entry.widgetName, 80);
  const title = plainText(entry.description, 300) || humanise(entry.action.replace(/^widget_/, ""));
  const changes = fieldsOf(entry.changes).slice(0, 20);
  const metadata = fieldsOf(entry.metadata)
    .filter(([, value]) => isWorthShowing(value))
    .slice(0, 20);
  const view = { isOwnMedia, pictureName: `Photo from ${widget ?? source}` };
  return html`<li class="entry"><span class="entry-mark" data-source="${entry.source === "widget" ? "widget" : "other"}" aria-hidden="true">${entry.source === "widget" ? icons.widget : icons.person}</span><div class="entry-body">
<p class="entry-title" dir="auto">${title}</p>
<p class="entry-meta"><span class="chip small" dir="auto">${entry.actorKind === "customer" ? `${plainText(entry.actorName, 80)} (you)` : plainText(entry.actorName, 80)}</span><span class="chip small" dir="auto">${widget === null ? source : `${source}: ${widget}`}</span><time datetime="${entry.createdAt.toISOString()}" title="${format.moment(entry.createdAt)}">${format.time(entry.createdAt)}</time></p>
${changes.length === 0 ? null : html`<dl class="changes">${changes.map(([name, change]) => changeRow(name, change))}</dl>`}
${metadata.length === 0 ? null : html`<dl class="metadata">${metadata.map(([name, value]) => html`<div><dt>${pictureLabel(name, value, isOwnMedia)}</dt><dd>${renderValue(value, view)}</dd></div>`)}</dl>`}
</div></li>`;
}

function dayTitle(date: Date, format: Format, now: Date): string {
  const key = format.dayKey(date);
  if (key === format.dayKey(now)) return "Today";
  if (key === format.dayKey(new Date(now.getTime() - 24 * 60 * 60 * 1000))) return "Yesterday";
  return format.day(date);
}

/** A page of the feed, newest first, in groups by day. `older` is the address of the next page. */
export function activityList(options: {
  items: readonly ActivityItem[];
  older: string | null;
  isFirstPage: boolean;
  format: Format;
  isOwnMedia: ValueView["isOwnMedia"];
  now?: Date;
}): Html {
  const { format, now = new Date() } = options;
  if (options.items.length === 0 && options.isFirstPage) {
    return html`<div class="empty"><h3>Nothing has happened yet</h3><p class="muted">Changes to this subscription will be listed here.</p></div>`;
  }
  const days = new Map<string, ActivityItem[]>();
  for (const entry of options.items) {
    const key = format.dayKey(entry.createdAt);
    days.set(key, [...(days.get(key) ?? []), entry]);
  }
  return html`${[...days].map(
    ([key, entries]) =>
      html`<section class="day" data-day="${key}" aria-labelledby="day-${key}"><h3 id="day-${key}">${dayTitle(entries[0]?.createdAt ?? now, format, now)}</h3><ol>${entries.map((entry) => item(entry, format, options.isOwnMedia))}</ol></section>`,
  )}${options.older === null ? null : html`<p class="more"><a class="button" href="${options.older}" data-older>Show older</a></p>`}`;
}
