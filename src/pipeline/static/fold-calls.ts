import type { Node } from "estree";
import { type Folded, unknowable } from "./analysis.js";

const maxText = 1 << 16;
type Values = () => readonly Folded[] | undefined;
type Spend = (length: number) => boolean;

export function toText(value: Folded): string | undefined {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean" || value === undefined)
    return String(value);
  return undefined;
}

const textFunctions: { readonly [path: string]: (text: string, second: Folded) => Folded } = {
  atob: (text) => decodeBase64(text),
  btoa: (text) => (/^[\u0000-\u00ff]*$/.test(text) ? Buffer.from(text, "latin1").toString("base64") : unknowable),
  decodeURIComponent: (text) => attempt(() => decodeURIComponent(text)),
  decodeURI: (text) => attempt(() => decodeURI(text)),
  encodeURIComponent: (text) => attempt(() => encodeURIComponent(text)),
  unescape: (text) =>
    text.replace(/%u([\da-f]{4})|%([\da-f]{2})/gi, (_, long: string, short: string) =>
      String.fromCharCode(Number.parseInt(long ?? short, 16)),
    ),
  escape: (text) =>
    text.replace(
      /[^\w@*_+\-./]/g,
      (character) =>
        `%${character.charCodeAt(0) < 256 ? character.charCodeAt(0).toString(16).padStart(2, "0") : `u${character.charCodeAt(0).toString(16).padStart(4, "0")}`}`,
    ),
  parseInt: (text, radix) => Number.parseInt(text, typeof radix === "number" ? radix : 10),
  parseFloat: (text) => Number.parseFloat(text),
  Number: (text) => Number(text),
  String: (text) => text,
};

/** A call of one of the language's own functions with known arguments. */
export function applyGlobal(path: string, values: Values, spend: Spend): Folded {
  const name = path.replace(/^Number\.(?=parse)/, "");
  if (Object.hasOwn(textFunctions, name)) {
    const [first, second] = values() ?? [unknowable];
    const text = first === undefined ? undefined : toText(first);
    return text === undefined || !spend(text.length) ? unknowable : (textFunctions[name]?.(text, second) ?? unknowable);
  }
  if (name === "String.fromCharCode" || name === "String.fromCodePoint") {
    const codes = values();
    if (
      !codes ||
      codes.length > 65_536 ||
      !spend(codes.length) ||
      !codes.every((code) => typeof code === "number" || typeof code === "string")
    )
      return unknowable;
    return codes
      .map((code) =>
        Number(code) > 0xffff && Number(code) <= 0x10ffff ? String.fromCodePoint(Number(code)) : String.fromCharCode(Number(code)),
      )
      .join("");
  }
  if (name === "Array.from") {
    const first = values()?.[0];
    if (typeof first === "string" && first.length < 65_536 && spend(first.length * 32)) return [...first];
    return Array.isArray(first) ? (first as Folded) : unknowable;
  }
  if (name === "Object()" || name === "Array()") return unknowable;
  return unknowable;
}

/** A method of a known string, number or array. `each` folds a callback. */
export function applyMethod(
  object: Folded,
  name: string,
  values: Values,
  each: ((...inputs: Folded[]) => Folded) | undefined,
  spend: Spend,
  firstArgument: Node | undefined,
): Folded {
  if (typeof object === "string") return applyToText(object, name, values, spend, firstArgument);
  if (typeof object === "number") {
    const radix = values()?.[0];
    if (name !== "toString" || (radix !== undefined && (typeof radix !== "number" || radix < 2 || radix > 36))) return unknowable;
    return object.toString(radix);
  }
  return Array.isArray(object) ? applyToArray(object as readonly Folded[], name, values, each, spend) : unknowable;
}

