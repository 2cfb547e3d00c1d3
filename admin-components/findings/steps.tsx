import { Icon } from "../parts/icon.js";
import type { ReportView } from "./report-view.js";

const sentence = (name: string, report: ReportView): string => {
  const words: Readonly<Record<string, string>> = {
    receive: "Received",
    validate: "Parsed",
    static: `Checked by ${report.rules.ran} rule${report.rules.ran === 1 ? "" : "s"}`,
    dynamic: "Run in QuickJS",
    verdict: "Verdict",
  };
  return words[name] ?? name;
};

const states = {
  passed: { icon: "CheckCircle", word: "passed" },
  failed: { icon: "XCircle", word: "failed" },
  skipped: { icon: "MinusCircle", word: "skipped" },
} as const;

/** What was done with a bundle, ticked off with times. `published` is the last step when it went live. */
export function Steps({ report, published }: { report: ReportView; published?: { label: string; ok: boolean } }) {
  return (
    <ol className="v-steps">
      {report.steps.map((step) => (
        <li key={step.name} className={`v-step v-step--${step.status}`}>
          <Icon name={states[step.status].icon} />
          <span className="v-step__name">
            {sentence(step.name, report)} {step.status !== "skipped" && <span className="v-sr">{states[step.status].word}</span>}
          </span>
          {step.detail && <span className="v-step__detail">{step.detail}</span>}
          <span className="v-step__time">{step.status === "skipped" ? "skipped" : `${Math.round(step.ms).toLocaleString()} ms`}</span>
        </li>
      ))}
      {published && (
        <li className={`v-step v-step--${published.ok ? "passed" : "skipped"}`}>
          <Icon name={published.ok ? "CheckCircle" : "MinusCircle"} />
          <span className="v-step__name">{published.label}</span>
        </li>
      )}
    </ol>
  );
}

/** The same places while the server still works: the first is ticked when the bytes are there. */
export function PendingSteps({ uploaded }: { uploaded: number }) {
  const done = uploaded >= 1;
  const names = ["Received", "Parsed", "Checked by the rules", "Run in QuickJS", "Verdict"];
  return (
    <>
      <progress className="v-progress" max={1} value={done ? undefined : uploaded} aria-label="Upload" />
      <ol className="v-steps" aria-busy="true">
        {names.map((name, index) => (
          <li key={name} className={`v-step v-step--${index === 0 && done ? "passed" : "pending"}`}>
            {index === 0 && done ? (
              <Icon name="CheckCircle" />
            ) : index === (done ? 1 : 0) ? (
              <span className="v-spinner v-spinner--small" aria-hidden={true} />
            ) : (
              <Icon name="Circle" />
            )}
            <span className="v-step__name">{name}</span>
            {index === 0 && !done && <span className="v-step__time">{Math.round(uploaded * 100)} %</span>}
          </li>
        ))}
      </ol>
    </>
  );
}
