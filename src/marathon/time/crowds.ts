/** More at once than was found to go well: sessions side by side, and agents in one session. Told, never stopped. Pure. */
import { openCount, tallyOf } from "../tally.ts";
import { terminalNode } from "../terminals.ts";
import type { State } from "../types.ts";
import { listed } from "../words.ts";
import { ADVISED_AT_ONCE } from "./sessions.ts";

/** Three to five agents are as many as one session needs; fewer are no mistake. */
export const ADVISED_AGENTS = 5;

/** Sessions that have begun and are not over, in the order of the plan. */
export function sessionsUnderWay(state: State): readonly string[] {
  return state.plan.sessions.flatMap(({ id, tasks }) => {
    const tally = tallyOf(state, tasks);
    return tally.started && openCount(tally) > 0 ? [id] : [];
  });
}

/** Agents at work besides the terminals' own, by the session that they work for. */
export function agentsBySession(state: State): ReadonlyMap<string, number> {
  const agents = new Map<string, number>();
  for (const { id, terminal, session, ended, count } of Object.values(state.agents)) {
    if (terminal === null || ended || id === terminalNode(terminal) || !session) continue;
    agents.set(session, (agents.get(session) ?? 0) + count);
  }
  return agents;
}

export function crowdWarnings(state: State): readonly string[] {
  const sessions = sessionsUnderWay(state);
  const many = [...agentsBySession(state)].filter(([, agents]) => agents > ADVISED_AGENTS);
  return [
    ...(sessions.length > ADVISED_AT_ONCE
      ? [`${sessions.length} sessions are under way (${listed(sessions)}): two or three at once are as many as were found to go well`]
      : []),
    ...many.map(([session, agents]) => `${agents} agents work for session ${session}: ${ADVISED_AGENTS} are as many as go well`),
  ];
}
