/** The timeline: a lane for each session, stream or terminal on one axis of hours, plan above what was and will be. */
import { marathonClock } from "../../marathon/clock.ts";
import { wholeTally } from "../../marathon/tally.ts";
import { limitMarks } from "../../marathon/time/limits.ts";
import { laneKinds, timeLanes, type LaneKind, type TimeLane } from "../../marathon/time/lanes.ts";
import type { State } from "../../marathon/types.ts";
import { settled } from "../facts/clock.ts";
import { age, fraction, plain, planTime, plural, truncate } from "../format.ts";
import { cutLine, fillLine, span, type Line } from "../lines.ts";
import type { Frame } from "../screen.ts";
import { plainRows, type Row } from "./block.ts";
import { paceShort } from "./pace.ts";
import { axisLines, barLines, strokeLegend, type Axis } from "./time-bars.ts";
import { limitLegend } from "./time-limits.ts";
import { timeHead } from "./time-head.ts";

/** Plan, and what was. */
export const LANE_LINES = 2;
/** Below this many rows every line goes to the lanes, but one. */
const HEAD_FROM_ROWS = 15;

export function laneKind(frame: Pick<Frame, "marathon" | "view">): LaneKind {
  const { state } = frame.marathon;
  const kinds: readonly LaneKind[] = state === null ? [] : laneKinds(state.plan);
  const { by } = frame.view.time;
  return by !== null && kinds.includes(by) ? by : (kinds[0] ?? "terminals");
}

let last: { readonly state: State; readonly t: number; readonly kind: LaneKind; readonly lanes: readonly TimeLane[] } | null = null;

/** The lanes as they are now; computed once for one state and second. */
export function lanesOf(frame: Pick<Frame, "marathon" | "view" | "now">): readonly TimeLane[] {
  const { state } = frame.marathon;
  if (state === null) return [];
  const [t, kind] = [nowOf(frame), laneKind(frame)];
  if (last?.state !== state || last.t !== t || last.kind !== kind) last = { state, t, kind, lanes: timeLanes(state, t, kind) };
  return last.lanes;
}

/** What is in sight, ms of t, and where it begins as a share of the whole. */
export function windowOf(frame: Pick<Frame, "marathon" | "view" | "now">): {
  readonly from: number;
  readonly to: number;
  readonly share: number;
} {
  const { zoom, from } = frame.view.time;
  const t = nowOf(frame);
  const whole = wholeLength(frame, t);
  // Now is a third from the left: what comes is worth more room than what was.
  const share = Math.min(1 - 1 / zoom, Math.max(0, from ?? t / whole - 1 / 3 / zoom));
  return { from: share * whole, to: (share + 1 / zoom) * whole, share };
}

export function timeTitle(frame: Frame): string {
  const { zoom } = frame.view.time;
  return `Time by ${laneKind(frame)}${zoom > 1 ? ` ${frame.theme.glyphs.dot} ${frame.theme.glyphs.times}${zoom}` : ""}`;
}

export function timeRows(frame: Frame, size: { readonly width: number; readonly height: number }): readonly Row[] {
  const { state } = frame.marathon;
  if (state === null) return plainRows([[span("nothing is known yet", "dim")]]);
  const { glyphs } = frame.theme;
  const t = nowOf(frame);
  const label = size.width >= 140 ? 40 : size.width >= 100 ? 32 : 24;
  const axis: Axis = { ...windowOf(frame), now: t, columns: Math.max(10, size.width - label), ascii: glyphs.name === "ascii" };
  const head = timeHead(frame, t, size.height >= HEAD_FROM_ROWS ? 4 : 1).map((line) => cutLine(line, size.width, glyphs.ellipsis));
  const scale = axisLines(axis).map((line): Line => [span(" ".repeat(label)), ...line]);
  const [whole, lanes] = [wholeLane(state, t), lanesOf(frame)];
  const lines = (lane: TimeLane): readonly Line[] => {
    const [plan, was] = barLines(lane, axis);
    const [first, second] = labels(frame, lane, label);
    return [
      [...fillLine(first, label, glyphs.ellipsis), ...plan],
      [...fillLine(second, label, glyphs.ellipsis), ...was],
    ];
  };
  const legend: Line[] = [
    ...(lanes.some((lane) => lane.critical)
      ? [[span(`${glyphs.pointer} `, "warn"), span("on the critical path: its open tasks set the end", "dim")]]
      : []),
    ...limitLegend(frame, limitMarks(state, t), t).map((line) => cutLine(line, size.width, glyphs.ellipsis)),
  ];
  const free = size.height - head.length - scale.length - legend.length - LANE_LINES;
  // What does not fit is said, which takes a line of its own.
  const room = Math.max(1, Math.floor((free - Number(lanes.length * LANE_LINES > free)) / LANE_LINES));
  const selected = Math.min(frame.view.selected.time, lanes.length - 1);
  const first = Math.max(0, Math.min(selected - Math.floor(room / 2), lanes.length - room));
  const shown = lanes.slice(first, first + room);
  const left = lanes.length - shown.length;
  const more: Line[] = left > 0 ? [[span(`${glyphs.more} ${plural(left, "more lane")}: j k`, "dim")]] : [];
  const strokes = strokeLegend([whole, ...lanes], size.width, { ascii: axis.ascii, pushed: label >= ROOM_FOR_PUSHED });
  if (left === 0 && free - LANE_LINES * shown.length > strokes.length) legend.push([], ...strokes);
  return [
    ...plainRows([...head, ...scale, ...lines(whole)]),
    ...shown.flatMap((lane, index) =>
      lines(lane).map((line, at) => ({ line, item: first + index, selected: first + index === selected && at === 0 })),
    ),
    ...plainRows([...more, ...legend]),
  ].slice(0, size.height);
}

