/**
 * The five things that every delegation needs: decision context, assumptions, related decisions, expected outcome, return path. What the
 * plan and the run so far do not say is not made up: the list says that it is missing. Pure.
 */
import type { PlanStream } from "../plan/types.ts";
import { plannedTask } from "./estimates.ts";
import { tasksOfTerminal } from "./tally.ts";
import type { State, Task } from "./types.ts";
import { oneLine } from "./words.ts";

export interface Checklist {
  readonly have: number;
  readonly of: 5;
  readonly items: readonly { readonly name: string; readonly says: string | null }[];
}

/** What the list looks at of a task. */
interface DelegatedTask {
  readonly number: number;
  readonly state: Task["state"];
  readonly session: string | null;
  readonly target: string | null;
  readonly to: string | null;
  readonly run: string | null;
  readonly dependsOn: readonly number[];
  readonly takenOver?: { readonly assumptions?: readonly string[]; readonly priorDecisions?: readonly string[] };
}

interface Delegated {
  readonly stream: PlanStream | null;
  readonly tasks: readonly DelegatedTask[];
  readonly returnPath: string;
}

/** Decision context, assumptions, related decisions, expected outcome, return path: what the plan and the run so far say of each. */
export function checklist(state: State, { stream, tasks, returnPath }: Delegated): Checklist {
  const open = tasks.filter((task) => task.state !== "done" && task.state !== "dropped");
  const items = [
    { name: "decision context", says: contextOf(state, stream, open) },
    { name: "assumptions", says: joined(assumptions(state, open)) },
    { name: "related decisions", says: joined(decisions(state, open)) },
    { name: "expected outcome", says: joined(outcomes(state, open)) },
    { name: "return path", says: returnPath },
  ];
  return { have: items.filter((item) => item.says !== null).length, of: 5, items };
}

function contextOf(state: State, stream: PlanStream | null, open: readonly DelegatedTask[]): string | null {
  const ids = new Set(open.map((task) => task.session));
  const session = state.plan.sessions.find((one) => ids.has(one.id));
  return stream?.goal ?? (session ? `session ${session.id}, ${session.name}` : null);
}

function assumptions(state: State, open: readonly DelegatedTask[]): readonly string[] {
  const needs = new Set(open.flatMap((task) => task.dependsOn));
  const met = [...needs].map((number) => {
    const { state: stands = "unknown", terminal = null } = state.tasks[number] ?? {};
    return `task ${number} is ${stands}${terminal === null ? "" : ` (terminal ${terminal})`}`;
  });
  return [...met, ...open.flatMap((task) => task.takenOver?.assumptions ?? [])];
}

function decisions(state: State, open: readonly DelegatedTask[]): readonly string[] {
  const taken = (state.risks ?? []).map((risk) => `${risk.id}: ${risk.text}`);
  return [...taken, ...open.flatMap((task) => task.takenOver?.priorDecisions ?? [])];
}

function outcomes(state: State, open: readonly DelegatedTask[]): readonly string[] {
  const ids = new Set(open.map((task) => task.session));
  const criteria = state.plan.sessions
    .filter((session) => ids.has(session.id))
    .flatMap((session) => session.criteria.map(({ text }) => text));
  const own = open.flatMap((task) =>
    task.target === null && task.to === null && task.run === null
      ? []
      : [
          `${task.number}: ${[task.target, task.to === null ? null : `to ${task.to}`, task.run === null ? null : "its command succeeds"].filter((part) => part !== null).join(", ")}`,
        ],
  );
  return [...own, ...criteria];
}

/** Such a list is to remind, not to replace the plan. */
const MOST_SAID = 8;

function joined(texts: readonly string[]): string | null {
  if (texts.length === 0) return null;
  const more = texts.length > MOST_SAID ? `; and ${texts.length - MOST_SAID} more` : "";
  return `${texts
    .slice(0, MOST_SAID)
    .map((text) => oneLine(text))
    .join("; ")}${more}`;
}

/** How complete the work of each terminal with something to do is told, with what is missing: "terminal 4: 4 of 5, no assumptions". */
export function checklistLines(state: State): readonly string[] {
  return Object.values(state.terminals).flatMap(({ number, stream }) => {
    const tasks = tasksOfTerminal(state, number).flatMap((task): readonly DelegatedTask[] => {
      const [planned, live] = [plannedTask(state, task), state.tasks[task]];
      return planned && live ? [{ ...planned, state: live.state }] : [];
    });
    if (!tasks.some((task) => task.state !== "done" && task.state !== "dropped")) return [];
    const own = state.plan.streams.find(({ id }) => id === stream) ?? null;
    const { have, of, items } = checklist(state, { stream: own, tasks, returnPath: "its report file" });
    const missing = items.flatMap(({ name, says }) => (says === null ? [name] : []));
    return [`terminal ${number}: ${have} of ${of}${missing.length > 0 ? `, no ${missing.join(", no ")}` : ""}`];
  });
}
