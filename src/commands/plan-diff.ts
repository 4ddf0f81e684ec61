import { changesAnything, editLines, planEdit, type PlanEdit } from "../marathon/plan-edit.ts";
import type { PlanChanges } from "../marathon/time/plan-changes.ts";
import type { State } from "../marathon/types.ts";
import type { PlanTask } from "../plan/types.ts";
import { EXIT, UsageError } from "./exit.ts";
import { hasErrors, readPlanFiles } from "../engine/plan-files.ts";
import { connectIfRunning, journaled, locate } from "./project.ts";
import { print, printJson } from "./print.ts";

/** `marathon plan diff`: what the plan files say now against the plan that runs. Changes nothing. */
export async function planDiff(options: { readonly json?: boolean; readonly project: string }): Promise<number> {
  const located = await locate(options.project);
  const connection = await connectIfRunning(located).catch(() => null);
  connection?.client.close();
  const state = connection?.welcome.state ?? (located.current === null ? undefined : journaled(located.paths, located.current)?.state);
  if (!state) throw new UsageError(`there is no marathon in ${located.project}: \`marathon run PLAN\` starts one`, EXIT.failed);
  const { reading } = readPlanFiles(state.plan.files, undefined, state.project);
  if (reading.plan === null || hasErrors(reading))
    throw new UsageError(`${state.plan.files.join(", ")}: the plan has errors now; \`marathon check\` shows them`, EXIT.planErrors);
  const edit = planEdit(state, reading.plan);
  if (options.json) printJson({ schema: 1, ...numbersOf(edit) });
  else print(textOf(state, edit));
  return EXIT.ok;
}

function numbersOf({ changes: { added, dropped, moved, changed }, kept, other, refused }: PlanEdit): Record<string, unknown> {
  const each = ({ number, title }: PlanTask) => ({ number, title });
  const what = (change: PlanChanges["moved"][number]) => ({ ...each(change.task), what: change.what });
  const tasks = { added: added.map(each), dropped: dropped.map(each), moved: moved.map(what), changed: changed.map(what) };
  return { ...tasks, kept: kept.map(each), other, refused };
}

function textOf(state: State, edit: PlanEdit): string {
  if (!changesAnything(edit)) return "the plan files say what the marathon runs\n";
  const answer = state.planOffer ? "`marathon plan accept` takes it, `marathon plan refuse` does not" : "the marathon keeps its plan";
  return `${[...editLines(state, edit), edit.refused ?? answer].join("\n")}\n`;
}
