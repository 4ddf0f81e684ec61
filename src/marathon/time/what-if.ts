/** What would change if streams were dropped, sessions overlapped, or terminals were fewer or more: in numbers, before anybody decides. Pure. */
import type { Plan, Schedule } from "../../plan/types.ts";
import { HOUR } from "../estimates.ts";
import { planTerminals } from "../initial.ts";
import { counted } from "../words.ts";
import { plannedCourse, type PlannedCourse } from "./planned-course.ts";
import { ADVISED_AT_ONCE, blocksOf, capacityOf, overlapOf, type Overlap } from "./sessions.ts";

export interface Wish {
  /** Ids of streams or sessions, or task numbers. */
  readonly drop: readonly string[];
  readonly overlap: readonly (readonly string[])[];
  readonly terminals: number | null;
  readonly schedule: Schedule | null;
}

export interface Figures {
  readonly tasks: number;
  readonly terminals: number;
  /** Hours of the sessions one after another, or side by side, without buffer; null without sessions with hours. */
  readonly sessionHours: number | null;
  /** Hours until the last task is over if every estimate held; null without estimates. */
  readonly workHours: number | null;
  /** Hours that terminals have nothing to do meanwhile. */
  readonly idleHours: number | null;
  readonly criticalPath: readonly number[];
}

export interface WhatIf {
  readonly before: Figures;
  readonly after: Figures;
  readonly overlaps: readonly Overlap[];
  /** What was asked for and does not exist or cannot be, and what to bear in mind. */
  readonly refused: readonly string[];
  readonly warnings: readonly string[];
}

export function whatIf(plan: Plan, wish: Wish): WhatIf {
  const now = planTerminals(plan).length;
  const terminals = wish.terminals ?? now;
  const capacity = wish.terminals ?? capacityOf(plan);
  const schedule = plan.settings.schedule ?? { by: "sessions", atOnce: 1 };
  const { dropped, refused, warnings } = droppedBy(plan, wish.drop);
  const overlaps = wish.overlap.map((ids) => overlapOf(plan, ids, capacity));
  const allowed = overlaps.filter((overlap) => overlap.allowed).map((overlap) => overlap.sessions);
  const after = wish.schedule ?? schedule;
  if (after.by === "sessions" && after.atOnce > ADVISED_AT_ONCE)
    warnings.push(`${after.atOnce} sessions at once: two or three are as many as were found to go well`);
  const gone = new Set(
    plan.sessions.filter((session) => session.tasks.length > 0 && session.tasks.every((task) => dropped.has(task))).map(({ id }) => id),
  );
  for (const id of new Set(wish.overlap.flat()))
    if (gone.has(id)) warnings.push(`session ${id} would have nothing left to overlap: all of it is dropped`);
  const left: Plan = { ...plan, sessions: plan.sessions.filter((session) => !gone.has(session.id)) };
  return {
    before: figures(plan, plan, schedule, now, capacityOf(plan), new Set(), []),
    after: figures(scheduled(plan, wish.schedule), left, after, terminals, capacity, dropped, allowed),
    overlaps,
    refused: [
      ...refused,
      ...overlaps.filter((overlap) => !overlap.allowed).map((overlap) => `${overlap.sessions.join(" + ")}: ${overlap.reason}`),
    ],
    warnings,
  };
}

/** Without a wish the plan's own schedule holds, or none: the work is then not held back by sessions. */
function scheduled(plan: Plan, schedule: Schedule | null): Plan {
  return schedule === null ? plan : { ...plan, settings: { ...plan.settings, schedule } };
}

function figures(
  plan: Plan,
  sessions: Plan,
  schedule: Schedule,
  terminals: number,
  capacity: number,
  dropped: ReadonlySet<number>,
  overlaps: readonly (readonly string[])[],
): Figures {
  const course = plannedCourse(plan, terminals, dropped);
  return {
    tasks: plan.tasks.filter((task) => !dropped.has(task.number)).length,
    terminals,
    sessionHours: sessionHours(sessions, schedule, capacity, overlaps),
    workHours: hours(course, "lengthMs"),
    idleHours: hours(course, "idleMs"),
    criticalPath: course?.criticalPath ?? [],
  };
}

/** All streams at once take as long as the longest, and what overflows comes after them. */
function sessionHours(plan: Plan, schedule: Schedule, terminals: number, overlaps: readonly (readonly string[])[]): number | null {
  if (schedule.by === "streams") {
    const stated = plan.streams.filter((stream) => stream.hours !== null);
    if (stated.length === 0) return null;
    const longest = (own: boolean) =>
      Math.max(0, ...stated.filter((stream) => stream.terminals.length > 0 === own).map((stream) => stream.hours ?? 0));
    return longest(true) + longest(false);
  }
  const blocks = blocksOf(plan, schedule, terminals, overlaps);
  const end = Math.max(0, ...blocks.map((block) => block.end));
  return end > 0 ? end : null;
}

/** Tasks that are named one by one; of a thousand nobody reads more. */
const MOST_MINDED = 8;

function droppedBy(plan: Plan, wanted: readonly string[]): { dropped: Set<number>; refused: string[]; warnings: string[] } {
  const dropped = new Set<number>();
  const refused: string[] = [];
  for (const id of wanted) {
    const lane = plan.streams.find((stream) => stream.id === id) ?? plan.sessions.find((session) => session.id === id);
    const numbers = lane?.tasks ?? (plan.tasks.some((task) => String(task.number) === id) ? [Number(id)] : []);
    if (!lane && numbers.length === 0) refused.push(`${id}: the plan has no stream, session or task of that name`);
    for (const number of numbers) dropped.add(number);
  }
  const needed = plan.tasks.filter((task) => !dropped.has(task.number) && task.dependsOn.some((need) => dropped.has(need)));
  const warnings = needed
    .slice(0, MOST_MINDED)
    .map(
      (task) => `task ${task.number} depends on ${task.dependsOn.filter((need) => dropped.has(need)).join(", ")}, which would be dropped`,
    );
  if (needed.length > MOST_MINDED)
    warnings.push(
      `${counted(needed.length - MOST_MINDED, "more task")} depend${needed.length - MOST_MINDED === 1 ? "s" : ""} on what would be dropped`,
    );
  return { dropped, refused, warnings };
}

function hours(course: PlannedCourse | null, key: "lengthMs" | "idleMs"): number | null {
  return course === null || !Number.isFinite(course[key]) ? null : Math.round((course[key] / HOUR) * 100) / 100;
}