function applyToText(text: string, name: string, values: Values, spend: Spend, firstArgument: Node | undefined): Folded {
  if (text.length > maxText || !spend(text.length)) return unknowable;
  if (name === "replace" || name === "replaceAll") return replaceText(text, name, values, firstArgument);
  const args = values();
  if (!args || args.includes(unknowable)) return unknowable;
  const [first, second] = args;
  const number = (value: Folded): number | undefined => (value === undefined ? undefined : Number(toText(value)));
  switch (name) {
    case "charAt":
      return text.charAt(number(first) ?? 0);
    case "at":
      return text.at(number(first) ?? 0);
    case "charCodeAt":
      return text.charCodeAt(number(first) ?? 0);
    case "codePointAt":
      return text.codePointAt(number(first) ?? 0);
    case "slice":
      return text.slice(number(first), number(second));
    case "substring":
      return text.substring(number(first) ?? 0, number(second));
    case "substr": {
      const from = number(first) ?? 0;
      const start = from < 0 ? Math.max(0, text.length + from) : from;
      return text.slice(start, second === undefined ? undefined : start + Math.max(0, number(second) ?? 0));
    }
    case "toLowerCase":
      return text.toLowerCase();
    case "toUpperCase":
      return text.toUpperCase();
    case "trim":
      return text.trim();
    case "toString":
    case "valueOf":
    case "normalize":
      return text;
    case "concat":
      return text + args.map((value) => toText(value) ?? "").join("");
    case "repeat":
      return text.length * (number(first) ?? 0) > maxText || (number(first) ?? 0) < 0 ? unknowable : text.repeat(number(first) ?? 0);
    case "split":
      if (text.length > 65_536) return unknowable;
      return typeof first === "string" ? text.split(first) : first === undefined ? [text] : unknowable;
    case "indexOf":
      return typeof first === "string" ? text.indexOf(first) : unknowable;
    default:
      return unknowable;
  }
}

/** Only patterns without quantifiers or groups: a pattern of the author's could be made to hang. */
function replaceText(text: string, name: string, values: Values, pattern: Node | undefined): Folded {
  const replacement = values()?.[1];
  if (typeof replacement !== "string" || replacement.includes("$")) return unknowable;
  if (pattern?.type === "Literal" && "regex" in pattern) {
    const { pattern: source, flags } = pattern.regex;
    if (source.length > 60 || !/^(?:\[[^\]]{1,40}\]|\\[^bB0-9kpPux]|[^\\()[\]{}*+?|^$])+\+?$/.test(source) || !/^[gim]*$/.test(flags))
      return unknowable;
    return attempt(() => text.replace(new RegExp(source, flags), replacement));
  }
  const first = values()?.[0];
  if (typeof first !== "string" || (first === "" && name === "replaceAll")) return unknowable;
  return name === "replace" ? text.replace(first, replacement) : text.replaceAll(first, replacement);
}

function applyToArray(
  items: readonly Folded[],
  name: string,
  values: Values,
  each: ((...inputs: Folded[]) => Folded) | undefined,
  spend: Spend,
): Folded {
  if (items.length > 65_536 || !spend(items.length * 8)) return unknowable;
  if (name === "map") return each ? items.map((item, index) => each(item, index)) : unknowable;
  if (name === "reverse" || name === "toReversed") return [...items].reverse();
  const args = values();
  if (!args || args.includes(unknowable)) return unknowable;
  const [first, second] = args;
  switch (name) {
    case "join": {
      const parts = items.map((item) => (item === null || item === undefined ? "" : toText(item)));
      if (parts.includes(undefined)) return unknowable;
      const text = parts.join(first === undefined ? "," : toText(first));
      return text.length > maxText ? unknowable : text;
    }
    case "concat":
      return [...items, ...args.flatMap((value): Folded[] => (Array.isArray(value) ? [...(value as Folded[])] : [value]))];
    case "slice":
      return items.slice(typeof first === "number" ? first : undefined, typeof second === "number" ? second : undefined);
    case "at":
      return typeof first === "number" ? items.at(first) : unknowable;
    case "toString":
      return items.every((item) => toText(item) !== undefined) ? items.map((item) => toText(item)).join(",") : unknowable;
    default:
      return unknowable;
  }
}

/** As the browser's `atob`: latin-1 text, or nothing when a character is outside the alphabet. */
function decodeBase64(text: string): Folded {
  const clean = text.replace(/[\t\n\f\r ]/g, "").replace(/={1,2}$/, "");
  if (!/^[A-Za-z0-9+/]*$/.test(clean) || clean.length % 4 === 1) return unknowable;
  return Buffer.from(clean, "base64").toString("latin1");
}

function attempt(work: () => string): Folded {
  try {
    return work();
  } catch {
    return unknowable;
  }
}
