/** What the plan's sessions have each role do, and each agent that they number. */
import { openCount, tallyOf } from "../../marathon/tally.ts";
import type { State } from "../../marathon/types.ts";
import type { Plan, PlanSession } from "../../plan/types.ts";
import { plain, plural } from "../format.ts";

interface Work {
  readonly session: PlanSession;
  readonly words: string;
}

const known = new WeakMap<Plan, ReadonlyMap<string, readonly Work[]>>();

/** "025 Services a through m (10 tasks)" for each session that has begun and is not over; "" where there is none. */
export function plannedWork(state: State, name: string): string {
  const own = byName(state.plan).get(name) ?? [];
  return own
    .filter(({ session }) => isUnderWay(state, session))
    .map(({ session, words }) => plain(`${session.id} ${words}`))
    .join(", ");
}

function byName(plan: Plan): ReadonlyMap<string, readonly Work[]> {
  const found = known.get(plan);
  if (found) return found;
  const made = new Map<string, Work[]>();
  for (const session of plan.sessions)
    for (const { name, role, work, tasks } of session.work)
      for (const who of new Set([name, role])) {
        const own = made.get(who) ?? [];
        made.set(who, [...own, { session, words: tasks === null ? work : `${work} (${plural(tasks, "task")})` }]);
      }
  known.set(plan, made);
  return made;
}

/** One without tasks is under way when it is the turn of people: nothing else is open. */
function isUnderWay(state: State, { id, tasks }: PlanSession): boolean {
  if (tasks.length === 0) return state.status === "done" && state.handoffs[id] === undefined;
  const tally = tallyOf(state, tasks);
  return tally.started && openCount(tally) > 0;
}
