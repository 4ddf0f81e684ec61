/**
 * Marathon beside tmux and mprocs: the same ten programs in the same terminal of 200×60, in turns, in one run: `npm run bench:peers`.
 * Figures of one run belong together; machines are noisy, so what counts is the ratio to tmux, the median of the repetitions' own.
 * Three repetitions of everything take about ten minutes on a quiet machine; mprocs, for orientation, has one.
 *   --only TEXT the experiments whose name holds the text
 *   --reps N    so many repetitions instead of three
 *   --quick     one repetition, short windows: a smoke test, whose figures are not to be reported
 * The table is also written to test/bench/results, ready to be put into RESULTS.md.
 */
import { benchOptions } from "./options.ts";
import { PEERS_TO_COMPARE, type Peer } from "./peers/contestants.ts";
import { EXPERIMENTS, type Experiment, type Figure } from "./peers/experiments.ts";
import { beginning, figureText, report } from "./report.ts";
import { spread, spreadText } from "./statistics.ts";

const options = benchOptions(process.argv.slice(2));
const { quick } = options;
const repetitions = options.repetitions ?? (quick ? 1 : 3);
/** On a busy machine now and then a start takes too long, or an answer is drawn over before it was seen. */
const ATTEMPTS = 2;

/** Values by peer and repetition; a text says why there are none. */
type Taken = ReadonlyMap<string, (readonly number[] | string)[]>;

const began = beginning();
const peers = PEERS_TO_COMPARE.filter((peer) => {
  const missing = peer.missing();
  if (missing !== null) process.stderr.write(`${peer.name} is left out: ${missing}\n`);
  return missing === null;
});
const rows: string[][] = [["experiment", "figure", "must", ...peers.map(({ name }) => name), "× tmux"]];
for (const experiment of EXPERIMENTS.filter(({ name }) => name.includes(options.only)))
  rows.push(...rowsOf(experiment, await take(experiment)));
if (rows.length > 1) report("peers", { command: "npm run bench:peers --", options, began, rows });

async function take(experiment: Experiment): Promise<Taken> {
  const taken = new Map<string, (readonly number[] | string)[]>(peers.map(({ name }) => [name, []]));
  for (let repetition = 0; repetition < repetitions; repetition++) {
    // Whoever begins has the calmer machine, or the colder one.
    for (const peer of rotated(peers, repetition)) {
      if (repetition > 0 && peer.once) continue;
      process.stderr.write(`${experiment.name}: ${peer.name}, ${repetition + 1}\n`);
      taken.get(peer.name)?.push(await attempt(experiment, peer));
    }
  }
  return taken;
}

async function attempt(experiment: Experiment, peer: Peer): Promise<readonly number[] | string> {
  let complaint = "";
  for (let attempts = 0; attempts < ATTEMPTS; attempts++) {
    try {
      return await experiment.run(peer, quick);
    } catch (error) {
      complaint = `failed: ${(error as Error).message.split("\n")[0]}`;
      process.stderr.write(`  ${complaint}\n`);
    }
  }
  return complaint;
}

function rotated(all: readonly Peer[], by: number): readonly Peer[] {
  return all.map((_, index) => all[(index + by) % all.length] as Peer);
}

function rowsOf(experiment: Experiment, taken: Taken): string[][] {
  return experiment.figures.map((figure, index) => [
    experiment.name,
    `${figure.name}, ${figure.unit}`,
    mustOf(figure),
    ...peers.map(({ name }) => {
      const values = valuesOf(taken.get(name), index);
      return `${shown(values)}${name === "marathon" && isOver(values, figure) ? " MISSED" : ""}`;
    }),
    ratio(taken, index, figure),
  ]);
}

function mustOf({ most, least, limit, unit }: Figure): string {
  const parts = [
    most === undefined ? "" : `≤ ${most} ×`,
    least === undefined ? "" : `≥ ${least} ×`,
    limit === undefined ? "" : `≤ ${limit} ${unit}`,
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function isOver(values: readonly (number | string)[], { limit = Number.POSITIVE_INFINITY }: Figure): boolean {
  const numbers = values.filter((value) => typeof value === "number");
  return numbers.length > 0 && spread(numbers).median > limit;
}

function valuesOf(taken: readonly (readonly number[] | string)[] | undefined, index: number): readonly (number | string)[] {
  return (taken ?? []).map((values) => (typeof values === "string" ? values : (values[index] ?? Number.NaN)));
}

function shown(values: readonly (number | string)[]): string {
  const complaint = values.find((value) => typeof value === "string");
  if (complaint !== undefined) return String(complaint);
  const numbers = values.filter((value) => typeof value === "number" && !Number.isNaN(value)) as number[];
  return numbers.length === 0 ? "–" : spreadText(numbers, figureText);
}

/** Of each repetition with the tmux beside it: their median, and from where to where they go. */
function ratio(taken: Taken, index: number, { most, least }: Figure): string {
  const [mine, theirs] = ["marathon", "tmux"].map((name) => valuesOf(taken.get(name), index));
  const ratios = (mine ?? []).flatMap((value, repetition) => {
    const other = theirs?.[repetition];
    return typeof value === "number" && typeof other === "number" && other > 0 && !Number.isNaN(value) ? [value / other] : [];
  });
  if (ratios.length === 0) return "–";
  const { median } = spread(ratios);
  const missed = (most !== undefined && median > most) || (least !== undefined && median < least);
  return `${spreadText(ratios, (value) => value.toFixed(2))}${missed ? " MISSED" : ""}`;
}
