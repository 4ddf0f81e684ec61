/** Blockers: open ones, then what is parked or known, the most urgent and then the oldest first, each with its clock and who holds it. */
import { fit, stopwatch, truncate, width as widthOf, wrap } from "../format.ts";
import type { BlockerFacts } from "../facts/types.ts";
import { lineWidth, span, spread, type Line } from "../lines.ts";
import type { Frame } from "../screen.ts";
import type { Glyphs, Tone } from "../theme.ts";
import type { Row } from "./block.ts";
import { ranges } from "./lanes.ts";
import { listRows, longListRows } from "./list.ts";

const soonMs = 5 * 60_000;
const MOST_ON_A_LINE = 50;

export function blockerRows(frame: Frame, size: { readonly width: number; readonly height: number }): readonly Row[] {
  const blockers = frame.facts?.blockers ?? [];
  const { glyphs } = frame.theme;
  if (blockers.length === 0) return [{ line: [span(frame.facts === null ? "" : "none open", "dim")], item: null, selected: false }];
  const selected = frame.view.area === "blockers" && frame.view.view === "board" ? frame.view.selected.blockers : null;
  if (blockers.length <= size.height) return listRows(asLongAsFits(blockers, size, glyphs), selected, size.height, glyphs);
  const holders = holdersWidth(blockers);
  const linesOf = (item: number): readonly Line[] =>
    blockers.slice(item, item + 1).map((blocker) => oneLine(blocker, size.width, holders, glyphs));
  return longListRows(blockers.length, linesOf, selected, size.height, glyphs);
}

/** How much is said of a blocker on more than one line: who has it, its whole title and the plan's fallback, what was seen. */
type Detail = 1 | 2 | 3;

/** Free rows go to the blockers: all say more before the first says everything. */
function asLongAsFits(blockers: readonly BlockerFacts[], size: { readonly width: number; readonly height: number }, glyphs: Glyphs) {
  const holders = holdersWidth(blockers);
  const items: (readonly Line[])[] = blockers.map((blocker) => [oneLine(blocker, size.width, holders, glyphs)]);
  let used = items.length;
  for (const detail of [1, 2, 3] as const) {
    for (const [index, blocker] of blockers.entries()) {
      const more = linesOf(blocker, detail, size.width, glyphs);
      const growth = more.length - (items[index]?.length ?? 0);
      if (used + growth > size.height) return items;
      items[index] = more;
      used += growth;
    }
  }
  return items;
}

const knownHolders = new WeakMap<readonly BlockerFacts[], number>();

/** How much room the names of those who have the blockers are given; found once for as long as these facts hold. */
function holdersWidth(blockers: readonly BlockerFacts[]): number {
  const known = knownHolders.get(blockers);
  if (known !== undefined) return known;
  const made = blockers.reduce((most, blocker) => Math.min(13, Math.max(most, widthOf(holderName(blocker)))), 0);
  knownHolders.set(blockers, made);
  return made;
}

function linesOf(blocker: BlockerFacts, detail: Detail, width: number, glyphs: Glyphs): readonly Line[] {
  const right = [...terminal(blocker), ...clock(blocker)];
  if (detail === 1) return [spread(name(blocker), right, width, glyphs.ellipsis), secondLine(blocker, glyphs)];
  const below = (text: string, lines: number, tone: Tone = "plain") => indented(text, width, lines, tone, glyphs);
  const head = name({ ...blocker, title: "" });
  const [first = "", ...rest] = wrap(blocker.title, Math.max(8, width - lineWidth(head) - lineWidth(right)));
  const title: readonly Line[] = [
    spread([...head, span(first)], right, width, glyphs.ellipsis),
    ...(rest.length > 0 ? below(rest.join(" "), 2) : []),
  ];
  const fallbacks = fallbacksOf(blocker)
    .slice(0, 1)
    .flatMap((text) => below(text, 2, "accent"));
  if (detail === 2) return [...title, secondLine(blocker, glyphs), ...fallbacks];
  const seen = blocker.evidence.at(-1);
  return [
    ...title,
    ...blocker.taskTitles.slice(0, 1).flatMap((task) => below(`task ${task.number} ${task.title}`, 1, "dim")),
    ...(seen === undefined || blocker.title.includes(seen.line) ? [] : below(`seen: ${seen.line}`, 3)),
    secondLine(blocker, glyphs),
    ...fallbacks,
  ];
}

