import { useEffect, useState } from "react";
import { call, problemOf } from "../api.js";
import { Empty, Problem, Waiting } from "../parts/states.js";
import { dayOf } from "../parts/time.js";
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
  const [data, setData] = useState<FeedData["feed"]>();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const load = async (before?: string) => {
    setBusy(true);
    const query = new URLSearchParams({ ...(action && { action }), ...(source && { source }), ...(before && { before }) });
    const answer = await call<FeedData>(`${path}?${query.toString()}`).catch(() => undefined);
    setBusy(false);
    if (!answer?.ok) {
      setProblem(answer ? problemOf(answer) : "The server did not answer. Check the connection and try again.");
      return;
    }
    setProblem(undefined);
    setData((present) => (before && present ? { ...answer.data.feed, items: [...present.items, ...answer.data.feed.items] } : answer.data.feed));
  };
  useEffect(() => {
    void load();
  }, [path, action, source]);
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
      {problem && <Problem message={problem} onRetry={() => void load()} />}
      {!data && !problem && <Waiting />}
      {data?.items.length === 0 && <Empty icon="Activity" title={action || source ? "Nothing matches these filters." : "Nothing has happened yet. What widgets log appears here."} />}
      {days.map((day) => (
        <section key={day} className="v-card v-feed" aria-label={day}>
          <h2 className="v-feed__day">{day}</h2>
          <ol>
            {data?.items.filter((item) => dayOf(item.createdAt) === day).map((item) => <FeedEntry key={item.id} item={item} />)}
          </ol>
        </section>
      ))}
      {data?.next && (
        <p className="v-form__actions">
          <button type="button" className="v-button" disabled={busy} onClick={() => void load(data.next ?? undefined)}>
            Show older
          </button>
        </p>
      )}
    </>
  );
}
