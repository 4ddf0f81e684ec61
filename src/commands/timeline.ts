import { marathonClock } from "../marathon/clock.ts";
import { HOUR } from "../marathon/estimates.ts";
import { laneKinds, timeLanes } from "../marathon/time/lanes.ts";
import { lanesJson } from "../marathon/time/lanes-json.ts";
import { limitsJson, type LimitJson } from "../marathon/time/limits.ts";
import { timelineOf, type Slot, type Timeline } from "../marathon/time/slots.ts";
import type { State } from "../marathon/types.ts";
import { oneLine } from "../marathon/words.ts";
import { fit, planTime, width } from "../dashboard/format.ts";
import type { Plan } from "../plan/types.ts";
import { EXIT, UsageError } from "./exit.ts";
import { hasErrors, readPlanFiles } from "../engine/plan-files.ts";
import { connectIfRunning, journaled, locate } from "./project.ts";
import { print, printError, printJson } from "./print.ts";

/** `marathon timeline`: the slots of these plans, or of the project's marathon with what came of them. */
export async function timeline(
  files: readonly string[],
  options: { readonly json?: boolean; readonly text?: boolean; readonly project: string },
): Promise<number> {
  if (options.json && options.text) throw new UsageError("--json and --text exclude each other: give one");
  const { plan, state, t } = files.length > 0 ? ofPlans(files) : await ofMarathon(options.project);
  const line = timelineOf(plan, state, t);
  const limits = state === null ? [] : limitsJson(state, t);
  if (options.json) printJson({ schema: 1, ...line, lanes: state === null ? [] : lanesJson(state, t), limits });
  else if (state !== null && line.slots.every(({ planned }) => planned === null))
    print(`${courseText(state, t)}${limits.map(limitLine).join("")}`);
  else print(`${timelineText(line, t / HOUR, state)}${limits.map(limitLine).join("")}`);
  return EXIT.ok;
}

interface Subject {
  readonly plan: Plan;
  readonly state: State | null;
  readonly t: number;
}

function ofPlans(files: readonly string[]): Subject {
  const { reading } = readPlanFiles(files);
  const { plan } = reading;
  if (plan === null || hasErrors(reading))
    throw new UsageError(`${files.join(", ")}: the plan has errors; \`marathon check\` shows them`, EXIT.planErrors);
  return { plan, state: null, t: 0 };
}

async function ofMarathon(project: string): Promise<Subject> {
  const located = await locate(project);
  const connection = await connectIfRunning(located).catch(() => null);
  connection?.client.close();
  if (connection) return standing(connection.welcome.state, connection.welcome.clock.t);
  const read = located.current === null ? null : journaled(located.paths, located.current);
  if (!read)
    throw new UsageError(`there is no marathon in ${located.project}: name a plan, or start one with \`marathon run PLAN\``, EXIT.failed);
  if (read.dropped) printError(`marathon: ${read.dropped}\n`);
  return standing(read.state, read.state.t);
}

/** What is over has no now: its clock stands where its last task ended. */
function standing(state: State, t: number): Subject {
  return { plan: state.plan, state, t: state.status === "done" ? marathonClock(state, t).elapsedMs : t };
}

const BAR = 40;

/** One line a slot: hours, a bar on the axis, what was planned, what was, where it will end. */
function timelineText({ horizonHours, slots }: Timeline, now: number, state: State | null): string {
  if (slots.length === 0) return "nothing in the plan states or implies how long it takes: give estimates or session hours\n";
  const names = slots.map((slot) => (slot.kind === "buffer" ? "buffer" : (slot.sessions.join("+") || slot.label).slice(0, 24)));
  const width = Math.max(...names.map((name) => name.length));
  const lines = slots.map((slot, index) => slotLine(slot, (names[index] ?? "").padEnd(width), horizonHours));
  const at = Math.min(BAR - 1, Math.floor((now / horizonHours) * BAR));
  const word = state?.status === "done" ? "ended" : state?.status === "stopped" ? "stopped" : "now";
  const marker = state === null ? [] : [`${" ".repeat(width + 15 + at)}^ ${word} ${clock(now)}`];
  return `${[...lines, ...marker, `${" ".repeat(width)}  horizon ${clock(horizonHours)}`].join("\n")}\n`;
}

