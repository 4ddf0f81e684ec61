/** Whether work is for a coordinator or goes straight to a specialist: the rules of the chain of command, with the one that is met. */
import { planIndex } from "./plan-index.ts";
import { commander, route } from "./routing.ts";
import type { State } from "./types.ts";
import { counted, listed } from "./words.ts";

export interface Advice {
  readonly to: "coordinator" | "direct";
  /** The coordinator, or whoever sends the specialist; null where the hierarchy names none. */
  readonly role: string | null;
  /** The rule that is met, in words. */
  readonly rule: string;
}

/** So many tasks of one domain keep a coordinator busy. */
const RELATED = 3;

/** For tasks of the plan, at least one. Of several rules the one that weighs most is named. */
export function adviseDelegation(state: State, numbers: readonly number[]): Advice {
  const { tasks } = planIndex(state.plan);
  const work = numbers.flatMap((number) => tasks.get(number) ?? []);
  const owners = [...new Set(work.map((task) => ownerOf(state, task.number)))];
  const top = commander(state.hierarchy);
  const direct = (rule: string): Advice => ({ to: "direct", role: top, rule });
  if (work.length < RELATED && work.some(({ priority }) => priority === "P0")) return direct("it is urgent (P0)");
  if (owners.length > 1) return direct(`it crosses domains (${listed(owners.map((owner) => owner ?? "nobody's"))})`);
  const owner = owners[0] ?? null;
  const coordinator = (rule: string): Advice => ({ to: "coordinator", role: owner, rule });
  if (work.length >= RELATED) return coordinator(`${counted(work.length, "related task")}: ${RELATED} or more are a coordinator's work`);
  const terminals = new Set(work.flatMap(({ terminal }) => terminal ?? []));
  if (terminals.size > 1) return coordinator(`it runs in ${terminals.size} terminals at once within one domain`);
  return direct(
    work.length === 1 ? "it is one task that stands alone" : `${counted(work.length, "task")} one after another need no coordinator`,
  );
}

/** "coordinator COORD_QUALITY: 10 related tasks: 3 or more are a coordinator's work". */
export function adviceWords({ to, role, rule }: Advice): string {
  if (to === "coordinator") return `coordinator${role === null ? "" : ` ${role}`}: ${rule}`;
  return `direct${role === null ? "" : `, by ${role}`}: ${rule}`;
}

/** The lowest role of the chain that owns the task's domain, by its words and its stream's. */
function ownerOf({ plan, hierarchy }: State, number: number): string | null {
  const task = planIndex(plan).tasks.get(number);
  const stream = plan.streams.find(({ id }) => id === task?.stream);
  const chain = route(hierarchy, [task?.title, task?.group, stream?.name, stream?.goal].filter((text) => text).join(" "));
  return chain?.findLast((name) => hierarchy.roles.some(({ role }) => role === name)) ?? null;
}
