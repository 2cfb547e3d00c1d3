import { useNavigate } from "react-router-dom";
import { call, problemOf, resourceApi } from "../api.js";
import { listPath, type Notice, type RecordView, type ResourceView, recordPath } from "../panel-state.js";
import { useNotify } from "../parts/notices.js";
import { Page } from "../parts/page.js";
import { RecordForm } from "./record-form.js";
import { fieldsFor, mistakesOf, startValues, toPayload, useForm } from "./use-form.js";

export function NewPage({ resource }: { resource: ResourceView }) {
  const fields = fieldsFor(resource, "new");
  const form = useForm(startValues(fields, undefined));
  const navigate = useNavigate();
  const notify = useNotify();
  const save = async () => {
    form.setBusy(true);
    const answer = await call<{ record?: RecordView; notice?: Notice }>(resourceApi(resource.id, "new"), { body: toPayload(form.values) });
    form.setBusy(false);
    const mistakes = mistakesOf(answer.data.record);
    if (!answer.ok) {
      form.setMistakes(mistakes);
      if (Object.keys(mistakes).length === 0) notify({ type: "error", message: problemOf(answer) });
      return;
    }
    notify(answer.data.notice);
    navigate(answer.data.record ? recordPath(resource.id, answer.data.record.id) : listPath(resource.id));
  };
  return (
    <Page title={`New ${resource.one.toLowerCase()}`} crumbs={[{ label: resource.many, to: listPath(resource.id) }]}>
      <RecordForm
        fields={fields}
        values={form.values}
        mistakes={form.mistakes}
        busy={form.busy}
        save={`Create ${resource.one.toLowerCase()}`}
        cancel={listPath(resource.id)}
        onChange={form.set}
        onSubmit={() => void save()}
      />
    </Page>
  );
}
