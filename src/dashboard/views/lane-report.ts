/** The page of a lane: how it stands in sentences, and what the plan says of it. */
import { goalsOf, metOf, type Goal } from "../../marathon/goals.ts";
import { planIndex } from "../../marathon/plan-index.ts";
import { ADVISED_AGENTS, agentsBySession } from "../../marathon/time/crowds.ts";
import type { LaneKind, TimeLane } from "../../marathon/time/lanes.ts";
import { securityJson, securityLines } from "../../marathon/security-item.ts";
import type { State } from "../../marathon/types.ts";
import { plain, planTime, plural } from "../format.ts";
import type { Frame } from "../screen.ts";
import type { Glyphs } from "../theme.ts";
import { limitWords } from "./time-limits.ts";
import { nowOf } from "./time.ts";

/** Everything about one lane in sentences, for the page that Enter opens. */
export function laneReport(frame: Frame, kind: LaneKind, lane: TimeLane): readonly string[] {
  const { progress, planned, bufferEnd, forecast, pushedMs } = lane;
  const dash = frame.theme.glyphs.dash;
  const lines = [
    `${progress.done} of ${plural(progress.total, "task")} done, ${progress.running} running, ${progress.blocked} blocked`,
    planned === null
      ? "the plan gives it no hours"
      : `planned from ${planTime(planned.from)} to ${planTime(planned.to)}${bufferEnd !== null && bufferEnd > planned.to ? `, to ${planTime(bufferEnd)} with buffer` : ""}`,
    `elapsed ${planTime(progress.elapsedMs)}, worked ${planTime(progress.workedMs)} by all terminals, blocked ${planTime(progress.blockedMs)}`,
    progress.paceMs === null || progress.estimateMs === null
      ? "no pace: it has no estimate, or has not begun"
      : `pace ${planTime(Math.abs(progress.paceMs))} ${progress.paceMs < 0 ? "behind" : "ahead"} = ${Math.round(progress.earned * 100)}% earned of ${planTime(progress.estimateMs)}, less elapsed ${planTime(progress.elapsedMs)}`,
    forecast === null
      ? "no forecast"
      : `ends ${planTime(forecast.p50Ms)}${dash}${planTime(forecast.p90Ms)}: as likely before the first as after, nine times in ten before the second`,
    ...(pushedMs === null || Math.abs(pushedMs) < 60_000
      ? []
      : [`${planTime(Math.abs(pushedMs))} ${pushedMs > 0 ? "later than planned: pushed on to what comes after" : "earlier than planned"}`]),
    ...(progress.owesHandoff === true
      ? [`owes a handoff: it counts as closed once SESSION_${lane.id}_HANDOFF.md is in the scratchpad and no older than its work`]
      : []),
    ...(lane.critical ? ["on the critical path: its open tasks set the end of the marathon"] : []),
    ...lane.limits.map((limit) => `limit ${limitWords(limit, nowOf(frame))}`),
  ];
  const { state } = frame.marathon;
  if (state === null) return lines;
  return [...lines, ...plannedLines(state, kind, lane.id, frame.theme.glyphs), ...securityItems(state, kind, lane.id)].map(plain);
}

function plannedLines(state: State, kind: LaneKind, id: string, glyphs: Glyphs): readonly string[] {
  if (kind === "sessions") return sessionLines(state, id, glyphs);
  const stream = kind === "streams" ? state.plan.streams.find((one) => one.id === id) : undefined;
  if (stream === undefined) return [];
  return [
    ...(stream.goal === null ? [] : ["", `goal: ${stream.goal}`]),
    ...(stream.baseline.length === 0 ? [] : ["", "where it stood before:", ...stream.baseline.map((line) => `  ${glyphs.dot} ${line}`)]),
  ];
}

function securityItems(state: State, kind: LaneKind, id: string): readonly string[] {
  const lines = state.plan.tasks.flatMap((task) => {
    const { terminal = null } = state.tasks[task.number] ?? {};
    const lane = kind === "sessions" ? task.session : kind === "streams" ? task.stream : String(terminal);
    const item = lane === id ? securityJson(state, task.number, task) : null;
    return item === null ? [] : [`  ${task.number} ${task.title}`, ...securityLines(item).map((line) => `    ${line}`)];
  });
  return lines.length === 0 ? [] : ["", "security items", ...lines];
}

function sessionLines(state: State, id: string, glyphs: Glyphs): readonly string[] {
  const session = planIndex(state.plan).sessions.get(id);
  if (session === undefined) return [];
  const goals = goalsOf(state).filter((goal) => goal.session === id);
  const list = (title: string, lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : ["", title, ...lines]);
  const ticks = (kinds: readonly Goal["kind"][]): readonly string[] =>
    goals.filter(({ kind }) => kinds.includes(kind)).map(({ id: name, met, text }) => `  [${met ? "x" : " "}] ${name}  ${text}`);
  const counted = (kind: Goal["kind"]): string => {
    const { met, total } = metOf(goals.filter((goal) => goal.kind === kind));
    return `${met}/${total}`;
  };
  const agents = session.agents.map(({ role, count }) => (count > 1 ? `${count} ${glyphs.times} ${role}` : role)).join(", ");
  return [
    ...list(
      "objectives",
      session.objectives.map((text) => `  ${glyphs.dot} ${text}`),
    ),
    ...list(
      `agents: ${agents}${session.parallelAgents ? ", side by side" : ""}; ${agentsBySession(state).get(id) ?? 0} at work, ${ADVISED_AGENTS} are as many as go well`,
      session.work.map(({ name, work, tasks }) => `  ${name}: ${work}${tasks === null ? "" : ` (${plural(tasks, "task")})`}`),
    ),
    ...(session.dependsOn.length === 0 ? [] : ["", `after ${session.dependsOn.join(", ")}`]),
    ...(session.fallback === null ? [] : ["", `if it is blocked: ${session.fallback}`]),
    ...list(`criteria ${counted("criterion")} met (C turns them)`, ticks(["criterion"])),
    ...list(`deliverables ${counted("deliverable")}`, ticks(["deliverable"])),
    ...list("outputs", ticks(["handoff", "branch", "pull-request"])),
  ];
}
