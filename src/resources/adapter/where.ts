import { ValidationError } from "adminjs";
import {
  Between,
  Equal,
  type FindOperator,
  type FindOptionsWhere,
  LessThanOrEqual,
  MoreThanOrEqual,
  type ObjectLiteral,
  Raw,
} from "typeorm";
import type { Column, ResourceDefinition } from "../definition.js";

type Condition = FindOperator<unknown>;
type FilterEntries = Readonly<Record<string, { readonly value?: unknown } | undefined>>;

/**
 * The rows that filters ask for. An unknown column or a value that does not fit is an error: silently ignoring it would
 * answer with every row, and accepting hidden columns would make them guessable.
 */
export function toWhere(definition: ResourceDefinition, filters: FilterEntries): FindOptionsWhere<ObjectLiteral> {
  const where: Record<string, Condition> = {};
  const mistakes: Record<string, string> = {};
  for (const [name, filter] of Object.entries(filters)) {
    const column = definition.columns.find((candidate) => candidate.name === name && !candidate.derived);
    const allowed = column !== undefined && (column.filter === true || column.name === definition.title);
    const condition = allowed ? toCondition(column, filter?.value) : undefined;
    if (condition) where[name] = condition;
    else mistakes[name] = allowed ? "This value does not fit the filter." : "There is no such filter.";
  }
  if (Object.keys(mistakes).length > 0) throw invalid(mistakes);
  return where;
}

export function invalid(mistakes: Readonly<Record<string, string>>): ValidationError {
  const errors = Object.fromEntries(Object.entries(mistakes).map(([field, message]) => [field.slice(0, 80), { type: "invalid", message }]));
  return new ValidationError(errors, { type: "invalid", message: Object.values(mistakes)[0] ?? "Something does not fit." });
}

function toCondition(column: Column, value: unknown): Condition | undefined {
  if (column.kind === "time") return toPeriod(value);
  if (typeof value !== "string" || value === "" || value.length > 200) return undefined;
  switch (column.kind) {
    case "flag":
      return value === "true" ? Equal(true) : value === "false" ? Equal(false) : undefined;
    case "number":
    case "bytes":
    case "money":
      return /^-?\d{1,9}$/.test(value) ? Equal(Number(value)) : undefined;
    case "choice":
      return column.choices === undefined || column.choices.some((choice) => choice.value === value) ? Equal(value) : undefined;
    case "reference":
      return /^[0-9a-fA-F-]{36}$/.test(value) ? Equal(value) : undefined;
    case "text":
    case "longText":
    case "code":
    case "digest":
      return contains(value);
    default:
      return undefined;
  }
}

let lastBind = 0;

/** Case-insensitive on both databases; `%` and `_` are ordinary characters. */
export function contains(value: string): Condition {
  const escape = (text: string) => `%${text.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
  lastBind = (lastBind + 1) % 1_000_000;
  const [folded, exact] = [`folded${lastBind}`, `exact${lastBind}`];
  // SQLite folds ASCII only, so other letters also match as they were written.
  return Raw((alias) => `(LOWER(${alias}) LIKE :${folded} ESCAPE '\\' OR ${alias} LIKE :${exact} ESCAPE '\\')`, {
    [folded]: escape(value.toLowerCase()),
    [exact]: escape(value),
  });
}

function toPeriod(value: unknown): Condition | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { from, to } = value as { from?: unknown; to?: unknown };
  const [start, end] = [toDate(from, "T00:00:00.000Z"), toDate(to, "T23:59:59.999Z")];
  if (start === "bad" || end === "bad") return undefined;
  if (start && end) return Between(start, end);
  if (start) return MoreThanOrEqual(start);
  return end ? LessThanOrEqual(end) : undefined;
}

function toDate(value: unknown, time: string): Date | "bad" | undefined {
  if (value === undefined || value === "") return undefined;
  if (typeof value !== "string" || value.length > 40) return "bad";
  const date = new Date(/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}${time}` : value);
  return Number.isNaN(date.getTime()) ? "bad" : date;
}
