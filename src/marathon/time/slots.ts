/** The marathon's timeline: slots of sessions and buffer without hole or overlap, with what was planned, what was, and what is forecast. Hours. Pure. */
import type { Plan } from "../../plan/types.ts";
import { HOUR, plannedLengthOf } from "../estimates.ts";
import { planTerminals } from "../initial.ts";
import { sessionProgress } from "../progress.ts";
import type { State } from "../types.ts";
import { blocksOf, capacityOf } from "./sessions.ts";

export interface Slot {
  readonly start: number;
  readonly end: number;
  readonly kind: "session" | "buffer";
  /** Null for a buffer, and for a plan without sessions. Where sessions overlap, the first of `sessions`. */
  readonly session: string | null;
  readonly sessions: readonly string[];
  readonly label: string;
  /** Hours of the slot in the plan (null where it states no length); of its sessions so far; and where its sessions will end, from the start of the marathon. */
  readonly planned: number | null;
  readonly actual: number | null;
  readonly forecast: { readonly p50: number; readonly p90: number } | null;
  /** All its tasks are done or dropped: `actual` is what it took. */
  readonly over: boolean;
}

type Bare = Pick<Slot, "start" | "end" | "kind" | "sessions" | "label">;

export interface Timeline {
  readonly horizonHours: number;
  readonly slots: readonly Slot[];
}

/** The plan's timeline; with a state, also what came of it at marathon time `t` (ms). */
export function timelineOf(plan: Plan, state: State | null, t: number): Timeline {
  const stated = withoutHoles(bareSlots(plan), plan.horizonHours ?? 0);
  const slots = stated.length > 0 || state === null ? stated : withoutHoles([unplanned(plan, state, t)], 0);
  const progress = new Map(state ? sessionProgress(state, t).map((session) => [session.id, session]) : []);
  return {
    horizonHours: hours((slots.at(-1)?.end ?? 0) * HOUR),
    slots: slots.map((slot) => {
      const own = slot.sessions.flatMap((id) => progress.get(id) ?? []);
      const whole = slot.kind === "session" && slot.sessions.length === 0 && state !== null;
      const actual = whole ? t : own.reduce((sum, session) => sum + session.elapsedMs, 0);
      // The newest forecast may be older than the end of what it is about.
      const left = own.filter(({ state: standing }) => standing !== "done");
      const over = whole ? state.status === "done" : own.length > 0 && left.length === 0;
      const ranges = over ? [] : whole ? [state.forecast?.marathon] : left.map(({ id }) => state?.forecast?.sessions[id]);
      // One whose later figure has passed says nothing any more.
      const known = ranges.flatMap((range) => (range && range.p90 > t ? range : []));
      return {
        ...slot,
        session: slot.sessions[0] ?? null,
        planned: stated.length > 0 ? hours((slot.end - slot.start) * HOUR) : null,
        actual: state === null || slot.kind === "buffer" || actual === 0 ? null : hours(actual),
        forecast:
          known.length === 0 || state?.status !== "running"
            ? null
            : { p50: hours(Math.max(t, ...known.map(({ p50 }) => p50))), p90: hours(Math.max(...known.map(({ p90 }) => p90))) },
        over,
      };
    }),
  };
}

/** Of a plan that states no length: from the start to where it will likely end, or to now. */
function unplanned(plan: Plan, state: State, t: number): Bare {
  const end = state.status === "running" ? Math.max(t, state.forecast?.marathon?.p50 ?? 0) : t;
  return { start: 0, end: end / HOUR, kind: "session", label: plan.title, sessions: [] };
}

/** As the plan states it; else its sessions under its time model; else one slot of the planned length and the buffer. */
function bareSlots(plan: Plan): readonly Bare[] {
  if (plan.timeline.length > 0)
    return plan.timeline.map(({ start, end, kind, session, label }) => ({
      start,
      end,
      kind,
      label,
      sessions: session === null ? [] : [session],
    }));
  const names = new Map(plan.sessions.map((session) => [session.id, session.name]));
  const schedule = plan.settings.schedule ?? { by: "sessions", atOnce: 1 };
  const blocks = blocksOf(plan, schedule, capacityOf(plan)).filter((block) => block.end > block.start);
  const end = Math.max(0, ...blocks.map((block) => block.end));
  if (end > 0) {
    const sessions = blocks.map(
      (block): Bare => ({
        start: block.start,
        end: block.end,
        kind: "session",
        label: names.get(block.session) ?? "",
        sessions: [block.session],
      }),
    );
    return [...sessions, ...reserve(end, plan.settings.buffer === null ? 0 : end * plan.settings.buffer)];
  }
  const planned = plannedLengthOf(plan, planTerminals(plan).length);
  if (planned === null) return [];
  const work = planned.plannedMs / HOUR;
  return [{ start: 0, end: work, kind: "session", label: plan.title, sessions: [] }, ...reserve(work, (planned.bufferMs ?? 0) / HOUR)];
}

function reserve(start: number, length: number): readonly Bare[] {
  return length > 0 ? [{ start, end: start + length, kind: "buffer", label: "buffer", sessions: [] }] : [];
}

/** Cut where any of them begins or ends: what overlaps is one slot of several sessions, and a hole is buffer. Up to the horizon. */
function withoutHoles(slots: readonly Bare[], horizon: number): readonly Bare[] {
  const real = slots.filter((slot) => slot.end > slot.start && slot.start >= 0);
  const cuts = [
    ...new Set([0, ...real.flatMap((slot) => [slot.start, slot.end]), ...(horizon > 0 && real.length > 0 ? [horizon] : [])]),
  ].toSorted((a, b) => a - b);
  const pieces: Bare[] = [];
  cuts.slice(1).forEach((end, index) => {
    const start = cuts[index] ?? 0;
    const here = real.filter((slot) => slot.start < end && slot.end > start);
    const work = here.filter((slot) => slot.kind === "session");
    const piece: Bare = {
      start,
      end,
      kind: work.length > 0 ? "session" : "buffer",
      sessions: [...new Set(work.flatMap((slot) => slot.sessions))],
      label: [...new Set((work.length > 0 ? work : here).map((slot) => slot.label))].join(" + ") || "buffer",
    };
    const last = pieces.at(-1);
    if (last && last.kind === piece.kind && last.label === piece.label && last.sessions.join() === piece.sessions.join())
      pieces[pieces.length - 1] = { ...last, end };
    else pieces.push(piece);
  });
  return pieces;
}

function hours(ms: number): number {
  return Math.round((ms / HOUR) * 1000) / 1000;
}
