import { useState } from "react";
import { Link, useNavigate } from "react-router-dom";
import { call, problemOf, recordApi } from "../api.js";
import { Feed } from "../feed/feed.js";
import { listPath, mayDo, type Notice, type RecordView, type ResourceView, recordPath, titleOf } from "../panel-state.js";
import { ConfirmDialog } from "../parts/dialog.js";
import { Icon } from "../parts/icon.js";
import { useNotify } from "../parts/notices.js";
import { Page } from "../parts/page.js";
import { Problem, Waiting } from "../parts/states.js";
import { useAnswer } from "../parts/use-answer.js";
import { VersionReport } from "../widget/version-report.js";
import { WidgetPage } from "../widget/widget-page.js";
import { Value } from "./value.js";

/** Everything about one record. Some resources add a part of their own below. */
export function RecordPage({ resource, recordId, tab }: { resource: ResourceView; recordId: string; tab: string }) {
  const { data, problem, loading, reload } = useAnswer<{ record: RecordView }>(`/resources/${resource.id}/records/${recordId}/show`);
  const crumbs = [{ label: resource.many, to: listPath(resource.id) }];
  if (loading || problem || !data)
    return (
      <Page title={resource.one} crumbs={crumbs}>
        {problem ? <Problem message={problem} onRetry={reload} /> : <Waiting />}
      </Page>
    );
  const { record } = data;
  if (resource.id === "widgets") return <WidgetPage resource={resource} record={record} crumbs={crumbs} onChange={reload} />;
  return (
    <Page title={titleOf(resource, record)} crumbs={crumbs} actions={<RecordActions resource={resource} record={record} />}>
      {resource.id === "subscriptions" && mayDo(resource, "feed") && <Tabs resource={resource} recordId={recordId} tab={tab} />}
      {tab === "feed" ? <Feed path={recordApi(resource.id, recordId, "feed")} /> : <Details resource={resource} record={record} />}
      {resource.id === "widget-versions" && <VersionReport record={record} />}
    </Page>
  );
}

function Tabs({ resource, recordId, tab }: { resource: ResourceView; recordId: string; tab: string }) {
  return (
    <nav className="v-tabs" aria-label="Subscription">
      <Link to={recordPath(resource.id, recordId)} aria-current={tab === "show" ? "page" : undefined}>
        Overview
      </Link>
      <Link to={recordPath(resource.id, recordId, "feed")} aria-current={tab === "feed" ? "page" : undefined}>
        Activity
      </Link>
    </nav>
  );
}

export function Details({ resource, record, without = [] }: { resource: ResourceView; record: RecordView; without?: readonly string[] }) {
  const columns = resource.columns.filter((column) => column.on.includes("show") && !without.includes(column.name));
  return (
    <section className="v-card" aria-label="Details">
      <dl className="v-details">
        {columns.map((column) => (
          <div key={column.name} className={column.kind === "json" || column.kind === "changes" ? "v-details__wide" : undefined}>
            <dt>{column.label}</dt>
            <dd>
              <Value column={column} record={record} where="show" />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Edit and delete, as far as the role allows. */
export function RecordActions({ resource, record }: { resource: ResourceView; record: RecordView }) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const navigate = useNavigate();
  const notify = useNotify();
  const remove = async () => {
    setBusy(true);
    const answer = await call<{ notice?: Notice }>(recordApi(resource.id, record.id, "delete"), { body: {} });
    setBusy(false);
    setAsking(false);
    notify(answer.ok ? answer.data.notice : { type: "error", message: problemOf(answer) });
    if (answer.ok) navigate(listPath(resource.id));
  };
  const name = titleOf(resource, record);
  return (
    <>
      {mayDo(resource, "edit") && (
        <Link className="v-button" to={recordPath(resource.id, record.id, "edit")}>
          <Icon name="Edit2" /> Edit
        </Link>
      )}
      {mayDo(resource, "delete") && (
        <button type="button" className="v-button v-button--quiet-danger" onClick={() => setAsking(true)}>
          <Icon name="Trash2" /> Delete
        </button>
      )}
      {asking && (
        <ConfirmDialog
          title={`Delete ${name}?`}
          effect={resource.deleteEffect ?? `This ${resource.one.toLowerCase()} is gone for good.`}
          confirm={`Delete ${resource.one.toLowerCase()}`}
          busy={busy}
          onConfirm={() => void remove()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
