import { alphabets, type Random } from "../random.js";
import { disguise } from "./disguise.js";
import { addressOf, hostOf, pathOf, sendStatements, sendVia } from "./send.js";

/**
 * Fills the holes of a hostile template:
 * `{{host}}` `{{path}}` `{{word}}` `{{n:1-9}}` `{{text:hex:32}}` plain text, the same for the same hole name within a sample;
 * `{{url}}` an address as plain text, `{{urlExpr}}` an expression for one; `{{q:text}}` an expression for a text;
 * `{{v:name}}` a variable; `{{send:expression}}` or `{{send:via:expression}}` statements that send it.
 * A hole with `#label` at its end has a value of its own.
 */
export function fillTemplate(template: string, random: Random): string {
  const known = new Map<string, string>();
  const once = (hole: string, make: () => string): string => {
    const found = known.get(hole) ?? make();
    known.set(hole, found);
    return found;
  };
  const names = new Set<string>();
  const fresh = (): string => {
    for (;;) {
      const name = random.pick([
        random.word(),
        `_${random.word()}`,
        random.text(alphabets.lower, 2),
        `${random.word()}${random.int(1, 99)}`,
      ]);
      if (!names.has(name) && !reserved.has(name)) {
        names.add(name);
        return name;
      }
    }
  };
  const fill = (hole: string): string => {
    const [, kind = "", rest = ""] = /^(\w+)(?::([^]*))?$/.exec(hole.replace(/#\w+$/, "")) ?? [];
    switch (kind) {
      case "host":
        return once(hole, () => hostOf(random));
      case "path":
        return once(hole, () => pathOf(random));
      case "word":
        return once(hole, () => random.word());
      case "url":
        return once(hole, () => addressOf(random));
      case "urlExpr":
        return disguise(random, addressOf(random));
      case "q":
        return disguise(random, rest, 0.25);
      case "v":
        return once(hole, fresh);
      case "n": {
        const [min = 0, max = 9] = rest.split("-").map(Number);
        return once(hole, () => String(random.int(min, max)));
      }
      case "text": {
        const [alphabet = "alnum", length = "16"] = rest.split(":");
        return once(hole, () => random.text(alphabets[alphabet as keyof typeof alphabets], Number(length)));
      }
      case "pick":
        return once(hole, () => random.pick(rest.split("|")));
      case "send": {
        const [, via, data = ""] = /^(?:([a-z-]+):)?([^]*)$/.exec(rest) ?? [];
        return via === undefined ? sendStatements(random, data, fresh()).code : sendVia(random, via, data, fresh());
      }
      default:
        throw new Error(`The template has an unknown hole {{${hole}}}`);
    }
  };
  let text = template;
  // Holes may stand in holes: the inner ones first.
  for (let round = 0; round < 4 && text.includes("{{"); round += 1)
    text = text.replaceAll(/\{\{((?:(?!\{\{|\}\})[^])*)\}\}/g, (_, hole: string) => fill(hole));
  return text;
}

const reserved = new Set(["do", "if", "in", "of", "as", "is", "on", "to", "go", "de", "no", "var", "let", "top", "self", "name"]);
