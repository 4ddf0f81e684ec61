/** What stands above the timeline: the end, the pace with its formula, and what the forecast rests on. */
import { marathonClock } from "../../marathon/clock.ts";
import { forecastError } from "../../marathon/time/forecast-error.ts";
import { budgetOf } from "../../marathon/time/budgets.ts";
import { marathonUsage, usageJson } from "../../marathon/usage.ts";
import { usageWords } from "./meter-lines.ts";
import { nextCheckIn } from "../../marathon/time/check-in.ts";
import { dayAndTime, planTime, plural } from "../format.ts";
import { span, type Line } from "../lines.ts";
import type { State } from "../../marathon/types.ts";
import type { Frame } from "../screen.ts";

/** @param lines at most so many, the most telling first */
export function timeHead(frame: Frame, t: number, lines: number): readonly Line[] {
  const { state } = frame.marathon;
  if (state === null) return [];
  const { glyphs } = frame.theme;
  const { elapsedMs, plannedMs, bufferMs, behindMs, forecast } = marathonClock(state, t);
  const end = forecast?.p50Ms ?? elapsedMs;
  const eaten = plannedMs === null || !bufferMs ? null : Math.min(1, Math.max(0, (end - plannedMs) / bufferMs));
  const first: Line = [
    span(planTime(elapsedMs), "strong"),
    span(
      plannedMs === null
        ? " elapsed, the plan states no length"
        : ` of ${planTime(plannedMs)}${bufferMs ? ` (${planTime(plannedMs + bufferMs)} with buffer)` : ""}`,
    ),
    ...(forecast === null ? [] : [span(`  finish ${planTime(forecast.p50Ms)}${glyphs.dash}${planTime(forecast.p90Ms)}`, "accent")]),
    ...(eaten === null || forecast === null ? [] : [span(`  buffer ${Math.round(eaten * 100)}% eaten`, eaten > 0.5 ? "warn" : "dim")]),
    ...(frame.layout.size.columns < ROOM_FOR_CALENDAR ? [] : [span(`  ${calendar(frame, state.startedAt)}`, "dim")]),
  ];
  return [first, paceLine(elapsedMs, plannedMs, behindMs), recordLine(frame), usageLine(frame, t)].slice(0, lines);
}

/** Columns from which the first line also tells the hours that the wall clock counts: those in which no engine ran are among them. */
const ROOM_FOR_CALENDAR = 120;

function calendar({ marathon: { state, clock } }: Frame, startedAt: number): string {
  return `begun ${dayAndTime(startedAt)}, ${planTime(Math.max(0, (clock?.at ?? state?.at ?? startedAt) - startedAt))} ago`;
}

/** Earned value: what was planned for the work that is done, less the time that has passed. */
function paceLine(elapsedMs: number, plannedMs: number | null, behindMs: number | null): Line {
  if (plannedMs === null) return [span("pace: none, for the plan states no length", "dim")];
  if (behindMs === null) return [span("pace: nothing is measured yet", "dim")];
  const earnedMs = elapsedMs - behindMs;
  const said = `${planTime(Math.abs(behindMs))} ${behindMs > 0 ? "behind" : "ahead"}`;
  return [
    span("pace ", "dim"),
    span(said, behindMs > 60_000 ? "warn" : "good"),
    span(
      ` = ${planTime(earnedMs)} earned (${Math.round((earnedMs / plannedMs) * 100)}% of ${planTime(plannedMs)}) less ${planTime(elapsedMs)} elapsed`,
      "dim",
    ),
  ];
}

function recordLine({ marathon: { state }, theme: { glyphs } }: Frame): Line {
  if (!state?.forecast) return [span(state?.status === "done" ? "forecast: nothing is left" : "forecast: none yet", "dim")];
  const { samples, ratio, measured } = state.forecast;
  const error = forecastError(state);
  const percent = (share: number) => `${Math.round(share * 100)}%`;
  const record =
    error === null || error.forecasts === 0
      ? ""
      : `; so far ${plural(error.ended, "end")}: ${percent(error.withinP50)} by the first, ${percent(error.withinP90)} by the second figure, ${planTime(error.offMs)} off`;
  if (state.status === "done") return [span(`forecast: nothing is left${record}`, "dim")];
  // Where no task states an estimate, each is taken to be as long as the mean of those that were measured.
  const stated = state.plan.tasks.some((task) => task.estimate !== null);
  const of = stated
    ? `of the estimates (${plural(measured, "task")} measured)`
    : `of assumed estimates (none stated, ${measured} measured)`;
  return [span(`forecast: ${samples} runs of what is left, at ${glyphs.times}${ratio.toFixed(2)} ${of}${record}`, "dim")];
}

/** Columns from which the agents are told by model tier: on fewer, what is over its budget would be cut off. */
const ROOM_FOR_TIERS = 150;

/** Terminals and agents in use, and when the next check-in is due. */
function usageLine(frame: Frame, t: number): Line {
  const {
    marathon: { state },
    layout,
  } = frame;
  if (state === null) return [];
  const { inUse, terminals, workedMs, idleMs, askedMs, spawned, agents, use, warnings } = budgetOf(state, t);
  const next = nextCheckIn(state);
  const byTier =
    use === null || layout.size.columns < ROOM_FOR_TIERS
      ? ""
      : ` (${use.tiers.map(({ tier, used, planned }) => `${tier} ${used}/${planned}`).join(" ")}${use.untold > 0 ? `, ${use.untold} untold` : ""})`;
  const crew = agents === null ? "" : `  agents ${spawned}/${agents} spawned${byTier}`;
  const told = marathonUsage(state);
  const total = told && usageJson(told.usage);
  const used = told && total && { usage: total, terminals: told.terminals, partial: told.costs < told.terminals };
  return [
    span(
      `terminals ${inUse}/${terminals} in use, ${planTime(workedMs)} worked, ${planTime(idleMs)} idle${askedMs >= 60_000 ? ` and ${planTime(askedMs)} waiting for answers` : ""} so far${crew}`,
      warnings.length > 0 ? "warn" : "dim",
    ),
    span(
      next !== null
        ? `  next check-in in ${planTime(Math.max(0, next - t))}`
        : state.status === "settled"
          ? "  check-ins pause until something goes on"
          : "",
      "dim",
    ),
    ...(used === null ? [] : [span(`  ${usageWords(used.usage, used.partial)} (${used.terminals} of ${terminals} tell)`, "dim")]),
    ...(warnings[0] === undefined ? [] : [span(`  ${warnings[0]}`, "warn")]),
    span(`  ${lastHuman(state, frame.marathon.clock?.at ?? state.at)}`, "dim"),
  ];
}

/** How long it has gone on without a person, by the wall clock. */
function lastHuman({ counters, startedAt, status }: State, now: number): string {
  const { lastHumanAt } = counters;
  if (status === "done" || status === "stopped") return "";
  return lastHumanAt === null
    ? `no person since the start, ${planTime(Math.max(0, now - startedAt))} ago`
    : `last a person ${planTime(Math.max(0, now - lastHumanAt))} ago`;
}
