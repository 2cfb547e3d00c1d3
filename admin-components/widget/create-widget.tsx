import { useEffect, useState } from "react";
import { useNavigate } from "react-router-dom";
import { problemOf, resourceApi, upload } from "../api.js";
import type { ReportView } from "../findings/report-view.js";
import { Result } from "../findings/result.js";
import { PendingSteps } from "../findings/steps.js";
import { RecordForm } from "../form/record-form.js";
import { fieldsFor, mistakesOf, startValues, useForm } from "../form/use-form.js";
import { listPath, type Notice, type RecordView, type ResourceView, recordPath, textOf } from "../panel-state.js";
import { useNotify } from "../parts/notices.js";
import { Page } from "../parts/page.js";
import { Conditions } from "./conditions.js";
import { DropZone } from "./drop-zone.js";
import { ScopeChecks } from "./scope-checks.js";

interface Created {
  readonly record?: RecordView;
  readonly notice?: Notice;
  readonly report?: ReportView;
}

/** Form and bundle in one: when the bundle is rejected nothing was created, the findings show, and the form is still filled. */
export function CreateWidget({ resource }: { resource: ResourceView }) {
  const all = fieldsFor(resource, "new");
  const fields = all.filter((field) => field.group === null);
  const form = useForm(startValues(all, undefined));
  const [file, setFile] = useState<File>();
  const [uploaded, setUploaded] = useState(0);
  const [report, setReport] = useState<ReportView>();
  const navigate = useNavigate();
  const notify = useNotify();
  useEffect(() => {
    if (report) document.querySelector<HTMLElement>("#result")?.focus();
  }, [report]);

  const create = async () => {
    if (!file) {
      form.setMistakes({ bundle: "Choose a .js file." });
      return;
    }
    form.setBusy(true);
    setUploaded(0);
    setReport(undefined);
    const answer = await upload<Created>(resourceApi(resource.id, "new"), toFormData(form.values, file), setUploaded).catch(
      (error: Error) => ({ ok: false, status: 0, data: { notice: { type: "error" as const, message: error.message } } as Created }),
    );
    form.setBusy(false);
    const { record, notice, report: judged } = answer.data;
    const mistakes = mistakesOf(record);
    if (judged && judged.verdict !== "publish") setReport(judged);
    else if (answer.ok && record) {
      notify(notice);
      navigate(recordPath(resource.id, record.id));
    } else if (Object.keys(mistakes).length > 0) form.setMistakes(mistakes);
    else notify({ type: "error", message: problemOf(answer) });
  };

  return (
    <Page title="Create widget" crumbs={[{ label: resource.many, to: listPath(resource.id) }]}>
      {report && (
        <Result
          report={report}
          title="The widget was not created. Fix the bundle, choose it again, and create."
          published={{ label: "Nothing was stored", ok: false }}
        />
      )}
      <RecordForm
        fields={fields}
        values={form.values}
        mistakes={form.mistakes}
        busy={form.busy}
        save="Create widget"
        cancel={listPath(resource.id)}
        onChange={form.set}
        onSubmit={() => void create()}
      >
        <Conditions values={form.values} mistakes={form.mistakes} onChange={form.set} />
        <ScopeChecks values={form.values} mistakes={form.mistakes} onChange={form.set} />
        <section className="v-card v-form__group" aria-labelledby="bundle-title">
          <h2 id="bundle-title" className="v-card__title">
            Bundle
          </h2>
          <DropZone file={file} error={form.mistakes["bundle"]} onFile={setFile} disabled={form.busy} />
          {form.busy && <PendingSteps uploaded={uploaded} />}
        </section>
      </RecordForm>
    </Page>
  );
}

function toFormData(values: Readonly<Record<string, unknown>>, file: File): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) {
    if (value === null || value === undefined) continue;
    data.set(name, typeof value === "object" ? JSON.stringify(value) : textOf(value));
  }
  data.set("bundle", file, file.name);
  return data;
}
