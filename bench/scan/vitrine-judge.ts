import { readFileSync } from "node:fs";
import type { Report } from "../../src/contracts/index.js";
import { createPipeline } from "../../src/pipeline/index.js";
import { rulePlugins } from "../../src/plugins/rule-plugins.js";
import { measuredOptions } from "../harness/child.js";
import { type Judgement, serveJudge } from "./judge-files.js";
import type { CorpusFile, JudgeOptions, RepeatRun } from "./outcome.js";

const repeats = 10;
const pipeline = await createPipeline({ plugins: rulePlugins, poolSize: 1 });

serveJudge({
  judge: async (_, bytes) => toJudgement(await pipeline.judge({ fileName: "widget.js", bytes })),
  answers: { repeat },
  close: () => pipeline.close(),
});

function toJudgement(report: Report): Judgement {
  const blocking = report.findings.filter((finding) => finding.severity === "block");
  const unfinished = blocking.find((finding) => /^pipeline\/(?:timeout|memory|crash)$/.test(finding.ruleId))?.ruleId;
  const staticMs = report.steps.reduce((sum, step) => (step.name === "validate" || step.name === "static" ? sum + step.ms : sum), 0);
  return {
    flagged: report.verdict === "reject",
    reasons: [...new Set(blocking.map((finding) => `${finding.category} ${finding.ruleId}`))].sort(),
    staticMs,
    ...(unfinished === undefined ? {} : { unfinished }),
  };
}

/** Every few files of the corpus ten times, two at a time so that neighbours disturb. */
async function repeat(): Promise<RepeatRun> {
  const { manifest } = measuredOptions() as JudgeOptions;
  const all = JSON.parse(readFileSync(manifest, "utf8")) as readonly CorpusFile[];
  const small = all.filter((file) => file.bytes < 200_000);
  const step = Math.max(1, Math.floor(small.length / 48));
  const chosen = small.filter((_, index) => index % step === 0);
  const pair = await createPipeline({ plugins: rulePlugins, poolSize: 2 });
  const changedVerdicts: string[] = [];
  const changedFindings: string[] = [];
  for (const { name, file } of chosen) {
    const bytes = readFileSync(file);
    const said = await Promise.all(
      Array.from({ length: repeats }, async () => toJudgement(await pair.judge({ fileName: "widget.js", bytes }))),
    );
    if (new Set(said.map(({ flagged }) => flagged)).size > 1) changedVerdicts.push(name);
    if (new Set(said.map(({ reasons }) => reasons.join())).size > 1) changedFindings.push(name);
  }
  await pair.close();
  return { files: chosen.length, repeats, changedVerdicts, changedFindings };
}
