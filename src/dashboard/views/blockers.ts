/** Open blockers, the most urgent and then the oldest first, each with its clock and who holds it. */
import { minutesSeconds } from "../format.ts";
import type { BlockerFacts } from "../facts/types.ts";
import { span, spread, type Line } from "../lines.ts";
import type { Frame } from "../screen.ts";
import type { Glyphs, Tone } from "../theme.ts";
import type { Row } from "./block.ts";
import { ranges } from "./lanes.ts";
import { listRows } from "./list.ts";

const soonMs = 5 * 60_000;

export function blockerRows(frame: Frame, size: { readonly width: number; readonly height: number }): readonly Row[] {
  const blockers = frame.facts?.blockers ?? [];
  const { glyphs } = frame.theme;
  if (blockers.length === 0) return [{ line: [span(frame.facts === null ? "" : "none open", "dim")], item: null, selected: false }];
  const twoLines = blockers.length * 2 <= size.height;
  const items = blockers.map((blocker) =>
    twoLines ? [firstLine(blocker, size.width, glyphs), secondLine(blocker, glyphs)] : [oneLine(blocker, size.width, glyphs)],
  );
  const selected = frame.view.area === "blockers" && frame.view.view === "board" ? frame.view.selected.blockers : null;
  return listRows(items, selected, size.height, glyphs);
}

function firstLine(blocker: BlockerFacts, width: number, glyphs: Glyphs): Line {
  return spread(name(blocker), [...terminal(blocker), ...clock(blocker)], width, glyphs.ellipsis);
}

function secondLine(blocker: BlockerFacts, glyphs: Glyphs): Line {
  const stops = blocker.stops.length > 0 ? ` ${glyphs.dot} stops ${ranges(blocker.stops, glyphs)}` : "";
  return [span("   with ", "dim"), span(blocker.holder, blocker.person ? "person" : "plain"), span(stops, "dim")];
}

function oneLine(blocker: BlockerFacts, width: number, glyphs: Glyphs): Line {
  const holder = width >= 44 ? [span(` ${shortHolder(blocker.holder, glyphs)}`, blocker.person ? "person" : "dim")] : [];
  return spread(name(blocker), [...holder, ...terminal(blocker), ...clock(blocker)], width, glyphs.ellipsis);
}

function shortHolder(holder: string, glyphs: Glyphs): string {
  return holder.length <= 13 ? holder.padStart(13) : `${holder.slice(0, 12)}${glyphs.ellipsis.slice(0, 1)}`;
}

function name(blocker: BlockerFacts): Line {
  const what = blocker.tasks.length > 0 ? blocker.tasks.slice(0, 3).join(" ") : blocker.sessions.join(" ");
  return [
    span(blocker.priority, blocker.priority === "P0" ? "bad" : "warn"),
    span(what === "" ? "" : ` ${what}`, "strong"),
    span(` ${blocker.title}`),
  ];
}

function terminal(blocker: BlockerFacts): Line {
  return [span((blocker.terminal === null ? "" : ` T${blocker.terminal}`).padEnd(4), "dim")];
}

/** "31:07 over": time since it was identified, and how it stands to the half hour after which it goes one level up. */
function clock(blocker: BlockerFacts): Line {
  const [tone, word]: readonly [Tone, string] =
    blocker.left < 0 ? ["bad", "over"] : blocker.left < soonMs ? ["warn", "soon"] : ["plain", "    "];
  return [span(` ${minutesSeconds(blocker.age).padStart(6)} ${word}`, tone)];
}

/** All blockers on one line, for the views where the list is folded. */
export function blockersLine(frame: Frame, glyphs: Glyphs): Line {
  const blockers = frame.facts?.blockers ?? [];
  if (blockers.length === 0) return [span(" no open blockers", "dim")];
  return blockers.flatMap((blocker, index) => [
    span(index === 0 ? ` ${glyphs.signs.blocked} ` : `  ${glyphs.dot}  `, index === 0 ? "bad" : "dim"),
    ...name(blocker),
    ...clock(blocker),
    span(" with ", "dim"),
    span(blocker.holder),
  ]);
}
