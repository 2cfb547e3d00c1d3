import { createHash } from "node:crypto";
import type { Finding } from "../../contracts/index.js";
import { pipelineFinding } from "../findings/pipeline-findings.js";
import { visibleText } from "../findings/visible-text.js";

export interface Submission {
  /** Safe to show: one file name, invisible characters made visible. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly digest: string;
  readonly findings: readonly Finding[];
}

const plainName = /^[^/\\\u0000-\u001f\u007f]{1,120}\.m?js$/i;

/** Takes one read-only copy of the bytes, so that what is judged is what is digested. Name and size are checked here. */
export function receive(submission: { readonly fileName: string; readonly bytes: Uint8Array }, maxBytes: number): Submission {
  const size = submission.bytes.byteLength;
  const bytes = size > maxBytes ? submission.bytes : Uint8Array.from(submission.bytes);
  const name = visibleText(submission.fileName, 120) || "(none)";
  const findings: Finding[] = [];
  if (!plainName.test(submission.fileName) || submission.fileName.startsWith("."))
    findings.push(pipelineFinding("pipeline/file-name", { name }));
  if (size === 0) findings.push(pipelineFinding("pipeline/empty", {}));
  if (size > maxBytes) findings.push(pipelineFinding("pipeline/size", { size, limit: maxBytes }));
  return { name, bytes, digest: createHash("sha256").update(bytes).digest("hex"), findings };
}
