/** `marathon status` for people: a page that a tired person reads at a glance. Pure. */
import { agentLabel } from "../plan/agent-choice.ts";
import { openBlockers } from "../marathon/blockers.ts";
import { marathonClock } from "../marathon/clock.ts";
import { missingHandoffs, owedWords } from "../marathon/handoffs.ts";
import { streamProgress } from "../marathon/progress.ts";
import { openCount, terminalTally } from "../marathon/tally.ts";
import { nextHeld } from "../marathon/waits.ts";
import { counted } from "../marathon/words.ts";
import { shownState } from "../dashboard/facts/terminals.ts";
import { fit, planTime, width } from "../dashboard/format.ts";
import type { State, Terminal } from "../marathon/types.ts";

/** At most so many columns for a terminal's name, and for its agent. */
const NAME_COLUMNS = 40;

export function statusText(state: State, t: number): string {
  const clock = marathonClock(state, t);
  const lines = [
    `${state.title}${state.rehearsal ? `  REHEARSAL ×${state.speed}` : ""}`,
    `${state.status}, ${clock.done} of ${clock.total} tasks done, ${planTime(clock.elapsedMs)}${clock.plannedMs === null ? "" : ` of ${planTime(clock.plannedMs)} planned`}`,
    ...(clock.forecast === null
      ? []
      : [`forecast: ends at ${planTime(clock.forecast.p50Ms)} as likely as not, by ${planTime(clock.forecast.p90Ms)} nine times in ten`]),
    engineLine(state),
    ...Object.values(state.engine === null ? {} : (state.degraded ?? {})).map((text) => `! ${text}`),
    "",
  ];
  for (const stream of streamProgress(state, t)) {
    const blocked = stream.blocked > 0 ? `  ${stream.blocked} blocked` : "";
    lines.push(`${stream.id.padEnd(3)} ${fit(stream.name, 32)} ${String(stream.done).padStart(4)}/${stream.total}${blocked}`);
  }
  lines.push("");
  const terminals = Object.values(state.terminals);
  const agents = terminals.map(({ agent, model }) => agentLabel(agent, model));
  const names = terminals.map(nameOf);
  // Ten times the same word tells nothing.
  const several = new Set(agents).size > 1;
  const columnOf = (words: readonly string[]): number => Math.min(NAME_COLUMNS, Math.max(...words.map(width)));
  for (const [index, terminal] of terminals.entries()) {
    const words = [
      ...(names.some((name) => name !== "") ? [fit(names[index] ?? "", columnOf(names))] : []),
      ...(several ? [fit(agents[index] ?? "", columnOf(agents))] : []),
    ].join(" ");
    const task = terminal.task === null ? "" : ` task ${terminal.task}`;
    const kind = terminal.kind === null ? "" : ` (${terminal.kind})`;
    const held = nextHeld(state, terminal.number);
    const next = held === null ? "" : `  next ${held.number}: ${held.why}`;
    lines.push(
      `${String(terminal.number).padStart(3)} ${words}${words === "" ? "" : " "}${standing(state, terminal, t)}${kind}${task}${next}`,
    );
  }
  const blockers = openBlockers(state, t);
  if (blockers.length > 0) lines.push("");
  for (const { blocker, ageMs } of blockers)
    lines.push(
      `${blocker.priority} ${blocker.id} ${blocker.title} — ${planTime(ageMs)}, with ${blocker.holder.role ?? blocker.holder.level}`,
    );
  if (state.todo && state.todo.open > 0) lines.push("", `${counted(state.todo.open, "open line")} in ${state.todo.file}`);
  const owed = owedWords(state);
  if (owed !== null) lines.push("", `${owed} (SESSION_${missingHandoffs(state)[0]}_HANDOFF.md)`);
  return `${lines.join("\n")}\n`;
}

/** Its state with its age; when all is done, that this one is too, and no clock that goes on. */
function standing(state: State, terminal: Terminal, t: number): string {
  const shown = shownState(terminal, state.status === "done" && openCount(terminalTally(state, terminal.number)) === 0);
  return state.status === "done" ? shown : `${shown} ${planTime(t - terminal.since)}`;
}

/** What the plan calls it: its role, its label, or its stream; "" where the plan gives it no name. */
function nameOf({ role, label, stream }: Terminal): string {
  const name = [role, label].filter((part) => part !== null && part !== "").join(" · ");
  return name === "" && stream !== null ? `stream ${stream}` : name;
}

function engineLine({ engine, status }: State): string {
  if (status === "done")
    return engine === null
      ? "it is done: `marathon attach` shows it, `marathon timeline` and `marathon events` tell how it went"
      : `it is done; engine ${engine.pid} waits for whoever looks: \`marathon attach\` shows it, \`marathon stop\` ends it`;
  return engine === null ? "no engine runs: `marathon attach` takes it up again" : `engine ${engine.pid}: \`marathon attach\` shows it`;
}
