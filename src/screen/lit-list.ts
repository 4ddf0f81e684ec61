/**
 * Lists whose marked option is told by its look alone: side by side ("Allow once   Allow always   Reject"), or counted and with no mark
 * before the number. Below them stands a hint which keys choose; without it coloured text is no list.
 */
import { countedFrom1, type OptionList, type QuestionOption } from "./option-list.ts";

/** What stands out of a row by its look alone (highlights.ts). */
export type Highlights = (row: number) => readonly string[];

const BESIDE = /(?:⇆|←\s*[/→]|◂)\s*→?\s*(?:select|choose|move|switch|navigate)\b/iu;
const BELOW = /(?:↑\s*\/?\s*↓|⇅)\s*(?:select|choose|move|navigate)\b/iu;
/** Stands beside the options and is none. */
const HINT = /^(?:ctrl|alt|shift|esc|enter|tab|space|[⇆⇅←→↑↓])/iu;
/** The hint stands on the row of the options or so far below. */
const HINT_ROWS = 3;
/** Options that stand side by side are this far apart at most; what is further away is something else. */
const MOST_GAP = 4;
const BOXED = /^\s*[│┃|]/u;

/** `lines`: the screen from its top; `told`: the same without frames. */
export function litListOn(lines: readonly string[], told: readonly string[], highlights: Highlights): OptionList | null {
  return besideOn(lines, told, highlights) ?? countedOn(lines, told, highlights);
}

function besideOn(lines: readonly string[], told: readonly string[], highlights: Highlights): OptionList | null {
  const hint = told.findLastIndex((line) => BESIDE.test(line));
  for (let row = hint; row >= 0 && row > hint - HINT_ROWS; row--) {
    const labels = optionsIn(told[row] ?? "");
    const lit = highlights(row);
    const marked = labels.flatMap((label, index) => (lit.includes(label) ? [index] : []));
    const [at] = marked;
    if (labels.length < 2 || at === undefined || marked.length > 1) continue;
    const options = labels.map((label, index): QuestionOption => {
      const key = (index < at ? "\x1b[D" : "\x1b[C").repeat(Math.abs(index - at));
      return { key, label, selected: index === at, enter: true };
    });
    return { first: row, options, ...boxAround(lines, row) };
  }
  return null;
}

/** "Allow once   Reject     esc cancel": what stands equally far apart from the beginning on. */
function optionsIn(line: string): readonly string[] {
  const [first = "", gap = "", ...rest] = line.split(/(\s{2,})/u);
  if (HINT.test(first) || gap.length > MOST_GAP) return [];
  const labels = [first];
  for (let at = 0; at < rest.length; at += 2) {
    const label = rest[at] ?? "";
    if (HINT.test(label)) break;
    labels.push(label);
    if (rest[at + 1]?.length !== gap.length) break;
  }
  return labels;
}

function countedOn(lines: readonly string[], told: readonly string[], highlights: Highlights): OptionList | null {
  const hint = told.findLastIndex((line) => BELOW.test(line));
  const found = hint < 0 ? [] : countedFrom1(told.slice(0, hint + 1));
  const lit = found.filter(({ at }) => highlights(at).some((text) => told[at]?.startsWith(text)));
  const [first] = found;
  const [marked] = lit;
  if (!first || !marked || lit.length > 1) return null;
  const options = found.map(({ number, label, at }) => {
    // A column of something else may stand beside it.
    return { key: String(number), label: label.split(/\s{4,}/u)[0] ?? label, selected: at === marked.at, enter: true };
  });
  return { first: first.at, options, ...boxAround(lines, first.at) };
}

/** The rows of the box that a row stands in, by the frame at its left. */
function boxAround(lines: readonly string[], row: number): Pick<OptionList, "box"> {
  const framed = (at: number) => BOXED.test(lines[at] ?? "");
  if (!framed(row)) return {};
  let from = row;
  while (from > 0 && framed(from - 1)) from--;
  let to = row + 1;
  while (framed(to)) to++;
  return { box: { from, to } };
}
