/** Made-up work: what an agent would show while it does a task. Pure; all variety comes from the given chance. */
import type { Random } from "./random.ts";
import type { Subject } from "./subject.ts";

/** One thing that an agent shows. `weight` is its share of the working time, relative to the others. */
export type Beat =
  | { readonly kind: "think"; readonly verb: string; readonly weight: number }
  | { readonly kind: "text"; readonly text: string; readonly weight: number }
  | { readonly kind: "tool"; readonly name: string; readonly argument: string; readonly output: readonly string[]; readonly weight: number }
  | {
      readonly kind: "diff";
      readonly file: string;
      readonly start: number;
      readonly removed: readonly string[];
      readonly added: readonly string[];
      readonly weight: number;
    };

const VERBS = [
  "Reading",
  "Wiring",
  "Tracing",
  "Sketching",
  "Comparing",
  "Untangling",
  "Checking",
  "Weighing",
  "Measuring",
  "Rehearsing",
  "Collecting",
  "Folding",
];

/** A plausible sequence: look around first, then change and check in turns, say what came of it last. */
export function beatsFor(subject: Subject, count: number, random: Random): readonly Beat[] {
  const beats: Beat[] = [];
  let last: Maker | null = null;
  for (let index = 0; index < count; index++) {
    const progress = count === 1 ? 1 : index / (count - 1);
    const makers = progress < 0.25 ? LOOKING : progress < 0.9 ? WORKING : ENDING;
    // The same kind of thing twice in a row looks like a machine.
    const maker: Maker = random.pick(makers.filter((one) => one !== last));
    last = maker;
    beats.push(maker(subject, random));
  }
  return beats;
}

type Maker = (subject: Subject, random: Random) => Beat;

const think: Maker = ({ symbol }, random) => ({
  kind: "think",
  verb: `${random.pick(VERBS)} ${symbol.replaceAll("_", " ")}`,
  weight: random.between(1, 3),
});

const said =
  (...texts: readonly ((subject: Subject, random: Random) => string)[]): Maker =>
  (subject, random) => ({ kind: "text", text: random.pick(texts)(subject, random), weight: random.between(0.6, 1.4) });

