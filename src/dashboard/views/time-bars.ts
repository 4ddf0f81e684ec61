/** Bars on the axis of hours, cell by cell: what a lane was planned to take, above what it took and will. */
import type { Span, TimeLane } from "../../marathon/time/lanes.ts";
import { planTime } from "../format.ts";
import { span, type Line, type Span as TextSpan } from "../lines.ts";
import type { Tone } from "../theme.ts";
import { blockedCells } from "./blocked-cells.ts";

export interface Axis {
  /** What is in sight, and now, ms of t. */
  readonly from: number;
  readonly to: number;
  readonly now: number;
  readonly columns: number;
  readonly ascii: boolean;
}

interface Strokes {
  readonly planned: string;
  readonly from: string;
  readonly to: string;
  readonly buffer: string;
  readonly eaten: string;
  readonly worked: string;
  readonly blocked: string;
  readonly likely: string;
  readonly possible: string;
  readonly now: string;
  readonly tick: string;
  readonly anew: string;
}

const UNICODE: Strokes = {
  planned: "─",
  from: "├",
  to: "┤",
  buffer: "┄",
  eaten: "═",
  worked: "█",
  blocked: "▒",
  likely: "░",
  possible: "·",
  now: "│",
  tick: "╵",
  anew: "↻",
};
const ASCII: Strokes = {
  planned: "-",
  from: "[",
  to: "]",
  buffer: ".",
  eaten: "=",
  worked: "#",
  blocked: "x",
  likely: "+",
  possible: ".",
  now: "|",
  tick: "'",
  anew: "R",
};

interface Cell {
  char: string;
  tone: Tone;
}

/** Steps between two labels of the axis, minutes. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880, 10_080];
const LABEL_COLUMNS = 9;

/** Hours above, with now among them. */
export function axisLines(axis: Axis): readonly Line[] {
  const perColumn = (axis.to - axis.from) / axis.columns;
  const step = (STEPS.find((minutes) => (minutes * 60_000) / perColumn >= LABEL_COLUMNS) ?? 10_080) * 60_000;
  const cells = blank(axis.columns);
  const put = (at: number, text: string, tone: Tone) => {
    [...text].forEach((char, index) => {
      const cell = cells[at + index];
      if (cell) [cell.char, cell.tone] = [char, tone];
    });
  };
  const inSight = axis.now >= axis.from && axis.now <= axis.to;
  const marker = inSight ? ` now ${planTime(axis.now)} ` : "";
  const nowAt = Math.max(0, Math.min(axis.columns - marker.length, column(axis, axis.now) - 1));
  for (let at = Math.ceil(axis.from / step) * step; at <= axis.to; at += step) {
    const text = `${strokes(axis).tick}${at === 0 ? "0:00" : planTime(at)}`;
    const first = column(axis, at);
    const hidden = inSight && first < nowAt + marker.length && first + text.length > nowAt;
    if (!hidden && first + text.length <= axis.columns) put(first, text, "dim");
  }
  put(nowAt, marker, "accent");
  return [lineOf(cells)];
}

/**
 * What the strokes mean, as far as there are such, on as many lines as that takes: for whoever has the rows. `pushed`: beside the bars
 * stands by how much they end later or earlier.
 */
export function strokeLegend(
  lanes: readonly TimeLane[],
  columns: number,
  { ascii, pushed }: Record<"ascii" | "pushed", boolean>,
): readonly Line[] {
  const { from, planned, to, buffer, eaten, worked, blocked, likely, possible } = ascii ? ASCII : UNICODE;
  const said: readonly (readonly [string, Tone, string])[] = [
    [`${from}${planned}${to}`, "plain", "planned"],
    ...(lanes.some((lane) => (lane.bufferEnd ?? 0) > (lane.planned?.to ?? 0)) ? ([[buffer, "dim", "buffer"]] as const) : []),
    ...(lanes.some(isEaten) ? ([[eaten, "warn", "eaten of it"]] as const) : []),
    [worked, "good", "worked"],
    ...(lanes.some((lane) => lane.blocked.length > 0) ? ([[blocked, "bad", "blocked"]] as const) : []),
    ...(lanes.some((lane) => lane.forecast !== null)
      ? ([
          [likely, "accent", "to the likely end"],
          [possible, "accent", "to that of nine in ten"],
        ] as const)
      : []),
    ...(pushed ? ([["+1h -1h", "plain", "ends later, earlier than planned"]] as const) : []),
  ];
  const lines: TextSpan[][] = [[]];
  let used = 0;
  for (const [stroke, tone, words] of said) {
    const more = stroke.length + words.length + 1;
    if (used > 0 && used + more > columns) {
      lines.push([]);
      used = 0;
    }
    lines.at(-1)?.push(span(stroke, tone), span(` ${words}  `, "dim"));
    used += more + 2;
  }
  return lines;
}

