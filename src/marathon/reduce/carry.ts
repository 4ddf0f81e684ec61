/** A task moves from one session to another, and keeps where it came from. */
import type { Plan } from "../../plan/types.ts";
import type { Draft } from "../draft.ts";
import { planIndex } from "../plan-index.ts";
import type { Carried } from "../risk-types.ts";

/** `to`: null is no session. A move to where it is already, or to a session that the plan does not have, changes nothing. */
export function carry(draft: Draft, event: { at: number; t: number; by: string }, number: number, to: string | null, reason: string): void {
  const { plan } = draft.state;
  const planned = planIndex(plan).tasks.get(number);
  const task = draft.state.tasks[number];
  if (!planned || !task || planned.session === to || (to !== null && !plan.sessions.some(({ id }) => id === to))) return;
  draft.setPlan(inSession(plan, number, to));
  const move: Carried = { from: planned.session, to, at: event.at, t: event.t, reason, by: event.by };
  draft.setTask({ ...task, carried: [...(task.carried ?? []), move] });
}

/** The task in that session and in no other. */
function inSession(plan: Plan, number: number, to: string | null): Plan {
  return {
    ...plan,
    tasks: plan.tasks.map((one) => (one.number === number ? { ...one, session: to } : one)),
    sessions: plan.sessions.map((session) => {
      const others = session.tasks.filter((one) => one !== number);
      if (session.id === to) return { ...session, tasks: [...others, number].toSorted((a, b) => a - b) };
      return others.length === session.tasks.length ? session : { ...session, tasks: others };
    }),
  };
}
