import type { Program } from "estree";
import type { Behaviour, Finding, Rule } from "../contracts/index.js";
import type { PreparedRun } from "./dynamic/run-factory.js";
import { hideSecrets } from "./findings/make-finding.js";
import { pipelineFinding } from "./findings/pipeline-findings.js";
import { findLayers, type Layer } from "./static/find-layers.js";
import { parseSource } from "./static/parse-source.js";
import { RuleLedger, runBehaviourRules, runSourceRules } from "./static/run-rules.js";
import { analyseSource } from "./static/source-file.js";
import type { WorkerMessage } from "./worker/messages.js";

const maxDepth = 5;
const maxLayers = 40;
const maxLayerText = 2 << 20;

/**
 * The part of the judgement that needs a killable thread: parse, static rules, dynamic run. Says each result as soon as it has it,
 * so that a bundle that hangs the run is still reported with what was found before. Returns whether the thread may be used again.
 */
export async function inspect(
  submission: { readonly name: string; readonly text: string; readonly budgetMs: number },
  rules: readonly Rule[],
  run: PreparedRun,
  say: (message: WorkerMessage) => void,
): Promise<boolean> {
  const started = performance.now();
  say({ kind: "progress", step: "parse" });
  const parsed = parse(submission, say);
  if (!parsed) return true;

  say({ kind: "progress", step: "static" });
  const ledger = new RuleLedger(rules);
  const layers: LayerWork = { seen: new Set(), spent: 0 };
  const beforeStatic = performance.now();
  const findings = await judgeSource({ ...submission, ...parsed, depth: 0 }, rules, ledger, layers, "static").catch(explainOverflow);
  say({ kind: "static", outcome: ledger.close(["javascript", "text"], findings), ms: performance.now() - beforeStatic });

  say({ kind: "progress", step: "dynamic" });
  const beforeRun = performance.now();
  const seen = run.execute({
    ...submission,
    format: parsed.format,
    budgetMs: Math.max(200, submission.budgetMs - (beforeRun - started)),
  });
  const generated = await judgeGenerated(submission.name, seen, rules, ledger, layers);
  const behaviour = {
    ...seen,
    events: seen.events.map((event) => ({ ...event, target: hideSecrets(event.target, ledger.secrets) })),
    errors: seen.errors.map((error) => hideSecrets(error, ledger.secrets)),
  };
  const dynamic = runBehaviourRules(submission.name, behaviour, rules, ledger);
  say({
    kind: "dynamic",
    outcome: ledger.close(["behaviour"], [...dynamic, ...generated]),
    behaviour: behaviour.events,
    ms: performance.now() - beforeRun,
    detail: behaviour.stopped === undefined ? `${behaviour.events.length} events` : `stopped: ${behaviour.stopped}`,
  });
  return behaviour.stopped === undefined;
}

/** The analysis recurses into expressions as the parser does: what overflows it cannot be judged. */
function explainOverflow(error: unknown): Finding[] {
  if (error instanceof RangeError) return [pipelineFinding("pipeline/too-deep", {})];
  throw error;
}

function parse(submission: { readonly name: string; readonly text: string }, say: (message: WorkerMessage) => void) {
  const before = performance.now();
  const parsed = parseSource(submission.text);
  const elapsed = (): number => performance.now() - before;
  if (!parsed.ok) {
    const at = { start: parsed.offset, end: Math.min(submission.text.length, parsed.offset + 1) };
    const subject = { path: submission.name, text: submission.text, at };
    const finding =
      parsed.reason === "depth"
        ? pipelineFinding("pipeline/too-deep", {})
        : pipelineFinding("pipeline/syntax", { reason: parsed.message }, subject);
    say({ kind: "parsed", outcome: { format: "unknown", findings: [finding], ms: elapsed() } });
    return undefined;
  }
  const findings = importsOf(parsed.program).map((node) =>
    pipelineFinding("pipeline/imports", { module: String(node.source.value) }, { path: submission.name, text: submission.text, at: node }),
  );
  say({ kind: "parsed", outcome: { format: parsed.format, findings, ms: elapsed() } });
  return { program: parsed.program, format: parsed.format };
}

function importsOf(program: Program) {
  return program.body.flatMap((statement) => {
    const source =
      statement.type === "ImportDeclaration" || statement.type === "ExportAllDeclaration" || statement.type === "ExportNamedDeclaration"
        ? statement.source
        : null;
    return source ? [{ ...(statement as unknown as { start: number; end: number }), source }] : [];
  });
}

interface LayerWork {
  readonly seen: Set<string>;
  spent: number;
}

/** A source and the code inside its strings, and inside theirs. */
async function judgeSource(
  source: {
    readonly name: string;
    readonly text: string;
    readonly program: Program;
    readonly format: "script" | "module";
    readonly depth: number;
  },
  rules: readonly Rule[],
  ledger: RuleLedger,
  work: LayerWork,
  origin: Finding["source"],
): Promise<Finding[]> {
  work.seen.add(source.text);
  const analysed = analyseSource({ path: source.name, text: source.text, program: source.program, format: source.format });
  const findings = await runSourceRules(analysed, { path: source.name, text: source.text, source: origin }, rules, ledger);
  if (source.depth >= maxDepth) return findings;
  for (const layer of findLayers(analysed.file, analysed.tree)) {
    findings.push(...(await judgeLayer(source.name, layer, source.depth + 1, rules, ledger, work, origin)));
  }
  return findings;
}

async function judgeLayer(
  name: string,
  layer: Layer,
  depth: number,
  rules: readonly Rule[],
  ledger: RuleLedger,
  work: LayerWork,
  origin: Finding["source"],
): Promise<Finding[]> {
  if (work.seen.has(layer.text) || work.seen.size > maxLayers || work.spent + layer.text.length > maxLayerText) return [];
  work.spent += layer.text.length;
  work.seen.add(layer.text);
  const parsed = parseLayer(layer.text);
  return parsed ? judgeSource({ name: `${name} → ${layer.via} ${work.seen.size - 1}`, ...parsed, depth }, rules, ledger, work, origin) : [];
}

/** As a script, else as a function's body. Text that is neither cannot run. */
function parseLayer(text: string) {
  for (const candidate of [text, `(function () {\n${text}\n})`, `(${text}\n)`]) {
    const parsed = parseSource(candidate);
    if (parsed.ok) return { text: candidate, program: parsed.program, format: parsed.format };
  }
  return undefined;
}

async function judgeGenerated(
  name: string,
  behaviour: Behaviour,
  rules: readonly Rule[],
  ledger: RuleLedger,
  work: LayerWork,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const made of behaviour.generated) findings.push(...(await judgeLayer(name, made, 1, rules, ledger, work, "dynamic")));
  return findings;
}
