/**
 * What the program costs a person, beside tmux where it has a counterpart: `npm run bench:own`, and with the peers `npm run bench`.
 * Both are started in the same emulated outer terminal of 200×60 and judged by what it shows; repetitions alternate
 * between them, so that a busy machine disturbs both. Compare figures of one run only, and on a quiet machine.
 *   --only TEXT the rows whose name holds the text
 *   --reps N    so many repetitions instead of each row's own 15, 5 or 3
 *   --quick     3 repetitions at most, short windows: a smoke test
 *   --json      one JSON value instead of the table
 * The table is also written to test/bench/results, ready to be put into RESULTS.md.
 */
import { MEASURES, type Measure } from "./measures.ts";
import { benchOptions } from "./options.ts";
import { beginning, figureText, report } from "./report.ts";
import { spread, type Spread, spreadText } from "./statistics.ts";

interface Row {
  readonly measure: Measure;
  /** A text says why there are none. */
  readonly ours: readonly number[] | string;
  readonly tmux: readonly number[] | string;
}

const options = benchOptions(process.argv.slice(2));
const { quick } = options;
const began = beginning();
const rows: Row[] = [];
for (const measure of MEASURES.filter(({ name }) => name.includes(options.only))) {
  process.stderr.write(`${measure.name} …\n`);
  rows.push(await taken(measure));
}
if (options.json) process.stdout.write(`${JSON.stringify(asJson(), null, 2)}\n`);
else if (rows.length > 0) report("own", { command: "npm run bench:own --", options, began, rows: asTable() });
if (rows.some(({ ours }) => typeof ours === "string")) process.exitCode = 1;

async function taken(measure: Measure): Promise<Row> {
  const repetitions = options.repetitions ?? (quick ? Math.min(3, measure.repetitions) : measure.repetitions);
  const ours: (number | string)[] = [];
  const tmux: (number | string)[] = [];
  // Not counted: the first start of all compiles the program and reads it from the disk.
  await attempt(() => measure.ours({ quick: true }));
  for (let repetition = 0; repetition < repetitions; repetition++) {
    ours.push(await attempt(() => measure.ours({ quick })));
    if (measure.tmux) tmux.push(await attempt(() => (measure.tmux as NonNullable<Measure["tmux"]>)({ quick })));
  }
  return { measure, ours: summary(ours), tmux: measure.tmux ? summary(tmux) : "–" };
}

async function attempt(act: () => Promise<number>): Promise<number | string> {
  try {
    return await act();
  } catch (error) {
    process.stderr.write(`  ${(error as Error).message}\n`);
    return (error as Error).message.split("\n")[0] ?? "failed";
  }
}

function summary(values: readonly (number | string)[]): readonly number[] | string {
  const numbers = values.filter((value) => typeof value === "number");
  return numbers.length === values.length ? numbers : `failed: ${String(values.find((value) => typeof value === "string"))}`;
}

function asTable(): string[][] {
  const lines = rows.map(({ measure, ours, tmux }) => [
    measure.name,
    `≤ ${measure.goal}`,
    shown(ours, measure.goal),
    shown(tmux),
    ratio(ours, tmux),
    measure.unit,
  ]);
  return [["measure", "goal", "marathon", "tmux", "× tmux", "unit"], ...lines];
}

function shown(values: readonly number[] | string, goal = Number.POSITIVE_INFINITY): string {
  if (typeof values === "string") return values;
  return `${spreadText(values, figureText)}${spread(values).median > goal ? ", over the goal" : ""}`;
}

function ratio(ours: readonly number[] | string, tmux: readonly number[] | string): string {
  if (typeof ours === "string" || typeof tmux === "string") return "–";
  const base = spread(tmux).median;
  return base > 0 ? (spread(ours).median / base).toFixed(1) : "–";
}

function asJson(): unknown {
  const figures = (values: readonly number[] | string): Spread | string => (typeof values === "string" ? values : spread(values));
  return rows.map(({ measure: { name, unit, goal }, ours, tmux }) => ({ name, unit, goal, ours: figures(ours), tmux: figures(tmux) }));
}
