import { useState } from "react";
import { Link } from "react-router-dom";
import { call, problemOf, recordApi } from "../api.js";
import { mayDo, type Notice, type RecordView, type ResourceView, recordPath, titleOf } from "../panel-state.js";
import { Chip } from "../parts/chip.js";
import { Icon } from "../parts/icon.js";
import { useNotify } from "../parts/notices.js";
import { type Crumb, Page } from "../parts/page.js";
import { Details, RecordActions } from "../record/record-page.js";
import { Versions } from "./versions.js";

/** A widget: its state with a switch, its bundle, its versions and what it may do. */
export function WidgetPage({
  resource,
  record,
  crumbs,
  onChange,
}: {
  resource: ResourceView;
  record: RecordView;
  crumbs: readonly Crumb[];
  onChange: () => void;
}) {
  const notify = useNotify();
  const [busy, setBusy] = useState(false);
  const active = record.params["active"] === true;
  const switchTo = async (on: boolean) => {
    setBusy(true);
    const answer = await call<{ notice?: Notice }>(recordApi(resource.id, record.id, "switchActive"), { body: { active: on } });
    setBusy(false);
    notify(answer.ok ? answer.data.notice : { type: "error", message: problemOf(answer) });
    if (answer.ok) onChange();
  };
  return (
    <Page
      title={titleOf(resource, record)}
      crumbs={crumbs}
      meta={
        <Chip tone={active ? "success" : "neutral"} dot>
          {active ? "Active" : "Inactive"}
        </Chip>
      }
      actions={
        <>
          {mayDo(resource, "replaceBundle") && (
            <Link className="v-button v-button--primary" to={recordPath(resource.id, record.id, "replaceBundle")}>
              <Icon name="UploadCloud" /> Replace bundle
            </Link>
          )}
          <RecordActions resource={resource} record={record} />
        </>
      }
    >
      {mayDo(resource, "switchActive") && (
        <section className="v-card v-strip" aria-label="State">
          <label className="v-toggle">
            <input
              type="checkbox"
              role="switch"
              checked={active}
              disabled={busy}
              onChange={(event) => void switchTo(event.target.checked)}
            />
            <span className="v-toggle__track" aria-hidden={true} />
            Active
          </label>
          <span className="v-help">
            {active
              ? "Customers see it where its condition holds."
              : "Nobody sees it. Switching it on or off takes effect within two seconds."}
          </span>
        </section>
      )}
      <Versions resource={resource} record={record} onChange={onChange} />
      <Details resource={resource} record={record} without={["name", "active"]} />
    </Page>
  );
}
