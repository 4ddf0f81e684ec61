/** The chain of command above a blocker: who holds it now, and who would hold it one level up. */
import type { HierarchySpec, RoleSpec } from "../plan/types.ts";
import type { HolderLevel } from "./blocker-types.ts";
import { roleOf } from "./delegation.ts";
import { planIndex } from "./plan-index.ts";
import { commander, isChain, reportsTo, roleOfTerminal, route } from "./routing.ts";
import { isUp } from "./terminals.ts";
import type { Blocker, Holder, State } from "./types.ts";

/** Nobody is above a person. */
export const HUMAN: Holder = { level: "human", role: null, terminal: null };

/**
 * All holders in order, from the blocked agent up to the person. A flat hierarchy has fewer levels; one that names no
 * commander ends at its highest role; without any hierarchy a person comes right after the agent.
 */
export function chainOf(state: State, blocker: Blocker): readonly Holder[] {
  const first = blocker.terminal === null ? null : (state.terminals[blocker.terminal] ?? null);
  const start: Holder = {
    level: "specialist",
    role: first ? roleOfTerminal(state, first) : roleOfWork(state, blocker),
    terminal: first?.number ?? null,
  };
  const above = rolesAbove(state.hierarchy, start.role, first ? reportsTo(state, first) : routed(state, blocker));
  return [
    start,
    ...above.map((spec): Holder => ({ level: levelOf(spec), role: spec.role, terminal: terminalOf(state, spec.role, start.terminal) })),
    HUMAN,
  ];
}

/** Who gets it by one escalation; null at the top. */
export function nextHolder(state: State, blocker: Blocker): Holder | null {
  const { holder } = blocker;
  if (holder.level === "human") return null;
  const chain = chainOf(state, blocker);
  const at = chain.findIndex((one) => one.level === holder.level && (holder.level === "specialist" || one.role === holder.role));
  if (at >= 0) return chain[at + 1] ?? null;
  // The hierarchy or the role is another than when it was escalated: the next level that is there.
  return chain.find((one) => RANK[one.level] > RANK[holder.level]) ?? HUMAN;
}

const RANK: Readonly<Record<HolderLevel, number>> = { specialist: 0, coordinator: 1, deputy: 2, orchestrator: 3, human: 4 };

function levelOf(spec: RoleSpec): HolderLevel {
  if (spec.level === "commander") return "orchestrator";
  return spec.level === "deputy" ? "deputy" : "coordinator";
}

/** From `boss` up to the commander; never the role itself, and none twice, whatever a hierarchy file says. */
function rolesAbove(hierarchy: HierarchySpec, own: string | null, boss: string | null): readonly RoleSpec[] {
  const self = own === null ? null : roleOf(own, hierarchy);
  const specOf = (role: string | null): RoleSpec | undefined => hierarchy.roles.find((spec) => spec.role === role);
  const above: RoleSpec[] = [];
  for (let spec = specOf(boss); spec && !above.includes(spec); spec = specOf(spec.parent)) if (spec.role !== self) above.push(spec);
  const top = specOf(commander(hierarchy));
  if (top && top.role !== self && !above.includes(top)) above.push(top);
  return above.filter(isChain);
}

/** The role that the plan gives to the work, for a blocker that is in no terminal. */
function roleOfWork(state: State, blocker: Blocker): string | null {
  const { tasks } = planIndex(state.plan);
  for (const number of blocker.tasks) {
    const role = tasks.get(number)?.role;
    if (role) return role;
  }
  return null;
}

/** The coordinator to which the words of the blocked work lead; else whoever the role reports to; else the commander. */
function routed(state: State, blocker: Blocker): string | null {
  const { hierarchy, plan } = state;
  const { tasks } = planIndex(plan);
  const role = roleOfWork(state, blocker);
  const spec = role === null ? undefined : hierarchy.roles.find((one) => one.role === roleOf(role, hierarchy));
  if (spec?.parent) return spec.parent;
  const sessions = plan.sessions.filter(({ id }) => blocker.sessions.includes(id)).map(({ name }) => name);
  const work = blocker.tasks.map((number) => tasks.get(number)?.title ?? "");
  const words = [...sessions, ...work].join(" ");
  return route(hierarchy, words)?.findLast((name) => hierarchy.roles.some((one) => one.role === name)) ?? commander(hierarchy);
}

/** The terminal in which somebody of this role is at work, if it is not the blocked one itself. */
function terminalOf(state: State, role: string, blocked: number | null): number | null {
  const found = Object.values(state.terminals).find((terminal) => {
    const own = roleOfTerminal(state, terminal);
    return own !== null && terminal.number !== blocked && isUp(terminal) && roleOf(own, state.hierarchy) === role;
  });
  return found?.number ?? null;
}
