import type { Finding } from "../../contracts/index.js";
import { pipelineFinding } from "../findings/pipeline-findings.js";
import type { Submission } from "./receive.js";

export type ValidText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly findings: readonly Finding[] };

const byMagic: readonly { readonly kind: string; readonly bytes: readonly number[] }[] = [
  { kind: "a ZIP archive", bytes: [0x50, 0x4b] },
  { kind: "a gzip archive", bytes: [0x1f, 0x8b] },
  { kind: "a PNG image", bytes: [0x89, 0x50, 0x4e, 0x47] },
  { kind: "a JPEG image", bytes: [0xff, 0xd8, 0xff] },
  { kind: "a GIF image", bytes: [0x47, 0x49, 0x46, 0x38] },
  { kind: "a PDF document", bytes: [0x25, 0x50, 0x44, 0x46] },
  { kind: "a WebAssembly module", bytes: [0x00, 0x61, 0x73, 0x6d] },
  { kind: "a program", bytes: [0x7f, 0x45, 0x4c, 0x46] },
  { kind: "a program", bytes: [0x4d, 0x5a, 0x90] },
];

/**
 * Bytes to text, once: what is parsed here is what is run and served. A UTF-8 byte order mark is kept: JavaScript reads it as a
 * space wherever it stands, and the bytes are served unchanged behind other code.
 */
export function validate(submission: Submission): ValidText {
  const { bytes, name } = submission;
  const fail = (finding: Finding): ValidText => ({ ok: false, findings: [finding] });
  const magic = byMagic.find((entry) => entry.bytes.every((byte, index) => bytes[index] === byte));
  if (magic) return fail(pipelineFinding("pipeline/not-javascript", { kind: magic.kind }));
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return fail(pipelineFinding("pipeline/encoding", { reason: "UTF-16 byte order mark" }));
  if (bytes.includes(0)) return fail(pipelineFinding("pipeline/encoding", { reason: "it holds NUL bytes" }));
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return fail(pipelineFinding("pipeline/encoding", { reason: "invalid byte sequence" }));
  }
  if (text.trim() === "") return fail(pipelineFinding("pipeline/empty", {}));
  const kind = otherLanguage(text);
  if (kind) {
    const start = text.search(/\S/);
    return fail(
      pipelineFinding("pipeline/not-javascript", { kind }, { path: name, text, at: { start, end: Math.min(text.length, start + 20) } }),
    );
  }
  return { ok: true, text };
}

function otherLanguage(text: string): string | undefined {
  const head = text.slice(0, 2000).trimStart();
  if (/^(?:<!--[\s\S]{0,1500}?-->\s*)*<(?:!doctype|html|head|body|script|div|meta|link|style|template|svg|\?xml)\b/i.test(head))
    return "an HTML or XML document";
  if (/^<\?php/i.test(head)) return "a PHP program";
  if (head.startsWith("#!")) return "a command-line script";
  return undefined;
}
