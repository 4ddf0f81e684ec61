/** The plan reader: Markdown in, a plan and everything that is wrong with it out. Pure. */
import { assemble } from "./assemble.ts";
import type { Draft } from "./draft.ts";
import type { Problems } from "./problems.ts";
import { collectProblems } from "./problems.ts";
import { readDocument } from "./read-document.ts";
import type { HierarchySpec, PlanReading, PlanSource, Problem } from "./types.ts";
import { verifyAgents } from "./verify-agents.ts";
import { verifyEstimates } from "./verify-estimates.ts";
import { verifyFigures } from "./verify-figures.ts";
import { verifyForms } from "./verify-forms.ts";
import { verifyGoals } from "./verify-goals.ts";
import { verifyHours } from "./verify-hours.ts";
import { verifyJoins } from "./verify-joins.ts";
import { verifySharing } from "./verify-sharing.ts";
import { verifyRoles, verifyTasks } from "./verify.ts";
import { verifyTargets } from "./verify-targets.ts";
import { verifyTerminals } from "./verify-terminals.ts";

/**
 * Reads one plan out of one or several documents. A stream plan and a session plan are joined by task number, in
 * either order; the one with task rows binds the terminals. Never throws; the plan is null only when there is not a
 * single task, and then an error says so. With errors in `problems` a plan must not be run.
 */
export function readPlan(sources: readonly PlanSource[]): PlanReading {
  const problems = collectProblems();
  const drafts = sources.map((source) => readDocument(source, problems));
  const plan = assemble(drafts);
  if (plan === null) reportNoTasks(drafts, problems);
  verifyTasks(drafts, plan, problems);
  if (plan !== null) {
    verifyAgents(drafts, plan, problems);
    verifyTerminals(drafts, plan, problems);
    verifyFigures(drafts, plan, problems);
    verifyHours(drafts, plan, problems);
    verifyJoins(drafts, plan, problems);
    verifyTargets(plan, problems);
    verifyGoals(drafts, plan, problems);
    verifySharing(drafts, plan, problems);
    verifyEstimates(drafts, plan, problems);
  }
  verifyForms(drafts, problems);
  return { plan, problems: problems.list(sources.map((source) => source.file)) };
}

function reportNoTasks(drafts: readonly Draft[], problems: Problems): void {
  const review = drafts.some((draft) => /\bafter[- ]action\b|\breview\b/i.test(draft.title ?? ""));
  problems.error({
    at: { file: drafts[0]?.file ?? "", line: 1, column: 1 },
    code: "no-tasks",
    message: "there are no tasks in it",
    advice: review
      ? "this looks like a review of work that is over: write a plan of what is still to do, as a table whose first header is #"
      : "add a table whose first header is #, such as | # | Task | Run |",
  });
}

/**
 * Puts the hierarchy that the plan's front matter names (`settings.hierarchy`, a file that the caller reads and gives
 * to `parseHierarchy`) in the place of the built-in one. Only then can it be told which roles are unknown.
 */
export function withHierarchy(
  reading: PlanReading,
  given: { readonly hierarchy: HierarchySpec; readonly problems: readonly Problem[] },
): PlanReading {
  if (reading.plan === null) return { plan: null, problems: [...reading.problems, ...given.problems] };
  const plan = { ...reading.plan, hierarchy: given.hierarchy };
  const problems = collectProblems();
  verifyRoles(plan, problems);
  return { plan, problems: [...reading.problems, ...given.problems, ...problems.list(plan.files)] };
}
