/** Made-up work: what an agent would show while it does a task. Pure; all variety comes from the given chance. */
import type { Random } from "./random.ts";
import type { Subject } from "./subject.ts";

/** One thing that an agent shows. `weight` is its share of the working time, relative to the others. */
export type Beat =
  | { readonly kind: "think"; readonly verb: string; readonly weight: number }
  | { readonly kind: "text"; readonly text: string; readonly weight: number }
  | { readonly kind: "tool"; readonly name: string; readonly argument: string; readonly output: readonly string[]; readonly weight: number }
  | { readonly kind: "diff"; readonly file: string; readonly start: number; readonly removed: readonly string[]; readonly added: readonly string[]; readonly weight: number };

const VERBS = ["Reading", "Wiring", "Tracing", "Sketching", "Comparing", "Untangling", "Checking", "Weighing", "Measuring", "Rehearsing", "Collecting", "Folding"];

/** A plausible sequence: look around first, then change and check in turns, say what came of it last. */
export function beatsFor(subject: Subject, count: number, random: Random): readonly Beat[] {
  const beats: Beat[] = [];
  for (let index = 0; index < count; index++) {
    const progress = count === 1 ? 1 : index / (count - 1);
    const makers = progress < 0.25 ? LOOKING : progress < 0.9 ? WORKING : ENDING;
    beats.push(random.pick(makers)(subject, random));
  }
  return beats;
}

type Maker = (subject: Subject, random: Random) => Beat;

const think: Maker = ({ symbol }, random) => ({ kind: "think", verb: `${random.pick(VERBS)} ${symbol.replaceAll("_", " ")}`, weight: random.between(1, 3) });

const said =
  (...texts: readonly ((subject: Subject, random: Random) => string)[]): Maker =>
  (subject, random) => ({ kind: "text", text: random.pick(texts)(subject, random), weight: random.between(0.6, 1.4) });

const opening = said(
  ({ title, file }) => `I'll start with ${file} to see how things stand before I touch anything: ${title}.`,
  ({ file, symbol }, random) => `${file} has ${random.whole(2, 9)} callers of ${symbol}. The one in the middle is the odd one out; the others agree.`,
  ({ test }) => `There is no ${test} yet, so I'll write down the expected behaviour first and let it fail.`,
  ({ symbol }) => `The names are close to each other here. ${symbol} is the one the task means, not the helper above it.`,
);

const remark = said(
  ({ symbol }) => `${symbol} now covers the empty case and the one with a single row. Both were missing.`,
  ({ file }, random) => `That leaves ${random.whole(1, 4)} warnings in ${file}, all of them older than this change.`,
  ({ test }) => `One failure in ${test}, and it is a fair one: the fixture was built for the old shape. Fixing the fixture, not the check.`,
  ({ symbol }, random) => `Splitting ${symbol} in two makes the second half testable. ${random.whole(12, 60)} lines move, none change.`,
  ({ check }) => `Running ${check} after each step from here on, so that a break points at one change only.`,
);

const closing = said(
  ({ title }, random) => `Done: ${title}. ${random.whole(3, 24)} checks pass, nothing else was touched.`,
  ({ file, test }) => `Finished. The change is in ${file}, its proof in ${test}. No open ends that I know of.`,
  ({ symbol }) => `${symbol} behaves as the task asks, also for the unhappy paths. Ready for review.`,
);

const read: Maker = ({ file }, random) => ({ kind: "tool", name: "Read", argument: file, output: [`Read ${random.whole(40, 900)} lines`], weight: random.between(0.3, 0.8) });

const search: Maker = ({ symbol, file }, random) => {
  const hits = random.whole(2, 14);
  return { kind: "tool", name: "Grep", argument: `"${symbol}"`, output: [`${hits} matches in ${Math.ceil(hits / 3)} files`, `${file}:${random.whole(8, 400)}`], weight: random.between(0.3, 0.8) };
};

const run: Maker = ({ check, test }, random) => {
  const passed = random.whole(4, 60);
  const seconds = random.between(0.4, 9).toFixed(2);
  return { kind: "tool", name: "Bash", argument: `${check} ${test}`, output: [`${".".repeat(Math.min(40, passed))}`, `${passed} passed in ${seconds}s`], weight: random.between(1, 2.5) };
};

const failingRun: Maker = ({ check, test, symbol }, random) => ({
  kind: "tool",
  name: "Bash",
  argument: `${check} ${test}`,
  output: [`FAILED ${test} - ${symbol}: expected ${random.whole(2, 9)}, got ${random.whole(10, 19)}`, `1 failed, ${random.whole(3, 20)} passed`],
  weight: random.between(1, 2),
});

const edit: Maker = (subject, random) => {
  const n = random.whole(2, 48);
  const lines = EDITS[subject.language](subject.symbol, n);
  return { kind: "diff", file: subject.file, start: random.whole(4, 380), ...lines, weight: random.between(0.6, 1.4) };
};

const LOOKING: readonly Maker[] = [think, opening, read, search, read];
const WORKING: readonly Maker[] = [think, edit, run, remark, edit, think, run, failingRun, read];
const ENDING: readonly Maker[] = [run, closing, closing];

interface Lines {
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

const EDITS: Readonly<Record<Subject["language"], (symbol: string, n: number) => Lines>> = {
  python: (symbol, n) => ({
    removed: [`    return ${symbol}(rows)`],
    added: [`    if not rows:`, `        return ${symbol.toUpperCase()}_EMPTY`, `    return ${symbol}(rows, limit=${n})`],
  }),
  typescript: (symbol, n) => ({
    removed: [`  return ${symbol}(items);`],
    added: [`  const first = items.slice(0, ${n});`, `  return first.length === 0 ? none : ${symbol}(first);`],
  }),
  sql: (symbol, n) => ({
    removed: [`-- ${symbol}: full scan, ${n * 41} ms`],
    added: [`CREATE INDEX CONCURRENTLY ix_${symbol}`, `  ON ${symbol.split("_")[0] ?? symbol} (created_at, id);`],
  }),
  markdown: (symbol, n) => ({
    removed: [`See the source for ${symbol.replaceAll("_", " ")}.`],
    added: [`## ${symbol.replaceAll("_", " ")}`, ``, `Takes up to ${n} entries; more are refused with a reason.`],
  }),
};