/** Some of its buffer is used up, or will be. */
function isEaten({ planned, bufferEnd, actual, forecast }: TimeLane): boolean {
  if (planned === null || bufferEnd === null || bufferEnd <= planned.to) return false;
  return (forecast?.p50Ms ?? actual?.to ?? 0) > planned.to;
}

/** The plan's line, and what was with what is forecast. */
export function barLines(lane: TimeLane, axis: Axis): readonly [Line, Line] {
  return [lineOf(planCells(lane, axis)), lineOf(actualCells(lane, axis))];
}

function planCells({ planned, bufferEnd, actual, forecast }: TimeLane, axis: Axis): Cell[] {
  const cells = blank(axis.columns);
  const stroke = strokes(axis);
  if (planned) {
    const end = forecast?.p50Ms ?? actual?.to ?? 0;
    if (bufferEnd !== null && bufferEnd > planned.to) {
      fill(cells, axis, { from: planned.to, to: bufferEnd }, stroke.buffer, "dim");
      fill(cells, axis, { from: planned.to, to: Math.min(bufferEnd, end) }, stroke.eaten, "warn");
    }
    fill(cells, axis, planned, stroke.planned, "plain");
    mark(cells, axis, planned.from, stroke.from, 0);
    mark(cells, axis, planned.to, stroke.to, -1);
  }
  now(cells, axis);
  return cells;
}

/** Where a limit begins anew. */
export function anewSign(ascii: boolean): string {
  return (ascii ? ASCII : UNICODE).anew;
}

function actualCells({ actual, blocked, forecast, limits }: TimeLane, axis: Axis): Cell[] {
  const cells = blank(axis.columns);
  const stroke = strokes(axis);
  if (forecast) {
    fill(cells, axis, { from: axis.now, to: forecast.p90Ms }, stroke.possible, "accent");
    fill(cells, axis, { from: actual ? actual.to : axis.now, to: forecast.p50Ms }, stroke.likely, "accent");
  }
  if (actual) fill(cells, axis, actual, stroke.worked, "good");
  for (const at of blockedCells(blocked, actual, axis)) cells[at] = { char: stroke.blocked, tone: "bad" };
  now(cells, axis);
  if (forecast) {
    const text = ` ${planTime(forecast.p50Ms)}${axis.ascii ? "-" : "–"}${planTime(forecast.p90Ms)}`;
    const at = column(axis, forecast.p90Ms) + 1;
    if (at >= 0 && at + text.length <= axis.columns) [...text].forEach((char, index) => (cells[at + index] = { char, tone: "dim" }));
  }
  for (const limit of limits) {
    const at = column(axis, limit.t);
    if (limit.t <= axis.to && cells[at]) cells[at] = { char: stroke.anew, tone: limit.holds ? "warn" : "dim" };
  }
  return cells;
}

function blank(columns: number): Cell[] {
  return Array.from({ length: columns }, () => ({ char: " ", tone: "plain" as const }));
}

/** Something that is at all has a cell. */
function fill(cells: Cell[], axis: Axis, { from, to }: Span, char: string, tone: Tone): void {
  if (to <= from || to < axis.from || from > axis.to) return;
  const first = Math.max(0, column(axis, from));
  const last = Math.min(cells.length - 1, Math.max(first, column(axis, to) - 1));
  for (let at = first; at <= last; at += 1) cells[at] = { char, tone };
}

function mark(cells: Cell[], axis: Axis, at: number, char: string, shift: number): void {
  const cell = cells[column(axis, at) + shift];
  if (cell && at >= axis.from && at <= axis.to) cell.char = char;
}

/** Now goes through what is empty, and never hides a bar. */
function now(cells: Cell[], axis: Axis): void {
  const cell = cells[column(axis, axis.now)];
  if (cell && cell.char === " ") [cell.char, cell.tone] = [strokes(axis).now, "accent"];
}

function column(axis: Axis, at: number): number {
  return Math.floor(((at - axis.from) / (axis.to - axis.from)) * axis.columns);
}

function strokes(axis: Axis): Strokes {
  return axis.ascii ? ASCII : UNICODE;
}

function lineOf(cells: readonly Cell[]): Line {
  const line: { text: string; tone: Tone }[] = [];
  for (const { char, tone } of cells) {
    const before = line.at(-1);
    if (before && before.tone === tone) before.text += char;
    else line.push({ text: char, tone });
  }
  return line.map(({ text, tone }) => span(text, tone));
}
