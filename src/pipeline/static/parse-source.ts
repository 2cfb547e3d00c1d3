import { type Options, parse } from "acorn";
import type { Program } from "estree";

export type ParsedSource =
  | { readonly ok: true; readonly program: Program; readonly format: "script" | "module" }
  | { readonly ok: false; readonly reason: "syntax" | "depth"; readonly message: string; readonly offset: number };

const options: Options = { ecmaVersion: "latest", sourceType: "script", allowHashBang: false, locations: false };

/**
 * Parses as a script, else as a module: the same order in which a browser would have to be told. The engine evaluates and the
 * sandbox serves what was parsed here, byte for byte.
 */
export function parseSource(text: string): ParsedSource {
  const script = attempt(text, "script");
  if (script.ok || script.reason === "depth") return script;
  const module = attempt(text, "module");
  if (module.ok || module.reason === "depth") return module;
  // The error that came later in the file is the one that says more.
  return module.offset >= script.offset ? module : script;
}

function attempt(text: string, format: "script" | "module"): ParsedSource {
  try {
    const program = parse(text, { ...options, sourceType: format }) as unknown as Program;
    return { ok: true, program, format };
  } catch (error) {
    if (error instanceof SyntaxError && !error.message.startsWith("Not enough stack space")) {
      const offset = (error as SyntaxError & { pos?: number }).pos ?? 0;
      return { ok: false, reason: "syntax", message: error.message.replace(/\s*\(\d+:\d+\)$/, "").slice(0, 160), offset };
    }
    // The parser recurses: source that is nested too deeply overflows its stack.
    return { ok: false, reason: "depth", message: "nested too deeply to parse", offset: 0 };
  }
}
