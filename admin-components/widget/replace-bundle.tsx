import { type FormEvent, useEffect, useState } from "react";
import { Link } from "react-router-dom";
import { problemOf, recordApi, upload } from "../api.js";
import type { ReportView } from "../findings/report-view.js";
import { Result } from "../findings/result.js";
import { PendingSteps } from "../findings/steps.js";
import { mistakesOf } from "../form/use-form.js";
import { listPath, type Notice, type RecordView, type ResourceView, recordPath, titleOf } from "../panel-state.js";
import { Page } from "../parts/page.js";
import { Problem, Waiting } from "../parts/states.js";
import { useAnswer } from "../parts/use-answer.js";
import { DropZone } from "./drop-zone.js";

interface Replaced {
  readonly record?: RecordView;
  readonly notice?: Notice;
  readonly report?: ReportView;
  readonly version?: { readonly id: string; readonly number: number };
  readonly activated?: boolean;
}

/** A new bundle for a widget: one drop zone, then steps that tick off, then the verdict with its findings. */
export function ReplaceBundle({ resource, recordId }: { resource: ResourceView; recordId: string }) {
  const { data, problem: loadProblem, reload } = useAnswer<{ record: RecordView }>(recordApi(resource.id, recordId, "replaceBundle"));
  const [file, setFile] = useState<File>();
  const [uploaded, setUploaded] = useState<number>();
  const [result, setResult] = useState<Replaced>();
  const [problem, setProblem] = useState<string>();
  const busy = uploaded !== undefined;
  useEffect(() => {
    if (result) document.querySelector<HTMLElement>("#result")?.focus();
  }, [result]);
  const record = data?.record;
  const name = record ? titleOf(resource, record) : "Widget";
  const crumbs = [
    { label: resource.many, to: listPath(resource.id) },
    { label: name, to: recordPath(resource.id, recordId) },
  ];

  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!file) {
      setProblem("Choose a .js file.");
      return;
    }
    const form = new FormData();
    form.set("bundle", file, file.name);
    setProblem(undefined);
    setResult(undefined);
    setUploaded(0);
    try {
      const answer = await upload<Replaced>(recordApi(resource.id, recordId, "replaceBundle"), form, setUploaded);
      if (answer.data.report) {
        setResult(answer.data);
        setFile(undefined);
      } else setProblem(mistakesOf(answer.data.record)["bundle"] ?? problemOf(answer));
    } catch (error) {
      setProblem(error instanceof Error ? error.message : "It could not be sent.");
    }
    setUploaded(undefined);
  };

  return (
    <Page title="Replace bundle" crumbs={crumbs}>
      {loadProblem && <Problem message={loadProblem} onRetry={reload} />}
      {!record && !loadProblem && <Waiting />}
      {result?.report && (
        <>
          <Result
            report={result.report}
            title={headline(result)}
            published={
              result.activated
                ? { label: `Version ${result.version?.number} is live`, ok: true }
                : { label: "The live version stays live", ok: false }
            }
          />
          <p className="v-form__actions">
            <Link className="v-button v-button--primary" to={recordPath(resource.id, recordId)}>
              Go to {name}
            </Link>
          </p>
        </>
      )}
      {record && (
        <form className="v-form" onSubmit={(event) => void send(event)}>
          <section className="v-card v-form__group">
            <p className="v-help">The bundle is checked before it goes live. If it is rejected, the version that is live now stays live.</p>
            <DropZone file={file} error={problem} onFile={setFile} disabled={busy} key={result?.version?.id ?? "first"} />
            {busy && <PendingSteps uploaded={uploaded} />}
          </section>
          <div className="v-form__actions">
            <button type="submit" className="v-button v-button--primary" disabled={busy}>
              Check and publish
            </button>
            <Link className="v-button" to={recordPath(resource.id, recordId)}>
              {result ? "Done" : "Cancel"}
            </Link>
          </div>
        </form>
      )}
    </Page>
  );
}

const headline = (result: Replaced): string =>
  result.activated
    ? `Version ${result.version?.number} is live`
    : `Version ${result.version?.number} was rejected. The version that was live stays live.`;
