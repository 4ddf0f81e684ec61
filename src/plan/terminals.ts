/** The terminals of a plan: what each is called, works on and, where counts tell, plays. */
import type { Draft } from "./draft.ts";
import type { OpenStream } from "./streams.ts";
import type { PlanSession, PlanSettings, PlanTask, PlanTerminal } from "./types.ts";

/** Most terminals that one marathon runs at once: the keys 1 to 0. */
export const MOST_TERMINALS = 10;

/**
 * All terminals that the plan names. If it names none, as many as the front matter says, else one per task, at most
 * ten; with a front matter count above the named ones, the others take overflow.
 */
export function buildTerminals(
  drafts: readonly Draft[],
  tasks: readonly PlanTask[],
  streams: readonly OpenStream[],
  sessions: readonly PlanSession[],
  settings: PlanSettings,
): PlanTerminal[] {
  const named = new Set([...streams.flatMap((stream) => stream.terminals), ...tasks.flatMap((task) => task.terminal ?? [])]);
  const wanted = settings.terminals ?? (named.size === 0 ? tasks.length : 0);
  for (let number = 1; number <= Math.min(wanted, MOST_TERMINALS); number++) named.add(number);
  const byTerminal = Map.groupBy(tasks, (task) => task.terminal);
  const roles = inferRoles(byTerminal, sessions);
  return [...named]
    .sort((a, b) => a - b)
    .map((number): PlanTerminal => {
      const own = byTerminal.get(number) ?? [];
      const owners = new Set(
        own.length > 0
          ? own.map((task) => task.stream)
          : streams.filter((stream) => stream.terminals.includes(number)).map((stream) => stream.id),
      );
      return {
        number,
        stream: owners.size === 1 ? ([...owners][0] ?? null) : null,
        label: labelOf(number, drafts),
        role: sameOrNull(own.map((task) => task.role)) ?? roles.get(number) ?? null,
        agent: sameOrNull(own.map((task) => task.agent)),
        tasks: own.map((task) => task.number),
      };
    });
}

/** The line above its table; else its branch in the phase tree, whose labels are shorter (T-17). */
function labelOf(number: number, drafts: readonly Draft[]): string | null {
  const line = drafts.flatMap((draft) => draft.terminalLines).find((candidate) => candidate.terminal === number);
  if (line !== undefined) return line.label;
  const entries = drafts.flatMap((draft) => draft.phases).flatMap((phase) => phase.entries);
  return entries.find((entry) => entry.terminal === number)?.label ?? null;
}

/**
 * No document says which role works in which terminal. Where a session's numbered agents have task counts and these
 * are, in order, the counts of the terminals that hold the session's tasks, they are the same people (T-68).
 */
function inferRoles(byTerminal: ReadonlyMap<number | null, readonly PlanTask[]>, sessions: readonly PlanSession[]): Map<number, string> {
  const roles = new Map<number, string>();
  for (const session of sessions) {
    const counts = session.work.map((work) => work.tasks);
    if (counts.length === 0 || counts.includes(null)) continue;
    const holders = [...byTerminal]
      .flatMap(([terminal, tasks]) => {
        const count = tasks.filter((task) => task.session === session.id).length;
        return terminal === null || count === 0 ? [] : [{ terminal, count }];
      })
      .sort((a, b) => a.terminal - b.terminal);
    if (holders.length !== counts.length || holders.some((holder, index) => holder.count !== counts[index])) continue;
    holders.forEach((holder, index) => roles.set(holder.terminal, session.work[index]?.role ?? ""));
  }
  return roles;
}

function sameOrNull(values: readonly (string | null)[]): string | null {
  const first = values[0] ?? null;
  return values.every((value) => value === first) ? first : null;
}
