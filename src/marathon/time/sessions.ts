/** Which sessions may run side by side, and when each runs under a time model. Hours from the start. Pure. */
import { MOST_TERMINALS } from "../../plan/terminals.ts";
import type { Plan, PlanSession, Schedule } from "../../plan/types.ts";
import { planIndex } from "../plan-index.ts";
import { listed } from "../words.ts";

export interface Block {
  readonly session: string;
  readonly start: number;
  readonly end: number;
}

export interface Overlap {
  readonly sessions: readonly string[];
  readonly allowed: boolean;
  readonly reason: string;
}

/** More sessions at once than this were found to be too many to look after. */
export const ADVISED_AT_ONCE = 3;

/** How many terminals there can be at once: what the plan's settings say, else ten. */
export function capacityOf(plan: Plan): number {
  return Math.min(MOST_TERMINALS, plan.settings.terminals ?? MOST_TERMINALS);
}

/** How many terminals a session asks for at once: those that it allocates, else those of its tasks, else one if it has tasks. */
export function terminalsOf(plan: Plan, session: PlanSession): number {
  const allocated = new Set(session.allocations.flatMap((allocation) => allocation.terminals));
  if (allocated.size > 0) return allocated.size;
  const { tasks } = planIndex(plan);
  const bound = new Set(session.tasks.flatMap((number) => tasks.get(number)?.terminal ?? []));
  return Math.max(bound.size, Math.min(1, session.tasks.length));
}

/** Whether these sessions may overlap: their domains must differ and their terminals must suffice. The reason stands in either case. */
export function overlapOf(plan: Plan, ids: readonly string[], terminals = capacityOf(plan)): Overlap {
  const said = (allowed: boolean, reason: string): Overlap => ({ sessions: ids, allowed, reason });
  const sessions = ids.flatMap((id) => plan.sessions.find((session) => session.id === id) ?? []);
  const unknown = ids.filter((id) => !plan.sessions.some((session) => session.id === id));
  if (unknown.length > 0) return said(false, `the plan has no session ${listed(unknown)}`);
  const waits = sessions.find((session) => session.dependsOn.some((id) => ids.includes(id) && id !== session.id));
  if (waits) return said(false, `${waits.id} depends on ${listed(waits.dependsOn.filter((id) => ids.includes(id)))}`);
  const shared = sharedDomain(plan, sessions);
  if (shared) return said(false, `${ids.length > 2 ? `${shared.sessions.join(" and ")} ` : ""}both work in ${shared.domain}`);
  const needs = sessions.map((session) => terminalsOf(plan, session));
  const sum = needs.reduce((total, need) => total + need, 0);
  const how = `${needs.join(" + ")} = ${sum} terminals`;
  return sum > terminals
    ? said(false, `they need ${how}, and there are ${terminals}`)
    : said(true, `their domains differ and ${how} fit into ${terminals}`);
}

/** When each session runs: in the plan's order, so many at once, each after what it depends on, and overlapping only where it may. */
export function blocksOf(
  plan: Plan,
  schedule: Schedule,
  terminals: number,
  overlaps: readonly (readonly string[])[] = [],
): readonly Block[] {
  const blocks: Block[] = [];
  const atOnce = schedule.by === "sessions" ? schedule.atOnce : plan.sessions.length;
  const together = (a: string, b: string) => overlaps.some((ids) => ids.includes(a) && ids.includes(b));
  let floor = 0;
  for (const session of plan.sessions) {
    if (atOnce === 1 && overlaps.length === 0) {
      blocks.push({ session: session.id, start: floor, end: floor + (session.hours ?? 0) });
      floor += session.hours ?? 0;
      continue;
    }
    const after = blocks.filter((block) => session.dependsOn.includes(block.session)).map((block) => block.end);
    const begins = [Math.max(0, ...after), ...blocks.map((block) => block.end)]
      .filter((at) => at >= Math.max(0, ...after))
      .toSorted((a, b) => a - b);
    const asked = blocks.findLast((block) => together(block.session, session.id));
    const hours = session.hours ?? 0;
    const fits = (start: number): boolean => {
      const beside = blocks.filter((block) => block.end > start && block.start < start + hours);
      if (beside.length === 0) return true;
      const ids = [...beside.map((block) => block.session), session.id];
      const wanted = beside.every((block) => together(block.session, session.id));
      if (!wanted && beside.length >= atOnce) return false;
      return overlapOf(plan, ids, terminals).allowed;
    };
    // One that is asked to overlap begins beside its partner; in a sequence the others follow the one before.
    const start = asked && fits(asked.start) ? asked.start : (begins.find((at) => (atOnce > 1 || at >= floor) && fits(at)) ?? floor);
    blocks.push({ session: session.id, start, end: start + hours });
    floor = Math.max(floor, start + hours);
  }
  return blocks;
}

function sharedDomain(
  plan: Plan,
  sessions: readonly PlanSession[],
): { readonly domain: string; readonly sessions: readonly string[] } | null {
  const seen = new Map<string, string>();
  for (const session of sessions) {
    const own = domainsOf(plan, session);
    for (const domain of own) {
      const other = seen.get(domain);
      if (other !== undefined) return { domain, sessions: [other, session.id] };
    }
    for (const domain of own) seen.set(domain, session.id);
  }
  return null;
}

/** Streams with terminals of their own are domains; an overflow stream is many things, each group of it a domain. */
function domainsOf(plan: Plan, session: PlanSession): ReadonlySet<string> {
  const { tasks } = planIndex(plan);
  const overflow = new Set(plan.streams.filter((stream) => stream.terminals.length === 0).map((stream) => stream.id));
  const domains = new Set<string>();
  for (const number of session.tasks) {
    const task = tasks.get(number);
    if (task?.stream)
      domains.add(
        overflow.has(task.stream) && task.group
          ? task.group
          : overflow.has(task.stream)
            ? `session ${session.id}`
            : `stream ${task.stream}`,
      );
  }
  return domains;
}
