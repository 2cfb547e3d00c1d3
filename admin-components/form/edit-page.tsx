import { useNavigate } from "react-router-dom";
import { call, problemOf, recordApi } from "../api.js";
import { listPath, type Notice, type RecordView, type ResourceView, recordPath, titleOf } from "../panel-state.js";
import { useNotify } from "../parts/notices.js";
import { Page } from "../parts/page.js";
import { Problem, Waiting } from "../parts/states.js";
import { useAnswer } from "../parts/use-answer.js";
import { Conditions } from "../widget/conditions.js";
import { ScopeChecks } from "../widget/scope-checks.js";
import { RecordForm } from "./record-form.js";
import { fieldsFor, mistakesOf, startValues, toPayload, useForm } from "./use-form.js";

export function EditPage({ resource, recordId }: { resource: ResourceView; recordId: string }) {
  const { data, problem, reload } = useAnswer<{ record: RecordView }>(`/resources/${resource.id}/records/${recordId}/edit`);
  const crumbs = [{ label: resource.many, to: listPath(resource.id) }];
  if (!data)
    return (
      <Page title={`Edit ${resource.one.toLowerCase()}`} crumbs={crumbs}>
        {problem ? <Problem message={problem} onRetry={reload} /> : <Waiting />}
      </Page>
    );
  return <EditForm resource={resource} record={data.record} />;
}

function EditForm({ resource, record }: { resource: ResourceView; record: RecordView }) {
  const all = fieldsFor(resource, "edit");
  const isWidget = resource.id === "widgets";
  const fields = isWidget ? all.filter((field) => field.group === null) : all;
  const form = useForm(startValues(all, record));
  const navigate = useNavigate();
  const notify = useNotify();
  const name = titleOf(resource, record);
  const save = async () => {
    form.setBusy(true);
    const answer = await call<{ record?: RecordView; notice?: Notice }>(recordApi(resource.id, record.id, "edit"), {
      body: toPayload(form.values),
    });
    form.setBusy(false);
    const mistakes = mistakesOf(answer.data.record);
    if (!answer.ok) {
      form.setMistakes(mistakes);
      if (Object.keys(mistakes).length === 0) notify({ type: "error", message: problemOf(answer) });
      return;
    }
    notify(answer.data.notice);
    navigate(recordPath(resource.id, record.id));
  };
  return (
    <Page
      title={`Edit ${name}`}
      crumbs={[
        { label: resource.many, to: listPath(resource.id) },
        { label: name, to: recordPath(resource.id, record.id) },
      ]}
    >
      <RecordForm
        fields={fields}
        values={form.values}
        mistakes={form.mistakes}
        busy={form.busy}
        save="Save"
        cancel={recordPath(resource.id, record.id)}
        onChange={form.set}
        onSubmit={() => void save()}
      >
        {isWidget && (
          <>
            <Conditions values={form.values} mistakes={form.mistakes} onChange={form.set} />
            <ScopeChecks values={form.values} mistakes={form.mistakes} onChange={form.set} />
          </>
        )}
      </RecordForm>
    </Page>
  );
}
