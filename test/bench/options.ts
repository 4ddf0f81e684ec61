/** What the benchmarks are told on the command line. */
export interface BenchOptions {
  /** Few repetitions, short windows: a smoke test, whose figures are not to be reported. */
  readonly quick: boolean;
  /** The rows whose name holds the text. */
  readonly only: string;
  /** Null: as many as each row has by itself. */
  readonly repetitions: number | null;
  readonly json: boolean;
}

/** Throws for a number of repetitions that is none. */
export function benchOptions(args: readonly string[]): BenchOptions {
  const after = (name: string): string | null => (args.includes(name) ? (args[args.indexOf(name) + 1] ?? "") : null);
  const reps = after("--reps");
  if (reps !== null && !/^[1-9]\d*$/u.test(reps)) throw new Error(`--reps ${reps}: a number from 1 on is needed`);
  return {
    quick: args.includes("--quick"),
    only: after("--only") ?? "",
    repetitions: reps === null ? null : Number(reps),
    json: args.includes("--json"),
  };
}
