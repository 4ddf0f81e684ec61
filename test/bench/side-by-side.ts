/**
 * Marathon beside tmux and mprocs: the same ten programs in the same terminal of 200×60, in turns, in one run: `npm run bench:peers`.
 * Figures of one run belong together; machines are noisy, so what counts is the ratio to tmux, the median of the repetitions' own.
 *   --quick     one repetition, short windows: a smoke test, whose figures are not to be reported
 *   --only TEXT the experiments whose name holds the text
 */
import { cpus, loadavg } from "node:os";
import { PEERS_TO_COMPARE, type Peer } from "./peers/contestants.ts";
import { EXPERIMENTS, type Experiment } from "./peers/experiments.ts";
import { spread } from "./statistics.ts";

const REPETITIONS = 3;
const quick = process.argv.includes("--quick");
const only = process.argv.includes("--only") ? (process.argv[process.argv.indexOf("--only") + 1] ?? "") : "";

/** Values by peer and repetition; a text says why there are none. */
type Taken = ReadonlyMap<string, (readonly number[] | string)[]>;

const peers = PEERS_TO_COMPARE.filter((peer) => {
  const missing = peer.missing();
  if (missing !== null) process.stderr.write(`${peer.name} is left out: ${missing}\n`);
  return missing === null;
});
const rows: string[][] = [["experiment", "figure", "must, × tmux", ...peers.map(({ name }) => name), "× tmux"]];
for (const experiment of EXPERIMENTS.filter(({ name }) => name.includes(only))) rows.push(...rowsOf(experiment, await take(experiment)));
process.stdout.write(table(rows));
const load = loadavg()[0] ?? 0;
process.stdout.write(
  `\n${cpus().length} × ${cpus()[0]?.model ?? "?"}, Node ${process.versions.node}; median (least to most) of ${quick ? 1 : REPETITIONS}; load ${load.toFixed(1)} at the end${quick ? "; QUICK: not to be reported" : ""}\n`,
);

async function take(experiment: Experiment): Promise<Taken> {
  const taken = new Map<string, (readonly number[] | string)[]>(peers.map(({ name }) => [name, []]));
  for (let repetition = 0; repetition < (quick ? 1 : REPETITIONS); repetition++) {
    // Whoever begins has the calmer machine, or the colder one.
    for (const peer of rotated(peers, repetition)) {
      process.stderr.write(`${experiment.name}: ${peer.name}, ${repetition + 1}\n`);
      taken.get(peer.name)?.push(await experiment.run(peer, quick).catch((error: Error) => `failed: ${error.message.split("\n")[0]}`));
    }
  }
  return taken;
}

function rotated(all: readonly Peer[], by: number): readonly Peer[] {
  return all.map((_, index) => all[(index + by) % all.length] as Peer);
}

function rowsOf(experiment: Experiment, taken: Taken): string[][] {
  return experiment.figures.map((figure, index) => {
    const must = figure.most === undefined ? (figure.least === undefined ? "" : `≥ ${figure.least}`) : `≤ ${figure.most}`;
    return [
      experiment.name,
      `${figure.name}, ${figure.unit}`,
      must,
      ...peers.map(({ name }) => shown(valuesOf(taken.get(name), index))),
      ratio(taken, index, figure),
    ];
  });
}

function valuesOf(taken: readonly (readonly number[] | string)[] | undefined, index: number): readonly (number | string)[] {
  return (taken ?? []).map((values) => (typeof values === "string" ? values : (values[index] ?? Number.NaN)));
}

function shown(values: readonly (number | string)[]): string {
  const complaint = values.find((value) => typeof value === "string");
  if (complaint !== undefined) return String(complaint);
  const numbers = values.filter((value) => typeof value === "number" && !Number.isNaN(value)) as number[];
  if (numbers.length === 0) return "–";
  const { median, least, most } = spread(numbers);
  return numbers.length === 1 ? figureText(median) : `${figureText(median)} (${figureText(least)} to ${figureText(most)})`;
}

function ratio(taken: Taken, index: number, { most, least }: { readonly most?: number; readonly least?: number }): string {
  const [mine, theirs] = ["marathon", "tmux"].map((name) => valuesOf(taken.get(name), index));
  const ratios = (mine ?? []).flatMap((value, repetition) => {
    const other = theirs?.[repetition];
    return typeof value === "number" && typeof other === "number" && other > 0 && !Number.isNaN(value) ? [value / other] : [];
  });
  if (ratios.length === 0) return "–";
  const { median } = spread(ratios);
  const missed = (most !== undefined && median > most) || (least !== undefined && median < least);
  return `${median.toFixed(2)}${missed ? " MISSED" : ""}`;
}

function figureText(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(2);
}

function table([head = [], ...lines]: string[][]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  return line(head) + line(head.map(() => "---")) + lines.map(line).join("");
}
