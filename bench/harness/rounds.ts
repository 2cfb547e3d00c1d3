/** One way to do the thing under measurement; `measure` gives a number where less (or more) is better, the same for all of a set. */
export interface Contestant {
  readonly name: string;
  measure(): Promise<number>;
}

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Values of each contestant, one per round. */
export type Rounds = ReadonlyMap<string, readonly number[]>;

/**
 * Runs all contestants once per round, in an order that turns with each round, so that a busy minute of the machine falls on
 * all of them. The first rounds only warm up.
 */
export async function runRounds(contestants: readonly Contestant[], options: { rounds: number; warmups: number }): Promise<Rounds> {
  const values = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  for (let round = -options.warmups; round < options.rounds; round++) {
    const shift = Math.abs(round) % contestants.length;
    for (const contestant of [...contestants.slice(shift), ...contestants.slice(0, shift)]) {
      const value = await contestant.measure();
      if (round >= 0) values.get(contestant.name)?.push(value);
    }
    process.stderr.write(".");
  }
  return values;
}

/** The rounds of several fresh pages or processes, one after the other. */
export function joinRounds(parts: readonly Rounds[]): Rounds {
  const names = [...(parts[0]?.keys() ?? [])];
  return new Map(names.map((name) => [name, parts.flatMap((part) => valuesOf(part, name))]));
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return { median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2, min: at(0), max: at(sorted.length - 1) };
}

export function valuesOf(rounds: Rounds, name: string): readonly number[] {
  const values = rounds.get(name);
  if (!values) throw new Error(`Nobody measured ${name}`);
  return values;
}

/** Divides round by round: both numbers of a pair come from the same minute. */
export function ratioOf(rounds: Rounds, name: string, against: string): Spread {
  const base = valuesOf(rounds, against);
  return spreadOf(valuesOf(rounds, name).map((value, index) => value / (base[index] ?? Number.NaN)));
}
