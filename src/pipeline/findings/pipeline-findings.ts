import type { Finding, RuleMeta, RuleReport } from "../../contracts/index.js";
import { makeFindings } from "./make-finding.js";

/** What the pipeline itself can say, beside its rules. All of it rejects. */
export const pipelineMessages = {
  "pipeline/file-name": ["The file is named “{name}”.", "Upload one file whose name ends in .js or .mjs, without folders."],
  "pipeline/empty": ["The file is empty.", "Upload the built bundle of your widget."],
  "pipeline/size": [
    "The file has {size} bytes; the limit is {limit}.",
    "Build for production (minified, without an inline source map) and leave out what the widget does not use.",
  ],
  "pipeline/encoding": ["The file is not valid UTF-8 text ({reason}).", "Save or build the file as UTF-8 text."],
  "pipeline/not-javascript": [
    "This looks like {kind}, not JavaScript.",
    "Upload a single JavaScript file. A bundler such as esbuild, Vite or Rollup packs markup, styles and images into it.",
  ],
  "pipeline/syntax": [
    "This is not valid JavaScript: {reason}.",
    "Run the file in a browser's console or through your bundler to see the mistake, then upload it again.",
  ],
  "pipeline/too-deep": [
    "The code is nested too deeply to be checked.",
    "Build it with an ordinary bundler; long data belongs in arrays or JSON, not in nested expressions.",
  ],
  "pipeline/imports": [
    "The bundle imports another file: {module}.",
    "A widget is one file. Let your bundler include everything (esbuild --bundle, Vite library mode).",
  ],
  "pipeline/timeout": [
    "The check did not finish within {limit} ms (while: {step}).",
    "Remove endless loops and code that runs for long at start-up; split work into small steps.",
  ],
  "pipeline/memory": ["The check ran out of memory (while: {step}).", "Do not build very large strings, arrays or buffers."],
  "pipeline/crash": [
    "The check ended unexpectedly (while: {step}).",
    "Try a plain production build. If it happens again, send the file to whoever runs this platform.",
  ],
  "pipeline/rule-failed": [
    "The rule {rule} failed, so this bundle could not be fully checked.",
    "Nothing is known to be wrong with your code. Tell whoever runs this platform that the rule failed.",
  ],
} as const satisfies { readonly [id: string]: readonly [text: string, fix: string] };

export type PipelineFindingId = keyof typeof pipelineMessages;

/** A finding of the pipeline's own. `subject` gives place and excerpt when there is text to show. */
export function pipelineFinding(
  id: PipelineFindingId,
  data: Readonly<Record<string, string | number>>,
  subject?: { readonly path: string; readonly text: string; readonly at: { readonly start: number; readonly end: number } },
): Finding {
  const [text, fix] = pipelineMessages[id];
  const meta: RuleMeta = {
    id,
    category: "scanner",
    severity: "block",
    title: id,
    description: text,
    messages: { found: { text, fix } },
    examples: { incorrect: [], correct: [] },
  };
  const report: RuleReport<string> = { messageId: "found", data, ...(subject ? { at: subject.at } : {}) };
  const [finding] = makeFindings({ path: subject?.path ?? "", text: subject?.text ?? "", source: "intake" }, [{ meta, report }]);
  return finding as Finding;
}