/** Of a plan that states no length: what was and the forecast, as the time view shows them. One line for the whole and each lane. */
export function courseText(state: State, t: number): string {
  const clock = marathonClock(state, t);
  const kind = laneKinds(state.plan)[0] ?? "terminals";
  const lanes = timeLanes(state, t, kind);
  const over = state.status === "done";
  const rows = [
    { name: "all", actual: { from: 0, to: clock.elapsedMs }, forecast: clock.forecast, over },
    ...lanes.map(({ id, name, actual, forecast, progress }) => ({
      name: oneLine(name === `terminal ${id}` ? name : `${id} ${name}`, 24),
      actual,
      forecast,
      over: progress.state === "done",
    })),
  ];
  const horizon = Math.max(1, ...rows.map(({ actual, forecast }) => Math.max(actual?.to ?? 0, forecast?.p90Ms ?? 0)));
  const names = Math.max(...rows.map(({ name }) => width(name)));
  const cell = (ms: number): number => Math.round((ms / horizon) * BAR);
  const lines = rows.map(({ name, actual, forecast, over: ended }) => {
    const from = cell(actual?.from ?? t);
    const done = actual === null ? 0 : Math.max(1, cell(actual.to) - from);
    const left = forecast === null ? 0 : Math.max(0, cell(forecast.p50Ms) - from - done);
    const bar = fit(`${" ".repeat(from)}${"=".repeat(done)}${"-".repeat(left)}`, BAR, "");
    const said = [
      actual === null ? "not begun" : `${ended ? "took" : "so far"} ${planTime(actual.to - actual.from)}`,
      ...(forecast === null ? [] : [`ends ${planTime(forecast.p50Ms)}-${planTime(forecast.p90Ms)}`]),
    ];
    return `${fit(name, names)}  ${bar}  ${said.join(", ")}`;
  });
  const ahead = state.status !== "running" ? "" : `, and the forecast (-)${clock.forecast === null ? "; none yet" : ""}`;
  return `${[`the plan states no length: what was (=)${ahead}`, ...lines].join("\n")}\n`;
}

/** When an agent's account begins anew with a limit, for a script as for a person: in hours of the marathon and by the clock. */
function limitLine({ name, terminals, usedPercent, resetsAt, resetsAtHours, holds }: LimitJson): string {
  const used = usedPercent === null ? "" : `, ${usedPercent} % used`;
  const waits = holds ? ", waited for" : "";
  return `  limit ${name} of terminal ${terminals.join(", ")}${used}${waits}: begins anew at ${figure(resetsAtHours)} h (${resetsAt ?? "unknown"})\n`;
}

function slotLine(slot: Slot, name: string, horizon: number): string {
  const from = Math.round((slot.start / horizon) * BAR);
  const to = Math.max(from + 1, Math.round((slot.end / horizon) * BAR));
  const bar = `${" ".repeat(from)}${(slot.kind === "buffer" ? "." : "=").repeat(to - from)}`.padEnd(BAR).slice(0, BAR);
  const said = [
    slot.planned === null ? null : `planned ${clock(slot.planned)}`,
    slot.actual === null ? null : `${slot.over ? "took" : "so far"} ${clock(slot.actual)}`,
    slot.forecast === null ? null : `ends ${clock(slot.forecast.p50)}-${clock(slot.forecast.p90)}`,
  ];
  const hours = `${clock(slot.start)}-${clock(slot.end)}`.padStart(11);
  return `${name}  ${hours}  ${bar}  ${said.filter((part) => part !== null).join(", ")}`;
}

/** As the dashboard says it: "4:00", "25m". */
function clock(hours: number): string {
  return planTime(hours * HOUR);
}

function figure(hours: number): string {
  return String(Math.round(hours * 100) / 100);
}
