/**
 * What the program costs a person, beside tmux where it has a counterpart: `npm run bench`, `npm run bench:quick`.
 * Both are started in the same emulated outer terminal of 200×60 and judged by what it shows; repetitions alternate
 * between them, so that a busy machine disturbs both. Compare figures of one run only, and on a quiet machine.
 *   --quick     3 repetitions instead of 15, short windows: a smoke test
 *   --only TEXT the rows whose name holds the text
 *   --json      one JSON value instead of the table
 */
import { cpus } from "node:os";
import { MEASURES, type Measure } from "./measures.ts";
import { spread, type Spread } from "./statistics.ts";

interface Row {
  readonly measure: Measure;
  readonly ours: Spread | string;
  readonly tmux: Spread | string;
}

const quick = process.argv.includes("--quick");
const only = process.argv.includes("--only") ? (process.argv[process.argv.indexOf("--only") + 1] ?? "") : "";
const rows: Row[] = [];
for (const measure of MEASURES.filter(({ name }) => name.includes(only))) {
  process.stderr.write(`${measure.name} …\n`);
  rows.push(await taken(measure));
}
process.stdout.write(process.argv.includes("--json") ? `${JSON.stringify(asJson(), null, 2)}\n` : asTable());
if (rows.some(({ ours }) => typeof ours === "string")) process.exitCode = 1;

async function taken(measure: Measure): Promise<Row> {
  const repetitions = quick ? Math.min(3, measure.repetitions) : measure.repetitions;
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

function summary(values: readonly (number | string)[]): Spread | string {
  const numbers = values.filter((value) => typeof value === "number");
  return numbers.length === values.length ? spread(numbers) : `failed: ${String(values.find((value) => typeof value === "string"))}`;
}

function asTable(): string {
  const head = ["measure", "goal", "marathon", "tmux", "unit"];
  const lines = rows.map(({ measure, ours, tmux }) => [
    measure.name,
    `≤ ${measure.goal}`,
    shown(ours, measure.goal),
    shown(tmux),
    measure.unit,
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |\n`;
  const rule = `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|\n`;
  const where = `${cpus().length} × ${cpus()[0]?.model ?? "?"}, Node ${process.versions.node}, ${process.platform}; median (least to most)${quick ? "; QUICK: not to be reported" : ""}\n`;
  return `${line(head)}${rule}${lines.map(line).join("")}\n${where}`;
}

function shown(value: Spread | string, goal?: number): string {
  if (typeof value === "string") return value;
  return `${figure(value.median)} (${figure(value.least)} to ${figure(value.most)})${goal !== undefined && value.median > goal ? " over the goal" : ""}`;
}

function figure(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(3);
}

function asJson(): unknown {
  return rows.map(({ measure: { name, unit, goal }, ours, tmux }) => ({ name, unit, goal, ours, tmux }));
}
