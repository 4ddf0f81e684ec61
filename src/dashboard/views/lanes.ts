/** Streams (or sessions, where a plan has no streams): how far each is, and its time against its estimate with buffer. */
import { bar } from "../bar.ts";
import { fit, fraction, planTime, width as widthOf } from "../format.ts";
import type { LaneFacts } from "../facts/types.ts";
import { fillLine, lineWidth, span, spread, type Line } from "../lines.ts";
import type { Frame } from "../screen.ts";
import type { Glyphs } from "../theme.ts";
import type { Row } from "./block.ts";
import { longListRows } from "./list.ts";
import { paceLong, paceShort } from "./pace.ts";

export function laneRows(frame: Frame, size: { readonly width: number; readonly height: number }): readonly Row[] {
  const rows = frame.facts?.lanes.rows ?? [];
  const { glyphs } = frame.theme;
  const columns = laneColumns(rows);
  const twoLines = rows.length * 2 <= size.height;
  const linesOf = (item: number): readonly Line[] => {
    const lane = rows[item];
    if (lane === undefined) return [];
    return twoLines ? twoLineLane(lane, size.width, columns, glyphs) : [oneLineLane(lane, size.width, columns, glyphs)];
  };
  const selected = frame.view.area === "streams" && frame.view.view === "board" ? frame.view.selected.streams : null;
  return longListRows(rows.length, linesOf, selected, size.height, glyphs);
}

interface LaneColumns {
  readonly id: number;
  readonly name: number;
  readonly count: number;
  readonly digits: number;
  readonly time: number;
  readonly blocked: boolean;
}

const knownColumns = new WeakMap<readonly LaneFacts[], LaneColumns>();

/** Widths that all lanes share, so that figures stand under each other; of many lanes found once for as long as these facts hold. */
function laneColumns(lanes: readonly LaneFacts[]): LaneColumns {
  const known = knownColumns.get(lanes);
  if (known) return known;
  let [id, name, digits, time] = [1, 0, 1, 0];
  for (const lane of lanes) {
    id = Math.max(id, lane.id.length);
    name = Math.max(name, widthOf(lane.name));
    digits = Math.max(digits, String(lane.total).length);
    time = Math.max(time, timeText(lane).length);
  }
  const made = { id, name, count: digits * 2 + 1, digits, time, blocked: lanes.some((lane) => lane.blocked > 0) };
  knownColumns.set(lanes, made);
  return made;
}

function twoLineLane(lane: LaneFacts, width: number, columns: LaneColumns, glyphs: Glyphs): readonly Line[] {
  // The bar gives way to the longest name, so that all bars stay of one length.
  const room = width - columns.name - columns.id - columns.count - (columns.blocked ? 3 : 0) - 4;
  const barWidth = Math.max(6, Math.min(room, Math.floor(width * 0.28)));
  const right: Line = [
    ...blockedMark(lane, columns, glyphs),
    ...bar(lane.done, lane.total, barWidth, glyphs, laneTone(lane)),
    span(" "),
    span(fraction(lane.done, lane.total, columns.digits), "strong"),
  ];
  const terminals = lane.terminals.length > 0 ? `T${ranges(lane.terminals, glyphs)}` : "";
  const indent = " ".repeat(columns.id + 1);
  const pace = lane.owesHandoff ? [span("owes a handoff", "warn")] : paceLong(lane.behind, glyphs, true);
  const time: Line = [span(indent), span(timeText(lane).padEnd(columns.time), "dim"), span("  "), ...pace];
  return [
    spread(nameSpans(lane, columns), [span(" "), ...right], width, glyphs.ellipsis),
    spread(time, [span(terminals === "" ? "" : ` ${terminals}`, "dim")], width, glyphs.ellipsis),
  ];
}

function oneLineLane(lane: LaneFacts, width: number, columns: LaneColumns, glyphs: Glyphs): Line {
  const tail: Line = [
    span(" "),
    span(fraction(lane.done, lane.total, columns.digits), "strong"),
    ...(columns.time > 0 ? [span(" "), span(timeText(lane).padEnd(columns.time), "dim")] : []),
    span(" "),
    ...(lane.owesHandoff ? [span("owes  ", "warn")] : paceShort(lane.behind, glyphs)),
  ];
  const mark = blockedMark(lane, columns, glyphs);
  const room = width - lineWidth(tail) - lineWidth(mark) - 1;
  // Four cells of a bar say less than the name; the count is there in any case.
  const barWidth = room < 14 ? 0 : Math.max(4, Math.min(14, Math.floor(room * 0.4)));
  return spread(
    nameSpans(lane, columns),
    [span(" "), ...mark, ...bar(lane.done, lane.total, barWidth, glyphs, laneTone(lane)), ...tail],
    width,
    glyphs.ellipsis,
  );
}

function nameSpans(lane: LaneFacts, columns: LaneColumns): Line {
  return [span(fit(lane.id, columns.id), "accent"), span(` ${lane.name}`)];
}

/** The bar's colour says only whether it is full; trouble has its own sign. */
export function laneTone(lane: LaneFacts): "good" | "accent" {
  return lane.done === lane.total && lane.total > 0 && !lane.owesHandoff ? "good" : "accent";
}

function blockedMark(lane: LaneFacts, columns: LaneColumns, glyphs: Glyphs): Line {
  if (!columns.blocked) return [];
  return fillLine(lane.blocked > 0 ? [span(`${glyphs.signs.blocked}${lane.blocked}`, "bad")] : [], 3, glyphs.ellipsis);
}

/** "1:40/4:00+1:00": elapsed, estimate, buffer. The slash keeps its column while the elapsed time grows. */
function timeText(lane: LaneFacts): string {
  if (lane.estimate === null) return planTime(lane.elapsed);
  return `${planTime(lane.elapsed).padStart(4)}/${planTime(lane.estimate)}${lane.buffer > 0 ? `+${planTime(lane.buffer)}` : ""}`;
}

/** "1–3 5". */
export function ranges(numbers: readonly number[], glyphs: Glyphs): string {
  const sorted = [...numbers].sort((a, b) => a - b);
  const runs: { from: number; to: number }[] = [];
  for (const number of sorted) {
    const last = runs.at(-1);
    if (last !== undefined && number === last.to + 1) last.to = number;
    else runs.push({ from: number, to: number });
  }
  return runs
    .map(({ from, to }) => (from === to ? String(from) : to === from + 1 ? `${from} ${to}` : `${from}${glyphs.dash}${to}`))
    .join(" ");
}
