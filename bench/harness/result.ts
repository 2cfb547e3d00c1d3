import { type Rounds, ratioOf, type Spread, spreadOf, valuesOf } from "./rounds.js";

/** `at most 1.2` or `at least 0.8`. */
export interface Aim {
  readonly kind: "most" | "least";
  readonly value: number;
}

export interface Row {
  readonly what: string;
  /** What was measured in this run; only its ratio means something elsewhere. */
  readonly measured: Spread;
  /** Absent on the row that the others are compared with. */
  readonly ratio?: Spread;
  readonly aim?: Aim;
}

/** One table: a base row and its rivals, measured in the same rounds. */
export interface Table {
  readonly title: string;
  readonly unit: string;
  readonly rounds: number;
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
}

/** Builds a table from rounds; the first line is the base. */
export function createTable(options: {
  title: string;
  unit: string;
  rounds: Rounds;
  base: string;
  rivals: readonly { readonly name: string; readonly aim?: Aim }[];
  notes?: readonly string[];
}): Table {
  const { rounds, base } = options;
  const baseValues = valuesOf(rounds, base);
  return {
    title: options.title,
    unit: options.unit,
    rounds: baseValues.length,
    rows: [
      { what: base, measured: spreadOf(baseValues) },
      ...options.rivals.map(({ name, aim }) => ({
        what: name,
        measured: spreadOf(valuesOf(rounds, name)),
        ratio: ratioOf(rounds, name, base),
        ...(aim === undefined ? {} : { aim }),
      })),
    ],
    notes: options.notes ?? [],
  };
}

export function isMet({ ratio, aim }: Row): boolean | undefined {
  if (!ratio || !aim) return undefined;
  return aim.kind === "most" ? ratio.median <= aim.value : ratio.median >= aim.value;
}
