import { planChanges, type PlanChanges } from "../marathon/time/plan-changes.ts";
import type { PlanTask } from "../plan/types.ts";
import { EXIT, UsageError } from "./exit.ts";
import { hasErrors, readPlanFiles } from "./plans.ts";
import { connectIfRunning, journaled, locate } from "./project.ts";

/** `marathon plan diff`: what the plan files say now against the plan that runs. Changes nothing: the marathon keeps its plan. */
export async function planDiff(options: { readonly json?: boolean; readonly project: string }): Promise<number> {
  const located = await locate(options.project);
  const connection = await connectIfRunning(located).catch(() => null);
  connection?.client.close();
  const state = connection?.welcome.state ?? (located.current === null ? undefined : journaled(located.paths, located.current)?.state);
  if (!state) throw new UsageError(`there is no marathon in ${located.project}: \`marathon run PLAN\` starts one`, EXIT.failed);
  const { reading } = readPlanFiles(state.plan.files);
  if (reading.plan === null || hasErrors(reading))
    throw new UsageError(`${state.plan.files.join(", ")}: the plan has errors now; \`marathon check\` shows them`, EXIT.planErrors);
  const changes = planChanges(state.plan, reading.plan);
  process.stdout.write(options.json ? `${JSON.stringify({ schema: 1, ...numbersOf(changes) })}\n` : textOf(changes));
  return EXIT.ok;
}

function numbersOf({ added, dropped, moved, changed }: PlanChanges): Record<string, unknown> {
  const each = ({ number, title }: PlanTask) => ({ number, title });
  const what = (change: PlanChanges["moved"][number]) => ({ ...each(change.task), what: change.what });
  return { added: added.map(each), dropped: dropped.map(each), moved: moved.map(what), changed: changed.map(what) };
}

function textOf({ added, dropped, moved, changed }: PlanChanges): string {
  const lines = [
    ...added.map((task) => `added    ${task.number} ${task.title}`),
    ...dropped.map((task) => `dropped  ${task.number} ${task.title}`),
    ...moved.map(({ task, what }) => `moved    ${task.number} ${task.title}: ${what.join(", ")}`),
    ...changed.map(({ task, what }) => `changed  ${task.number} ${task.title}: ${what.join(", ")}`),
  ];
  return lines.length === 0
    ? "the plan files say what the marathon runs\n"
    : `${lines.join("\n")}\nthe marathon keeps the plan that it was started with\n`;
}
