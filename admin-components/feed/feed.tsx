import { useState } from "react";
import { call, problemOf } from "../api.js";
import { useNotify } from "../parts/notices.js";
import { Empty, Problem, Waiting } from "../parts/states.js";
import { dayOf } from "../parts/time.js";
import { useAnswer } from "../parts/use-answer.js";
import { FeedEntry, type FeedItemView } from "./feed-entry.js";

interface FeedData {
  readonly feed: {
    readonly items: readonly FeedItemView[];
    readonly next: string | null;
    readonly groups: readonly { readonly label: string; readonly options: readonly { readonly value: string; readonly label: string }[] }[];
  };
}

const sources = [
  ["widget", "Widget"],
  ["portal", "Portal"],
  ["panel", "Panel"],
  ["integration", "Integration"],
  ["system", "System"],
] as const;

/** What happened, by day, newest first. The action filter lists only actions that exist. */
export function Feed({ path }: { path: string }) {
  const [action, setAction] = useState("");
  const [source, setSource] = useState("");
  const query = new URLSearchParams({ ...(action && { action }), ...(source && { source }) }).toString();
  const { data: first, problem, reload } = useAnswer<FeedData>(`${path}?${query}`);
  // Older pages belong to the filters that they were read with.
  const [older, setOlder] = useState<Pick<FeedData["feed"], "items" | "next"> & { query: string }>();
  const [busy, setBusy] = useState(false);
  const notify = useNotify();
  const more = older?.query === query ? older : undefined;
  const data = first && { ...first.feed, items: [...first.feed.items, ...(more?.items ?? [])], next: more ? more.next : first.feed.next };
  const loadOlder = async (before: string) => {
    setBusy(true);
    const answer = await call<FeedData>(`${path}?${query}&${new URLSearchParams({ before }).toString()}`).catch(() => undefined);
    setBusy(false);
    if (answer?.ok) setOlder({ query, items: [...(more?.items ?? []), ...answer.data.feed.items], next: answer.data.feed.next });
    else notify({ type: "error", message: answer ? problemOf(answer) : "The server did not answer." });
  };
  const days = [...new Set((data?.items ?? []).map((item) => dayOf(item.createdAt)))];
  return (
    <>
      <div className="v-filters__bar">
        <div className="v-field v-field--inline">
          <label htmlFor="feed-action">Action</label>
          <select className="v-input" id="feed-action" value={action} onChange={(event) => setAction(event.target.value)}>
            <option value="">All actions</option>
            {(data?.groups ?? [])
              .filter((group) => group.options.length > 0)
              .map((group) => (
                <optgroup key={group.label} label={group.label}>
                  {group.options.map((option) => (
                    <option key={option.value} value={option.value}>
                      {option.label}
                    </option>
                  ))}
                </optgroup>
              ))}
          </select>
        </div>
        <div className="v-field v-field--inline">
          <label htmlFor="feed-source">Source</label>
          <select className="v-input" id="feed-source" value={source} onChange={(event) => setSource(event.target.value)}>
            <option value="">All sources</option>
            {sources.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </div>
      </div>
      {problem && <Problem message={problem} onRetry={reload} />}
      {!data && !problem && <Waiting />}
      {data?.items.length === 0 && (
        <Empty
          icon="Activity"
          title={action || source ? "Nothing matches these filters." : "Nothing has happened yet. What widgets log appears here."}
        />
      )}
      {days.map((day) => (
        <section key={day} className="v-card v-feed" aria-label={day}>
          <h2 className="v-feed__day">{day}</h2>
          <ol>
            {data?.items
              .filter((item) => dayOf(item.createdAt) === day)
              .map((item) => (
                <FeedEntry key={item.id} item={item} />
              ))}
          </ol>
        </section>
      ))}
      {data?.next && (
        <p className="v-form__actions">
          <button type="button" className="v-button" disabled={busy} onClick={() => void loadOlder(data.next ?? "")}>
            Show older
          </button>
        </p>
      )}
    </>
  );
}
