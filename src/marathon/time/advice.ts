/** Advice about the shape of work: how many agents for how many tasks, and whether to coordinate. From the lessons of recorded runs. Pure. */
import type { Plan } from "../../plan/types.ts";
import { planIndex } from "../plan-index.ts";
import { counted, listed } from "../words.ts";

/** Independent tasks in one conversation beyond which context ran out: two agents with 25 files each finished none. */
const MOST_IN_ONE = 12;
/** With so many terminals of one stream somebody should coordinate; below, the orchestrator sees to them itself. */
const COORDINATE_FROM = 3;

export function adviceOf(plan: Plan): readonly string[] {
  return [...perAgent(plan), ...coordination(plan)];
}

/** N independent tasks are best given to N agents: as many tokens, a fraction of the time, and none runs out of context. */
function perAgent(plan: Plan): readonly string[] {
  const index = planIndex(plan);
  const crowded = plan.terminals.flatMap((terminal) => {
    const own = new Set(terminal.tasks);
    const independent = terminal.tasks.filter((number) => (index.dependsOn.get(number) ?? []).every((need) => !own.has(need))).length;
    return independent > MOST_IN_ONE ? [{ number: terminal.number, independent }] : [];
  });
  return [...Map.groupBy(crowded, ({ independent }) => independent)].map(([independent, terminals]) => {
    const share = Math.ceil(independent / MOST_IN_ONE);
    return (
      `${named(
        "terminal",
        terminals.map(({ number }) => String(number)),
      )}: ${counted(independent, "independent task")} for one agent${terminals.length > 1 ? " each" : ""}; ${share} or more agents, best one a task, ` +
      `cost as much and take 1/${share} of the time, and one that does them all may run out of context with none done`
    );
  });
}

function coordination(plan: Plan): readonly string[] {
  const streams = plan.streams.filter((stream) => stream.terminals.length > 0);
  return [...Map.groupBy(streams, (stream) => stream.terminals.length)].map(([terminals, alike]) => {
    const advice =
      terminals >= COORDINATE_FROM
        ? `let a coordinator look after ${alike.length > 1 ? "each" : "them"}`
        : "direct work, a coordinator would cost more than it saves";
    const who = named(
      "stream",
      alike.map(({ id }) => id),
    );
    return `${who}: ${counted(terminals, "terminal")}${alike.length > 1 ? " each" : ""}; ${advice}`;
  });
}

/** "stream A", "streams A and B". */
function named(what: string, ids: readonly string[]): string {
  return `${what}${ids.length > 1 ? "s" : ""} ${listed(ids, 10)}`;
}