/** Columns of the labels from which they tell by how much a lane ends later or earlier than planned. */
const ROOM_FOR_PUSHED = 32;

function labels(frame: Frame, lane: TimeLane, width: number): readonly [Line, Line] {
  const { glyphs } = frame.theme;
  const { progress } = lane;
  const count = fraction(progress.done, progress.total);
  const mark = lane.critical ? span(`${glyphs.pointer} `, "warn") : span("  ");
  const id = lane.id === "" ? "" : `${lane.id} `;
  const name = truncate(plain(`${id}${lane.name}`), width - count.length - 4, glyphs.ellipsis);
  // Within the same tolerance as the header and the list of streams.
  const behind = progress.paceMs === null || progress.state === "done" ? null : settled(-progress.paceMs, progress.estimateMs);
  const hours =
    progress.estimateMs === null ? planTime(progress.elapsedMs) : `${planTime(progress.elapsedMs)}/${planTime(progress.estimateMs)}`;
  const pushed =
    lane.pushedMs === null || Math.abs(lane.pushedMs) < 60_000 || width < (progress.owesHandoff === true ? 40 : ROOM_FOR_PUSHED)
      ? ""
      : `${lane.pushedMs > 0 ? "+" : "-"}${age(Math.abs(lane.pushedMs))}`;
  return [
    [
      mark,
      span(name.padEnd(width - count.length - 4), lane.id === "" ? "strong" : "plain"),
      span(` ${count} `, progress.state === "done" && progress.owesHandoff !== true ? "good" : "plain"),
    ],
    [
      // In narrow labels a column less, so that how many are blocked does not touch the bar.
      span(`  ${hours.padEnd(width < ROOM_FOR_PUSHED ? 11 : 12)} `, "dim"),
      ...(progress.owesHandoff === true
        ? [span(width < 32 ? "handoff?" : "owes a handoff", "warn")]
        : behind === 0
          ? [span("on plan", "dim")]
          : paceShort(behind, glyphs)),
      span(progress.blocked > 0 ? ` ${glyphs.signs.blocked}${progress.blocked}` : "", "bad"),
      span(pushed === "" ? "" : ` ${pushed}`, pushed.startsWith("+") ? "warn" : "good"),
    ],
  ];
}

/** The marathon itself as the first lane. */
function wholeLane(state: State, t: number): TimeLane {
  const clock = marathonClock(state, t);
  const { plannedMs, elapsedMs } = clock;
  const pace = clock.behindMs === null ? null : -clock.behindMs;
  const end = clock.forecast?.p50Ms ?? (state.status === "done" ? elapsedMs : null);
  return {
    id: "",
    name: "all",
    progress: {
      name: "all",
      done: clock.done,
      total: clock.total,
      dropped: 0,
      running: 0,
      blocked: wholeTally(state).counts.blocked,
      parked: 0,
      ready: 0,
      waiting: 0,
      elapsedMs,
      workedMs: 0,
      blockedMs: 0,
      estimateMs: plannedMs,
      bufferedMs: null,
      paceMs: pace,
      earned: 0,
      state: state.status === "done" ? "done" : "running",
    },
    planned: plannedMs === null ? null : { from: 0, to: plannedMs },
    bufferEnd: plannedMs === null ? null : plannedMs + (clock.bufferMs ?? 0),
    actual: { from: 0, to: elapsedMs },
    blocked: [],
    forecast: clock.forecast,
    pushedMs: plannedMs === null || end === null ? null : end - plannedMs,
    critical: false,
    limits: limitMarks(state, t),
  };
}

/** By the clock that the header goes by, in whole seconds, so that lanes are reckoned once a second. */
export function nowOf({ marathon: { state }, now }: Pick<Frame, "marathon" | "now">): number {
  return state?.status === "done" ? marathonClock(state, now).elapsedMs : Math.floor(now / 1000) * 1000;
}

function wholeLength(frame: Pick<Frame, "marathon" | "view" | "now">, t: number): number {
  const { state } = frame.marathon;
  if (state === null) return 1;
  let end = Math.max(t, 60_000);
  for (const lane of [wholeLane(state, t), ...lanesOf(frame)])
    end = Math.max(end, lane.planned?.to ?? 0, lane.bufferEnd ?? 0, lane.forecast?.p90Ms ?? 0, lane.actual?.to ?? 0);
  // Until then whoever waits for it does nothing: that belongs to the picture, where a limit of next week does not.
  for (const limit of limitMarks(state, t)) if (limit.holds) end = Math.max(end, limit.t);
  return end * 1.03;
}
