/** `marathon status` for people: a page that a tired person reads at a glance. Pure. */
import { agentLabel } from "../plan/agent-choice.ts";
import { openBlockers } from "../marathon/blockers.ts";
import { marathonClock } from "../marathon/clock.ts";
import { missingHandoffs, owedWords } from "../marathon/handoffs.ts";
import { streamProgress } from "../marathon/progress.ts";
import { counted } from "../marathon/words.ts";
import { planTime } from "../dashboard/format.ts";
import type { State } from "../marathon/types.ts";

export function statusText(state: State, t: number): string {
  const clock = marathonClock(state, t);
  const lines = [
    `${state.title}${state.rehearsal ? `  REHEARSAL ×${state.speed}` : ""}`,
    `${state.status}, ${clock.done} of ${clock.total} tasks done, ${planTime(clock.elapsedMs)}${clock.plannedMs === null ? "" : ` of ${planTime(clock.plannedMs)} planned`}`,
    state.engine === null
      ? "no engine runs: `marathon attach` takes it up again"
      : `engine ${state.engine.pid}: \`marathon attach\` shows it`,
    ...Object.values(state.engine === null ? {} : (state.degraded ?? {})).map((text) => `! ${text}`),
    "",
  ];
  for (const stream of streamProgress(state, t)) {
    const blocked = stream.blocked > 0 ? `  ${stream.blocked} blocked` : "";
    lines.push(
      `${stream.id.padEnd(3)} ${stream.name.padEnd(32).slice(0, 32)} ${String(stream.done).padStart(4)}/${stream.total}${blocked}`,
    );
  }
  lines.push("");
  const labels = Object.values(state.terminals).map(({ agent, model }) => agentLabel(agent, model).length);
  for (const terminal of Object.values(state.terminals)) {
    const task = terminal.task === null ? "" : ` task ${terminal.task}`;
    const kind = terminal.kind === null ? "" : ` (${terminal.kind})`;
    lines.push(
      `${String(terminal.number).padStart(3)} ${agentLabel(terminal.agent, terminal.model).padEnd(Math.max(10, ...labels))} ${(terminal.role ?? "").padEnd(20)} ${terminal.state}${kind} ${planTime(t - terminal.since)}${task}`,
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
