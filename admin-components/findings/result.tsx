import { Chip } from "../parts/chip.js";
import { Findings } from "./findings.js";
import type { ReportView } from "./report-view.js";
import { Steps } from "./steps.js";

/** The outcome of judging a bundle: verdict, steps, findings. */
export function Result({ report, title, published }: { report: ReportView; title: string; published?: { label: string; ok: boolean } }) {
  const accepted = report.verdict === "publish";
  return (
    <section className="v-card v-result" aria-labelledby="result">
      <h2 id="result" className="v-card__title" tabIndex={-1}>
        <Chip tone={accepted ? "success" : "danger"} dot>
          {accepted ? "Accepted" : "Rejected"}
        </Chip>{" "}
        {title}
      </h2>
      <div className="v-result__columns">
        <Steps report={report} {...(published ? { published } : {})} />
        <Findings report={report} />
      </div>
    </section>
  );
}
