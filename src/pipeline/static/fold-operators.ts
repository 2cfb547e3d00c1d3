import { type Folded, regexp, unknowable } from "./analysis.js";

const maxText = 1 << 16;

/** Primitive values only: an object's conversion could run code. */
function isPrimitive(value: Folded): value is string | number | boolean | null | undefined {
  return value !== unknowable && value !== regexp && (typeof value !== "object" || value === null);
}

/** `[]` and `[x]` convert as the language does; jsfuck is made of it. */
function primitive(value: Folded): string | number | boolean | null | undefined | typeof unknowable {
  if (isPrimitive(value)) return value;
  if (Array.isArray(value) && value.length < 64 && value.every(isPrimitive)) return value.map((item) => String(item ?? "")).join(",");
  return unknowable;
}

export function foldBinary(operator: string, left: Folded, right: Folded): Folded {
  const a = primitive(left);
  const b = primitive(right);
  if (a === unknowable || b === unknowable) return unknowable;
  if (operator === "+") {
    if (typeof a === "string" || typeof b === "string") {
      const text = String(a) + String(b);
      return text.length > maxText ? unknowable : text;
    }
    return Number(a) + Number(b);
  }
  const x = a as number;
  const y = b as number;
  switch (operator) {
    case "-":
      return Number(x) - Number(y);
    case "*":
      return Number(x) * Number(y);
    case "/":
      return Number(x) / Number(y);
    case "%":
      return Number(x) % Number(y);
    case "**":
      return Number(x) ** Number(y);
    case "&":
      return Number(x) & Number(y);
    case "|":
      return Number(x) | Number(y);
    case "^":
      return Number(x) ^ Number(y);
    case "<<":
      return Number(x) << Number(y);
    case ">>":
      return Number(x) >> Number(y);
    case ">>>":
      return Number(x) >>> Number(y);
    case "===":
      return a === b;
    case "!==":
      return a !== b;
    case "<":
      return x < y;
    case ">":
      return x > y;
    case "<=":
      return x <= y;
    case ">=":
      return x >= y;
    default:
      return unknowable;
  }
}

export function foldUnary(operator: string, operand: Folded): Folded {
  if (operator === "void") return undefined;
  if (operand === unknowable) return unknowable;
  if (operator === "!") return !operand;
  if (operator === "typeof" && isPrimitive(operand)) return operand === null ? "object" : typeof operand;
  const value = primitive(operand);
  if (value === unknowable) return unknowable;
  if (operator === "-") return -Number(value);
  if (operator === "+") return Number(value);
  return operator === "~" ? ~Number(value) : unknowable;
}
