/** NUL and half a surrogate pair are legal in JavaScript and on SQLite but errors on PostgreSQL: both become U+FFFD everywhere. */
export function fitText(text: string): string {
  return text.replaceAll("\0", "\uFFFD").replace(/\p{Surrogate}/gu, "\uFFFD");
}

/** The first `length` characters (code points, as PostgreSQL counts them). For text that is shown, never for keys. */
export function cutText(text: string, length: number): string {
  return text.length <= length ? text : Array.from(text).slice(0, length).join("");
}

/** JSON text for a json column. */
export function toJson(value: object): string {
  const text = JSON.stringify(value);
  if (!/\\u(0000|d[89a-f])/i.test(text)) return text;
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === "string") return fitText(part);
    if (part === null || typeof part !== "object" || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [fitText(name), inner as unknown]));
  });
}

/** UTC with milliseconds in the form TypeORM uses on SQLite; sorts like the time. */
export const toDatabaseTime = (time: Date): string => time.toISOString().replace("T", " ").replace("Z", "");

/** A column of a row that a driver gave. */
export type Cell = string | number | boolean | object | null | undefined;

/** The value of a json column; its shape is the one that was written. */
export const readJson = (cell: Cell): unknown => (typeof cell === "string" ? JSON.parse(cell) : cell);

export function readTime(cell: Cell): Date {
  return cell instanceof Date ? cell : new Date(`${readText(cell).replace(" ", "T")}Z`);
}

export const readOptionalTime = (cell: Cell): Date | null => (cell === null ? null : readTime(cell));

/** SQLite keeps booleans as 0 and 1. */
export const readFlag = (cell: Cell): boolean => cell === true || cell === 1;

export function readText(cell: Cell): string {
  if (typeof cell !== "string") throw new TypeError("A text column is missing from the row.");
  return cell;
}

export const readOptionalText = (cell: Cell): string | null => (cell === null ? null : readText(cell));

/** PostgreSQL gives counts (64 bit) as text. */
export function readNumber(cell: Cell): number {
  const number = typeof cell === "number" || typeof cell === "string" ? Number(cell) : Number.NaN;
  if (Number.isNaN(number)) throw new TypeError("A number column is missing from the row.");
  return number;
}
