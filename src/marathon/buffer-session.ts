/** The session that a plan keeps for work on blockers, if it has one. */
import type { PlanSession } from "../plan/types.ts";
import { planIndex } from "./plan-index.ts";
import type { Plan } from "../plan/types.ts";

export interface BufferSession {
  readonly session: PlanSession;
  /** Its terminals: those of its tasks, else those that it asks for. */
  readonly terminals: ReadonlySet<number>;
}

export function bufferSession(plan: Plan): BufferSession | null {
  const session = plan.sessions.find(({ kind }) => kind === "buffer");
  if (!session) return null;
  const { tasks } = planIndex(plan);
  const own = session.tasks.flatMap((number) => tasks.get(number)?.terminal ?? []);
  return { session, terminals: new Set(own.length > 0 ? own : session.allocations.flatMap(({ terminals }) => terminals)) };
}
