/** Median and spread of some repetitions. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly repetitions: number;
}

/** Throws for no values. */
export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) throw new Error("no values to take a median of");
  const middle = (sorted.length - 1) / 2;
  const median = ((sorted[Math.floor(middle)] ?? least) + (sorted[Math.ceil(middle)] ?? most)) / 2;
  return { median, least, most, repetitions: sorted.length };
}

/** The median, and the least and the most where there are several. */
export function spreadText(values: readonly number[], text: (value: number) => string): string {
  const { median, least, most } = spread(values);
  return values.length === 1 ? text(median) : `${text(median)} (${text(least)} to ${text(most)})`;
}