/** "fallback: …" for each thing that the plan offers instead. */
export function fallbacksOf(blocker: BlockerFacts): readonly string[] {
  const own = blocker.taskTitles.flatMap((task) => (task.fallback === null ? [] : [task.fallback]));
  return [...new Set([...own, ...blocker.sessionFallbacks])].map((text) => `fallback: ${text}`);
}

function indented(text: string, width: number, most: number, tone: Tone, glyphs: Glyphs): readonly Line[] {
  const lines = wrap(text, Math.max(8, width - 3));
  return lines.slice(0, most).map((line, index) => {
    const cut =
      index === most - 1 && lines.length > most ? truncate(`${line}${glyphs.ellipsis.repeat(2)}`, width - 3, glyphs.ellipsis) : line;
    return [span(`   ${cut}`, tone)];
  });
}

function secondLine(blocker: BlockerFacts, glyphs: Glyphs): Line {
  const stops = blocker.stops.length > 0 ? ` ${glyphs.dot} stops ${ranges(blocker.stops, glyphs)}` : "";
  const holds = blocker.holds > 0 ? ` ${glyphs.dot} +${blocker.holds} held` : "";
  const who = blocker.person ? `${blocker.holder}: waits for you` : holderName(blocker) || blocker.holder;
  return [span(`   ${blocker.id} with `, "dim"), span(who, blocker.person ? "person" : "plain"), span(stops, "dim"), span(holds, "warn")];
}

function oneLine(blocker: BlockerFacts, width: number, holders: number, glyphs: Glyphs): Line {
  const named = fit(holderName(blocker), holders, glyphs.ellipsis);
  const holder = width >= 44 && holders > 0 ? [span(` ${named}`, blocker.person ? "person" : "dim")] : [];
  return spread(name(blocker), [...holder, ...terminal(blocker), ...clock(blocker)], width, glyphs.ellipsis);
}

/** Who has it, without the terminal, which has a column of its own. */
function holderName({ holder, terminal: number }: BlockerFacts): string {
  const place = `terminal ${number}`;
  if (number === null || !holder.endsWith(place)) return holder;
  if (holder === place) return "";
  return holder.endsWith(` in ${place}`) ? holder.slice(0, -` in ${place}`.length) : holder;
}

function name(blocker: BlockerFacts): Line {
  const what = blocker.tasks.length > 0 ? blocker.tasks.slice(0, 3).join(" ") : blocker.sessions.join(" ");
  return [
    span(blocker.priority, blocker.state === "open" ? (blocker.priority === "P0" ? "bad" : "warn") : "dim"),
    span(what === "" ? "" : ` ${what}`, blocker.state === "open" ? "strong" : "dim"),
    span(` ${blocker.title}`, blocker.state === "open" ? "plain" : "dim"),
  ];
}

function terminal(blocker: BlockerFacts): Line {
  return [span((blocker.terminal === null ? "" : ` T${blocker.terminal}`).padEnd(4), "dim")];
}

/** "31m07 over": time since it was identified, and how it stands to the half hour after which it goes one level up. */
function clock(blocker: BlockerFacts): Line {
  // Its alarm is off: how long it has been there is no news.
  if (blocker.state !== "open") return [span(` ${blocker.state.padStart(11)}`, "dim")];
  const [tone, word]: readonly [Tone, string] =
    blocker.left < 0 ? ["bad", "over"] : blocker.left < soonMs ? ["warn", "soon"] : ["plain", "    "];
  return [span(` ${stopwatch(blocker.age).padStart(6)} ${word}`, tone)];
}

/** All blockers on one line, for the views where the list is folded. */
export function blockersLine(frame: Frame, glyphs: Glyphs): Line {
  const blockers = (frame.facts?.blockers ?? []).filter((blocker) => blocker.state === "open");
  if (blockers.length === 0) return [span(" no open blockers", "dim")];
  // No screen has room for more on one line.
  return blockers
    .slice(0, MOST_ON_A_LINE)
    .flatMap((blocker, index) => [
      span(index === 0 ? ` ${glyphs.signs.blocked} ` : `  ${glyphs.dot}  `, index === 0 ? "bad" : "dim"),
      ...name(blocker),
      ...clock(blocker),
      span(" with ", "dim"),
      span(blocker.holder),
    ]);
}