const opening = said(
  ({ title, file }) => `I'll start with ${file} to see how things stand before I touch anything: ${title}.`,
  ({ file, symbol }, random) =>
    `${file} has ${random.whole(2, 9)} callers of ${symbol}. The one in the middle is the odd one out; the others agree.`,
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

const read: Maker = ({ file, test }, random) => {
  const folder = file.includes("/") ? file.slice(0, file.lastIndexOf("/")) : ".";
  const argument = random.pick([file, file, test, `${folder}/README.md`, `${file}:${random.whole(1, 20) * 40}`]);
  return { kind: "tool", name: "Read", argument, output: [`Read ${random.whole(40, 900)} lines`], weight: random.between(0.3, 0.8) };
};

const list: Maker = ({ file, symbol }, random) => {
  const folder = file.includes("/") ? file.slice(0, file.lastIndexOf("/")) : ".";
  const change = random.pick(["rename", "tidy", "split", "speed up", "document"]);
  return {
    kind: "tool",
    name: "Bash",
    argument: `git log --oneline -3 -- ${folder}`,
    output: [`${hex(random)} ${change} ${symbol.replaceAll("_", " ")}`, `${hex(random)} first version`],
    weight: random.between(0.3, 0.8),
  };
};

function hex(random: Random): string {
  return random.whole(0x1000000, 0xfffffff).toString(16);
}

const search: Maker = ({ symbol, file }, random) => {
  const hits = random.whole(2, 14);
  return {
    kind: "tool",
    name: "Grep",
    argument: `"${symbol}"`,
    output: [`${hits} matches in ${hits <= 3 ? "1 file" : `${Math.ceil(hits / 3)} files`}`, `${file}:${random.whole(8, 400)}`],
    weight: random.between(0.3, 0.8),
  };
};

const run: Maker = ({ check, test }, random) => {
  const passed = random.whole(4, 60);
  const seconds = random.between(0.4, 9).toFixed(2);
  return {
    kind: "tool",
    name: "Bash",
    argument: `${check} ${test}`,
    output: [`${".".repeat(Math.min(40, passed))}`, `${passed} passed in ${seconds}s`],
    weight: random.between(1, 2.5),
  };
};

const failingRun: Maker = ({ check, test, symbol }, random) => ({
  kind: "tool",
  name: "Bash",
  argument: `${check} ${test}`,
  output: [
    `FAILED ${test} - ${symbol}: expected ${random.whole(2, 9)}, got ${random.whole(10, 19)}`,
    `1 failed, ${random.whole(3, 20)} passed`,
  ],
  weight: random.between(1, 2),
});

const edit: Maker = (subject, random) => {
  const n = random.whole(2, 48);
  const lines = random.pick(EDITS[subject.language])(subject.symbol, n);
  return { kind: "diff", file: subject.file, start: random.whole(4, 380), ...lines, weight: random.between(0.6, 1.4) };
};

const LOOKING: readonly Maker[] = [think, opening, read, search, list];
const WORKING: readonly Maker[] = [think, edit, run, remark, edit, think, run, failingRun, read];
const ENDING: readonly Maker[] = [run, closing, closing];

interface Lines {
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

type Edit = (symbol: string, n: number) => Lines;

const EDITS: Readonly<Record<Subject["language"], readonly Edit[]>> = {
  python: [
    (symbol, n) => ({
      removed: [`    return ${symbol}(rows)`],
      added: ["    if not rows:", `        return ${symbol.toUpperCase()}_EMPTY`, `    return ${symbol}(rows, limit=${n})`],
    }),
    (symbol, n) => ({
      removed: [],
      added: [`def test_${symbol}_refuses_${n}_at_once():`, "    with pytest.raises(ValueError):", `        ${symbol}(make_rows(${n}))`],
    }),
    (symbol) => ({
      removed: [`    except Exception:`, "        pass"],
      added: [`    except LookupError as error:`, `        raise NotFound("${symbol}") from error`],
    }),
    (symbol, n) => ({ removed: [`    for row in ${symbol}_rows:`], added: [`    for row in sorted(${symbol}_rows, key=by_date)[:${n}]:`] }),
  ],
  typescript: [
    (symbol, n) => ({
      removed: [`  return ${symbol}(items);`],
      added: [`  const first = items.slice(0, ${n});`, `  return first.length === 0 ? none : ${symbol}(first);`],
    }),
    (symbol, n) => ({
      removed: [],
      added: [
        `test("${symbol} keeps the order of ${n} entries", () => {`,
        `  expect(${symbol}(entries(${n}))).toEqual(entries(${n}));`,
        "});",
      ],
    }),
    (symbol) => ({
      removed: [`  const value = ${symbol}!.current;`],
      added: [`  const value = ${symbol}?.current;`, "  if (value === undefined) return null;"],
    }),
    (symbol, n) => ({
      removed: [`  useEffect(() => load(${symbol}));`],
      added: [`  useEffect(() => load(${symbol}, { retries: ${(n % 4) + 1} }), [${symbol}]);`],
    }),
  ],
  sql: [
    (symbol, n) => ({
      removed: [`-- ${symbol}: full scan, ${n * 41} ms`],
      added: [`CREATE INDEX CONCURRENTLY ix_${symbol}`, `  ON ${symbol.split("_")[0] ?? symbol} (created_at, id);`],
    }),
    (symbol, n) => ({
      removed: [`SELECT * FROM ${symbol}`],
      added: [`SELECT id, state, created_at FROM ${symbol}`, ` WHERE created_at > now() - interval '${n} days'`],
    }),
  ],
  markdown: [
    (symbol, n) => ({
      removed: [`See the source for ${symbol.replaceAll("_", " ")}.`],
      added: [`## ${symbol.replaceAll("_", " ")}`, "", `Takes up to ${n} entries; more are refused with a reason.`],
    }),
    (symbol, n) => ({ removed: ["TODO: example"], added: [`For example, with ${n} entries:`, "", `    ${symbol} --limit ${n}`] }),
  ],
};
