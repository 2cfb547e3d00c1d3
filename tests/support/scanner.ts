import type { Pipeline, Report } from "../../src/contracts/index.js";
import { createPipeline, type PipelineOptions } from "../../src/pipeline/index.js";
import { rulePlugins } from "../../src/plugins/rule-plugins.js";

/** The scanner with the rules that ship. Close it. */
export function startScanner(options: Partial<PipelineOptions> = {}): Promise<Pipeline> {
  return createPipeline({ plugins: rulePlugins, poolSize: 2, ...options });
}

export function judgeText(pipeline: Pipeline, text: string, fileName = "widget.js"): Promise<Report> {
  return pipeline.judge({ fileName, bytes: Buffer.from(text) });
}

/** Ids of the rules that block, each once. */
export function blockingRules(report: Report): readonly string[] {
  return [...new Set(report.findings.filter((finding) => finding.severity === "block").map((finding) => finding.ruleId))];
}
