import { Link } from "react-router-dom";
import { findResource, listPath, mayDo, newPath, panel, recordPath } from "../panel-state.js";
import { Chip } from "../parts/chip.js";
import { Icon } from "../parts/icon.js";
import { Page } from "../parts/page.js";
import { Empty, Problem, Waiting } from "../parts/states.js";
import { Time } from "../parts/time.js";
import { useAnswer } from "../parts/use-answer.js";

interface DashboardData {
  readonly attention: readonly {
    readonly kind: "rejected" | "inactive";
    readonly title: string;
    readonly detail: string;
    readonly at: string;
    readonly resource: string;
    readonly id: string;
  }[];
  readonly counts: readonly { readonly resource: string; readonly label: string; readonly value: number }[];
  readonly recent: readonly {
    readonly id: string;
    readonly createdAt: string;
    readonly actorName: string;
    readonly source: string;
    readonly widgetName: string | null;
    readonly description: string;
  }[];
}

/** What needs somebody now, how much there is, what happened last. */
export function Dashboard() {
  const { data, problem, loading, reload } = useAnswer<DashboardData>("/dashboard");
  const widgets = findResource("widgets");
  return (
    <Page
      title={`Hello, ${panel.actor.name.split(" ")[0] ?? panel.actor.name}`}
      actions={
        widgets && mayDo(widgets, "new") ? (
          <Link className="v-button v-button--primary" to={newPath("widgets")}>
            <Icon name="Plus" /> Create widget
          </Link>
        ) : undefined
      }
    >
      {loading && <Waiting />}
      {problem && <Problem message={problem} onRetry={reload} />}
      {data && (
        <>
          <ul className="v-counts">
            {data.counts.map((count) => (
              <li key={count.label}>
                <Link to={listPath(count.resource)} className="v-count">
                  <span className="v-count__value">{count.value.toLocaleString()}</span>
                  <span className="v-count__label">{count.label}</span>
                </Link>
              </li>
            ))}
          </ul>
          <div className="v-columns">
            <Attention items={data.attention} />
            {findResource("activities") && <Recent items={data.recent} />}
          </div>
        </>
      )}
    </Page>
  );
}

function Attention({ items }: { items: DashboardData["attention"] }) {
  return (
    <section className="v-card" aria-labelledby="attention">
      <h2 id="attention" className="v-card__title">
        Needs attention {items.length > 0 && <Chip tone="warning">{items.length}</Chip>}
      </h2>
      {items.length === 0 ? (
        <Empty icon="CheckCircle" title="Nothing needs you. Every bundle is accepted and every widget is on." />
      ) : (
        <ul className="v-rows">
          {items.map((item) => (
            <li key={item.id}>
              <Link to={recordPath(item.resource, item.id)} className="v-row">
                <Chip tone={item.kind === "rejected" ? "danger" : "neutral"} dot>
                  {item.kind === "rejected" ? "Rejected" : "Inactive"}
                </Chip>
                <span className="v-row__text">
                  <strong>{item.title}</strong>
                  <span>{item.detail}</span>
                </span>
                <span className="v-row__time">
                  <Time value={item.at} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Recent({ items }: { items: DashboardData["recent"] }) {
  return (
    <section className="v-card" aria-labelledby="recent">
      <h2 id="recent" className="v-card__title">
        Recent activity <Link to={listPath("activities")}>All activity</Link>
      </h2>
      {items.length === 0 ? (
        <Empty icon="Activity" title="Nothing has happened yet." />
      ) : (
        <ul className="v-rows">
          {items.map((item) => (
            <li key={item.id} className="v-row">
              <span className="v-row__text">
                <strong>{item.description}</strong>
                <span>
                  {item.actorName}
                  {item.widgetName === null ? "" : ` · ${item.widgetName}`}
                </span>
              </span>
              <span className="v-row__time">
                <Time value={item.createdAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
