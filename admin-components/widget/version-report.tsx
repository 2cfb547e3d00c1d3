import { recordApi } from "../api.js";
import type { ReportView } from "../findings/report-view.js";
import { Result } from "../findings/result.js";
import { findResource, mayDo, previewPath, type RecordView } from "../panel-state.js";
import { Icon } from "../parts/icon.js";
import { Problem, Waiting } from "../parts/states.js";
import { useAnswer } from "../parts/use-answer.js";

/** Below a version's details: how it was judged, what was found, what it did when it ran. */
export function VersionReport({ record }: { record: RecordView }) {
  const { data, problem, loading, reload } = useAnswer<{ report: ReportView }>(recordApi("widget-versions", record.id, "report"));
  const resource = findResource("widget-versions");
  if (loading) return <Waiting />;
  if (!data) return <Problem message={problem ?? "The report is not there."} onRetry={reload} />;
  const { report } = data;
  return (
    <>
      {report.verdict === "publish" && resource && mayDo(resource, "preview") && (
        <p>
          <a className="v-button" href={previewPath(record.id)} target="_blank" rel="noopener">
            <Icon name="Eye" /> Preview with sample data
          </a>
        </p>
      )}
      <Result report={report} title="How this bundle was judged" />
      {report.behaviour.length > 0 && (
        <section className="v-card" aria-labelledby="behaviour">
          <h2 id="behaviour" className="v-card__title">
            What it did when it ran
          </h2>
          <ol className="v-timeline">
            {report.behaviour.map((event, index) => (
              <li key={index}>
                <span className="v-timeline__at">{Math.round(event.at)} ms</span> <code>{event.kind}</code>{" "}
                <span className="v-long">{event.target}</span>
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}
