import { Chip } from "../parts/chip.js";
import { Copy } from "../parts/copy.js";
import { Icon } from "../parts/icon.js";
import type { FindingView, ReportView } from "./report-view.js";

const severities = {
  block: { word: "Blocks publishing", tone: "danger", plural: "Blocking" },
  warn: { word: "Warning", tone: "warning", plural: "Warnings" },
  note: { word: "Note", tone: "neutral", plural: "Notes" },
} as const;

/** Every finding with where, what, why and how to fix; the first blocking one is open. */
export function Findings({ report }: { report: ReportView }) {
  if (report.findings.length === 0)
    return (
      <p className="v-alert v-alert--success">
        <Icon name="CheckCircle" /> <span className="v-alert__text">No findings.</span>
      </p>
    );
  return (
    <div className="v-findings">
      {(["block", "warn", "note"] as const).map((severity) => {
        const own = report.findings.filter((finding) => finding.severity === severity);
        // What has a place in the file helps most: it comes first, open.
        const findings = [...own.filter(({ place }) => place), ...own.filter(({ place }) => !place)];
        if (findings.length === 0) return null;
        return (
          <section key={severity}>
            <h3>
              {severities[severity].plural} <Chip tone={severities[severity].tone}>{findings.length}</Chip>
            </h3>
            {findings.map((finding, index) => (
              <Item key={`${finding.fingerprint}-${index}`} finding={finding} open={severity === "block" && index < 3} />
            ))}
          </section>
        );
      })}
      {report.moreFindings > 0 && <p className="v-none">and {report.moreFindings} more</p>}
      {report.rules.skipped.length > 0 && (
        <section>
          <h3>Rules that could not run</h3>
          <ul className="v-json-list">
            {report.rules.skipped.map((rule) => (
              <li key={rule.id}>
                <code>{rule.id}</code> {rule.reason}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Item({ finding, open }: { finding: FindingView; open: boolean }) {
  const { tone, word } = severities[finding.severity];
  const place = finding.place ? `${finding.place.file}:${finding.place.line}:${finding.place.column + 1}` : undefined;
  return (
    <details className="v-finding" open={open}>
      <summary>
        <Chip tone={tone} dot>
          {word}
        </Chip>
        <span className="v-finding__message">{finding.message}</span>
        <span className="v-finding__place">{place ?? (finding.source === "dynamic" ? "seen in the run" : "the whole file")}</span>
      </summary>
      <div className="v-finding__body">
        {finding.excerpt && <Excerpt excerpt={finding.excerpt} line={finding.place?.line} />}
        <dl>
          <dt>Fix</dt>
          <dd>{finding.fix}</dd>
          <dt>Rule</dt>
          <dd>
            <Copy value={finding.ruleId} shown={finding.ruleId} what="rule id" />
          </dd>
          {place && (
            <>
              <dt>Where</dt>
              <dd>
                <Copy
                  value={place}
                  shown={`${finding.place?.file}, line ${finding.place?.line}, column ${(finding.place?.column ?? 0) + 1}`}
                  what="place"
                />
              </dd>
            </>
          )}
        </dl>
      </div>
    </details>
  );
}

/** The line of code with exactly the found part underlined. */
function Excerpt({ excerpt, line }: { excerpt: NonNullable<FindingView["excerpt"]>; line: number | undefined }) {
  const { text, highlightStart, highlightEnd } = excerpt;
  return (
    <pre className="v-code" tabIndex={0} aria-label="Excerpt">
      {line !== undefined && <span className="v-code__line">{line}</span>}
      <code>
        {text.slice(0, highlightStart)}
        <mark>{text.slice(highlightStart, highlightEnd)}</mark>
        {text.slice(highlightEnd)}
      </code>
    </pre>
  );
}
