/** Advice about the shape of work: how many agents for how many tasks, and whether to coordinate. From the lessons of recorded runs. Pure. */
import type { Plan } from "../../plan/types.ts";
import { planIndex } from "../plan-index.ts";
import { counted } from "../words.ts";

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
  return plan.terminals.flatMap((terminal) => {
    const independent = terminal.tasks.filter((number) =>
      (index.dependsOn.get(number) ?? []).every((need) => !terminal.tasks.includes(need)),
    );
    if (independent.length <= MOST_IN_ONE) return [];
    const share = Math.ceil(independent.length / MOST_IN_ONE);
    return [
      `terminal ${terminal.number}: ${counted(independent.length, "independent task")} for one agent; ${share} or more agents, best one a task, ` +
        `cost as much and take 1/${share} of the time, and one that does them all may run out of context with none done`,
    ];
  });
}

function coordination(plan: Plan): readonly string[] {
  return plan.streams.flatMap((stream) => {
    if (stream.terminals.length === 0) return [];
    const many = stream.terminals.length >= COORDINATE_FROM;
    return many
      ? [`stream ${stream.id}: ${counted(stream.terminals.length, "terminal")}; let a coordinator look after them`]
      : [`stream ${stream.id}: ${counted(stream.terminals.length, "terminal")}; direct work, a coordinator would cost more than it saves`];
  });
}
