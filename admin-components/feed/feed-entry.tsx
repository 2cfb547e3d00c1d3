import { Link } from "react-router-dom";
import { findResource, recordPath } from "../panel-state.js";
import { Chip } from "../parts/chip.js";
import { Thumbnail } from "../parts/thumbnail.js";
import { Time } from "../parts/time.js";
import { readChanges } from "../record/changes.js";
import { JsonTable, words } from "../record/json-table.js";

export interface FeedItemView {
  readonly id: string;
  readonly createdAt: string;
  readonly actorKind: string;
  readonly actorName: string;
  readonly source: string;
  readonly widgetName: string | null;
  readonly action: string;
  readonly description: string;
  readonly changes: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Image addresses in the metadata that the server knows to be of our own media store. */
  readonly images: readonly string[];
  readonly subscriptionId: string | null;
  readonly subscriptionTitle: string | null;
}

const actorKinds: Readonly<Record<string, string>> = { customer: "Customer", staff: "Staff", system: "System", integration: "Integration" };

/** One thing that happened: who, through what, what was and is now, and its details. All text is shown as text. */
export function FeedEntry({ item }: { item: FeedItemView }) {
  const changes = readChanges(item.changes);
  const details = Object.fromEntries(Object.entries(item.metadata).filter(([, value]) => !isShownAsImage(value, item.images)));
  return (
    <li className="v-entry">
      <div className="v-entry__head">
        <span className="v-entry__text">{item.description || words(item.action.replace(/^widget_/, ""))}</span>
        <span className="v-entry__time">
          <Time value={item.createdAt} />
        </span>
      </div>
      <div className="v-entry__meta">
        <span>{item.actorName}</span>
        <Chip>{actorKinds[item.actorKind] ?? item.actorKind}</Chip>
        <Chip tone={item.source === "widget" ? "success" : "neutral"}>source: {item.source}</Chip>
        {item.widgetName && <span className="v-none">{item.widgetName}</span>}
        {item.subscriptionId && item.subscriptionTitle && findResource("subscriptions") && (
          <Link to={recordPath("subscriptions", item.subscriptionId, "feed")}>{item.subscriptionTitle}</Link>
        )}
      </div>
      {changes.length > 0 && (
        <ul className="v-inline-changes">
          {changes.map((change) => (
            <li key={change.name}>
              <span className="v-inline-changes__name">{words(change.name)}</span>
              <span className="v-was">
                <span className="v-sr">was </span>
                <JsonTable value={change.from} brief />
              </span>
              <span aria-hidden={true}>→</span>
              <span className="v-now">
                <span className="v-sr">now </span>
                <JsonTable value={change.to} brief />
              </span>
            </li>
          ))}
        </ul>
      )}
      {Object.keys(details).length > 0 && <JsonTable value={details} />}
      {item.images.length > 0 && (
        <div className="v-thumbs">
          {item.images.map((url, index) => (
            <Thumbnail key={url} url={url} name={`Photo ${index + 1}`} />
          ))}
        </div>
      )}
    </li>
  );
}

/** true when a value is nothing but images that stand below as thumbnails. */
function isShownAsImage(value: unknown, images: readonly string[]): boolean {
  if (typeof value === "string") return images.includes(value);
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string" && images.includes(item));
}
