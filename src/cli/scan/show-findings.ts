import { createHash } from "node:crypto";
import type { Finding, Report } from "../../contracts/index.js";
import { drawFrame, frameOfExcerpt } from "../report/code-frame.js";
import { findSecrets } from "../report/secret-ranges.js";
import { createSourceText, type SourceText } from "../report/source-text.js";
import type { ShownFinding } from "./scan-result.js";

const layerMark = " → ";

/** Findings with their code frames, for one file. `width` is the widest line of code to show. */
export function showFindings(
  report: Report,
  input: { readonly bytes: Uint8Array; readonly fileName: string; readonly shownPath: string },
  width: number,
): readonly ShownFinding[] {
  const { fileName, shownPath } = input;
  if (report.findings.length === 0) return [];
  // As the pipeline decodes: the byte order mark stays, so that offsets agree.
  const source = createSourceText(new TextDecoder("utf-8", { ignoreBOM: true }).decode(input.bytes));
  const own = report.findings.filter((finding) => isInFile(finding, fileName, source));
  const secrets = findSecrets(source.text, own);
  return report.findings.map((finding) => {
    const { place, excerpt } = finding;
    if (!place) return { finding, frame: [] };
    const layer = layerOf(place.file, fileName);
    const moved: Finding = { ...finding, place: { ...place, file: layer === undefined ? shownPath : `${shownPath}${layerMark}${layer}` } };
    const at = { line: place.line, column: place.column + 1 };
    if (!own.includes(finding)) {
      const frame = excerpt && place.line > 0 && excerpt.text !== "" ? frameOfExcerpt(place, excerpt) : [];
      return { finding: moved, at, ...(layer === undefined ? {} : { layer }), frame };
    }
    const last = source.lineAt(place.end);
    const line = source.line(place.line);
    return {
      finding: moved,
      at: { ...at, endLine: last.number, endColumn: Math.min(place.end, last.end) - last.start + 1 },
      frame: drawFrame(source, place, secrets, width),
      lineHash: createHash("sha256").update(source.text.slice(line?.start, line?.end).trim()).digest("hex").slice(0, 16),
    };
  });
}

/** Code that was decoded or made at run time has a name behind the file's: `widget.js → eval 1`. */
function layerOf(file: string, fileName: string): string | undefined {
  const at = file.indexOf(layerMark, file.startsWith(fileName) ? fileName.length : 0);
  return at < 0 ? undefined : file.slice(at + layerMark.length);
}

/** Whether the place is one of this very text. Rules over behaviour may give places that are not. */
function isInFile({ place }: Finding, fileName: string, source: SourceText): boolean {
  if (!place || layerOf(place.file, fileName) !== undefined || place.end > source.text.length) return false;
  const line = source.lineAt(place.start);
  return line.number === place.line && place.start - line.start === place.column;
}
