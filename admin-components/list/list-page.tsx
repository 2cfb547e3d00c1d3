import { useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router-dom";
import { call, problemOf } from "../api.js";
import { type ColumnView, mayDo, type Notice, newPath, type RecordView, type ResourceView, recordPath, titleOf } from "../panel-state.js";
import { ConfirmDialog } from "../parts/dialog.js";
import { Icon } from "../parts/icon.js";
import { useNotify } from "../parts/notices.js";
import { Page } from "../parts/page.js";
import { Empty, Problem, Waiting } from "../parts/states.js";
import { useAnswer } from "../parts/use-answer.js";
import { Value } from "../record/value.js";
import { Filters } from "./filters.js";
import { Pager } from "./pager.js";

interface ListData {
  readonly meta: {
    readonly total: number;
    readonly perPage: number;
    readonly page: number;
    readonly direction: string;
    readonly sortBy: string;
  };
  readonly records: readonly RecordView[];
}

const createLabel = (resource: ResourceView): string => (resource.id === "widgets" ? "Create widget" : `New ${resource.one.toLowerCase()}`);

/** A table of records with filters, order and pages in the address, so that a link shows the same. */
export function ListPage({ resource }: { resource: ResourceView }) {
  const [query, setQuery] = useSearchParams();
  const { data, problem, loading, reload } = useAnswer<ListData>(`/resources/${resource.id}/actions/list?${query.toString()}`);
  const filtered = [...query.keys()].some((key) => key.startsWith("filters."));
  return (
    <Page
      title={resource.many}
      meta={data ? <span className="v-count-chip">{data.meta.total.toLocaleString()}</span> : undefined}
      actions={
        mayDo(resource, "new") ? (
          <Link className="v-button v-button--primary" to={newPath(resource.id)}>
            <Icon name="Plus" /> {createLabel(resource)}
          </Link>
        ) : undefined
      }
    >
      <Filters resource={resource} />
      {problem && <Problem message={problem} onRetry={reload} />}
      {loading && <Waiting />}
      {data && data.records.length > 0 && (
        <>
          <Table resource={resource} data={data} onChange={reload} />
          <Pager page={data.meta.page} perPage={data.meta.perPage} total={data.meta.total} />
        </>
      )}
      {data && data.records.length === 0 && filtered && (
        <Empty icon="Search" title="Nothing matches these filters.">
          <button type="button" className="v-button" onClick={() => setQuery({})}>
            Clear filters
          </button>
        </Empty>
      )}
      {data && data.records.length === 0 && !filtered && (
        <Empty icon={resource.icon} title={resource.empty}>
          {mayDo(resource, "new") && (
            <Link className="v-button v-button--primary" to={newPath(resource.id)}>
              {createLabel(resource)}
            </Link>
          )}
        </Empty>
      )}
    </Page>
  );
}

function Table({ resource, data, onChange }: { resource: ResourceView; data: ListData; onChange: () => void }) {
  const columns = resource.columns.filter((column) => column.on.includes("list"));
  const navigate = useNavigate();
  const [selected, setSelected] = useState<readonly string[]>([]);
  const selectable = mayDo(resource, "bulkDelete");
  const present = selected.filter((id) => data.records.some((record) => record.id === id));
  const toggle = (id: string) => setSelected(present.includes(id) ? present.filter((other) => other !== id) : [...present, id]);
  const all = present.length === data.records.length;
  const titleColumn = columns.find((column) => column.name === resource.title) ?? columns[0];
  return (
    <>
      {present.length > 0 && (
        <BulkBar
          resource={resource}
          ids={present}
          onDone={() => {
            setSelected([]);
            onChange();
          }}
        />
      )}
      <div className="v-card v-card--flush">
        <table className="v-table">
          <thead>
            <tr>
              {selectable && (
                <th className="v-table__check">
                  <input
                    type="checkbox"
                    aria-label="Select all on this page"
                    checked={all}
                    onChange={() => setSelected(all ? [] : data.records.map((record) => record.id))}
                  />
                </th>
              )}
              {columns.map((column) => (
                <HeadCell key={column.name} column={column} meta={data.meta} />
              ))}
            </tr>
          </thead>
          <tbody>
            {data.records.map((record) => (
              <tr
                key={record.id}
                data-id={record.id}
                className={present.includes(record.id) ? "v-selected" : undefined}
                onClick={(event) => {
                  if (mayDo(resource, "show") && !isInteractive(event.target)) navigate(recordPath(resource.id, record.id));
                }}
              >
                {selectable && (
                  <td className="v-table__check">
                    <input
                      type="checkbox"
                      aria-label={`Select ${titleOf(resource, record)}`}
                      checked={present.includes(record.id)}
                      onChange={() => toggle(record.id)}
                    />
                  </td>
                )}
                {columns.map((column) => (
                  <td
                    key={column.name}
                    data-label={column.label}
                    className={column === titleColumn ? "v-table__title" : `v-table__${column.kind}`}
                  >
                    {column === titleColumn && column.kind !== "reference" && column.kind !== "image" ? (
                      <Link to={recordPath(resource.id, record.id)}>{titleOf(resource, record)}</Link>
                    ) : (
                      <Value column={column} record={record} where="list" />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

const isInteractive = (target: EventTarget): boolean =>
  target instanceof Element && target.closest("a, button, input, label, dialog") !== null;

function HeadCell({ column, meta }: { column: ColumnView; meta: ListData["meta"] }) {
  const [query, setQuery] = useSearchParams();
  if (!column.sort) return <th scope="col">{column.label}</th>;
  const on = meta.sortBy === column.name;
  const next = on && meta.direction === "asc" ? "desc" : "asc";
  const order = () => {
    const changed = new URLSearchParams(query);
    changed.set("sortBy", column.name);
    changed.set("direction", next);
    changed.delete("page");
    setQuery(changed);
  };
  return (
    <th scope="col" aria-sort={on ? (meta.direction === "asc" ? "ascending" : "descending") : undefined}>
      <button type="button" className={on ? "v-sort v-sort--on" : "v-sort"} onClick={order}>
        {column.label} <Icon name={on && meta.direction === "desc" ? "ArrowDown" : "ArrowUp"} size={12} />
      </button>
    </th>
  );
}

function BulkBar({ resource, ids, onDone }: { resource: ResourceView; ids: readonly string[]; onDone: () => void }) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const notify = useNotify();
  const what = `${ids.length} ${(ids.length === 1 ? resource.one : resource.many).toLowerCase()}`;
  const remove = async () => {
    setBusy(true);
    const answer = await call<{ notice?: Notice }>(`/resources/${resource.id}/bulk/bulkDelete?recordIds=${ids.join(",")}`, { body: {} });
    setBusy(false);
    setAsking(false);
    notify(answer.data.notice ?? { type: "error", message: problemOf(answer) });
    onDone();
  };
  return (
    <div className="v-bulk" role="region" aria-label="Selection">
      <span>{what} selected</span>
      <button type="button" className="v-button v-button--small v-button--quiet-danger" onClick={() => setAsking(true)}>
        <Icon name="Trash2" size={14} /> Delete
      </button>
      {asking && (
        <ConfirmDialog
          title={`Delete ${what}?`}
          effect={resource.deleteEffect ?? "They are gone for good."}
          confirm={`Delete ${what}`}
          busy={busy}
          onConfirm={() => void remove()}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}
