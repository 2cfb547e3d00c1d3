const mostDepth = 8;
const forbiddenKeys = new Set(["__proto__", "constructor", "prototype"]);
/** NUL and lone surrogates: JSON can spell them, PostgreSQL cannot store them, people cannot see them. */
const unstorable = /\0|\p{Cs}/u;

export interface JsonFlaw {
  readonly reason: "depth" | "duplicate_key" | "forbidden_key" | "unstorable_text" | "number_range";
  /** Keys from the root. */
  readonly path: readonly string[];
}

interface Level {
  /** undefined for an array. */
  readonly keys: Set<string> | undefined;
  /** The key whose value comes next, or the index in an array. */
  place: string;
  index: number;
}

const token = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|[{}[\],:]/gsy;
const skip = /[^"{}[\],:\d-]+/gsy;

/**
 * The first thing in a JSON text that a parsed value cannot show (a key given twice: two readers may each believe another one) or
 * that is unsafe to carry on. The text need not be valid JSON; the parser judges that. Linear, no recursion. Pure.
 */
export function findJsonFlaw(text: string): JsonFlaw | undefined {
  const levels: Level[] = [];
  const path = () => levels.map((level) => level.place);
  const flaw = (reason: JsonFlaw["reason"]): JsonFlaw => ({ reason, path: path() });
  let at = 0;
  let lastText: string | undefined;
  while (at < text.length) {
    token.lastIndex = at;
    const found = token.exec(text)?.[0];
    if (found === undefined) {
      // A string without an end: no JSON, and looking for its end from every later quote would take quadratic time.
      if (text[at] === '"') return undefined;
      skip.lastIndex = at;
      at += Math.max(1, skip.exec(text)?.[0].length ?? 1);
      continue;
    }
    at += found.length;
    const level = levels.at(-1);
    const first = found[0];
    if (first === '"') {
      lastText = readString(found);
      if (lastText !== undefined && unstorable.test(lastText)) return flaw("unstorable_text");
      continue;
    }
    if (first === ":") {
      if (level?.keys === undefined || lastText === undefined) continue;
      level.place = lastText;
      if (forbiddenKeys.has(lastText)) return flaw("forbidden_key");
      if (level.keys.has(lastText)) return flaw("duplicate_key");
      level.keys.add(lastText);
    } else if (first === "{" || first === "[") {
      if (levels.length === mostDepth) return flaw("depth");
      levels.push({ keys: first === "{" ? new Set() : undefined, place: first === "{" ? "" : "0", index: 0 });
    } else if (first === "}" || first === "]") levels.pop();
    else if (first === ",") {
      if (level !== undefined && level.keys === undefined) level.place = String(++level.index);
    } else if (!Number.isFinite(Number(found))) return flaw("number_range");
  }
  return undefined;
}

function readString(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
}
