/** What makes the tasks of a plan impossible to run, and what is odd about them. */
import type { Draft, DraftTask } from "./draft.ts";
import { builtInHierarchy, roleOf } from "./hierarchy.ts";
import type { Problems } from "./problems.ts";
import { showRange } from "./ranges.ts";
import type { Plan, Place, PlanTask } from "./types.ts";

/** Duplicates, dependencies, gaps, roles and sessions. The plan is null when it has no task. */
export function verifyTasks(drafts: readonly Draft[], plan: Plan | null, problems: Problems): void {
  reportDuplicates(drafts, problems);
  if (plan === null) return;
  const tasks = new Map(plan.tasks.map((task) => [task.number, task]));
  for (const task of plan.tasks) reportDependencies(task, tasks, problems);
  reportCycles(tasks, problems);
  reportGaps(plan, problems);
  reportSessions(plan, problems);
  if (plan.settings.hierarchy === null) verifyRoles(plan, problems);
  reportAllocations(drafts, tasks, problems);
}

function reportDuplicates(drafts: readonly Draft[], problems: Problems): void {
  const first = new Map<number, DraftTask>();
  for (const task of drafts.flatMap((draft) => draft.tasks)) {
    const earlier = first.get(task.number);
    if (earlier === undefined) {
      first.set(task.number, task);
      continue;
    }
    problems.error({
      at: task,
      code: "duplicate-task",
      message: `task ${task.number} is there twice: "${task.title}" here and "${earlier.title}" at ${earlier.file}:${earlier.line}`,
      advice: "give one of the two another number",
    });
  }
}

function reportDependencies(task: PlanTask, tasks: ReadonlyMap<number, PlanTask>, problems: Problems): void {
  for (const number of task.dependsOn) {
    if (number === task.number) {
      problems.error({
        at: task,
        code: "self-dependency",
        message: `task ${number} depends on itself`,
        advice: "remove it from its own Depends on cell",
      });
    } else if (!tasks.has(number)) {
      problems.error({
        at: task,
        code: "unknown-dependency",
        message: `task ${task.number} depends on task ${number}, which the plan does not have`,
        advice: "correct the number or add the task",
      });
    } else if ((tasks.get(number)?.phase ?? 0) > task.phase) {
      problems.error({
        at: task,
        code: "dependency-cycle",
        message: `task ${task.number} of phase ${task.phase} waits for task ${number}, which starts only after phase ${task.phase}`,
        advice: "move one of the two to another phase, or take the dependency out",
      });
    }
  }
}

/** Names each cycle once, in its order. Depth-first without recursion: a chain may be thousands of tasks long. */
function reportCycles(tasks: ReadonlyMap<number, PlanTask>, problems: Problems): void {
  const done = new Set<number>();
  for (const start of tasks.keys()) {
    const path: { number: number; next: number }[] = done.has(start) ? [] : [{ number: start, next: 0 }];
    const onPath = new Set(path.map((step) => step.number));
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const following = tasks.get(top.number)?.dependsOn[top.next++];
      if (following === undefined) {
        path.pop();
        onPath.delete(top.number);
        done.add(top.number);
      } else if (onPath.has(following) && following !== top.number) {
        const cycle = path.slice(path.findIndex((step) => step.number === following)).map((step) => step.number);
        reportCycle(cycle, tasks, problems);
      } else if (tasks.has(following) && !done.has(following) && !onPath.has(following)) {
        path.push({ number: following, next: 0 });
        onPath.add(following);
      }
    }
  }
}

function reportCycle(cycle: readonly number[], tasks: ReadonlyMap<number, PlanTask>, problems: Problems): void {
  const at = tasks.get(cycle[0] ?? 0);
  if (at === undefined) return;
  problems.error({
    at,
    code: "dependency-cycle",
    message: `these tasks wait for one another: ${[...cycle, cycle[0]].join(" → ")}`,
    advice: "take one of these dependencies out",
  });
}

/** Most gaps that are named one by one; a sparse plan has thousands and nobody reads them. */
const NAMED_GAPS = 20;

function reportGaps(plan: Plan, problems: Problems): void {
  const gaps: string[] = [];
  let count = 0;
  let at: PlanTask | null = null;
  plan.tasks.forEach((task, index) => {
    const first = (plan.tasks[index - 1]?.number ?? task.number - 1) + 1;
    const missing = task.number - first;
    if (missing <= 0) return;
    at ??= task;
    count += missing;
    gaps.push(missing === 1 ? `${first}` : `${first}–${task.number - 1}`);
  });
  if (at === null) return;
  const more = gaps.length > NAMED_GAPS ? ` and ${gaps.length - NAMED_GAPS} more gaps` : "";
  const named = gaps.slice(0, NAMED_GAPS).join(", ");
  problems.warning({
    at,
    code: "gap",
    message:
      count === 1 ? `number ${named} is missing from the tasks` : `numbers ${named}${more} are missing from the tasks (${count} in all)`,
    advice: "add the missing tasks, or renumber if nothing was lost",
  });
}

/** Sessions that a `Session` cell or a dependency names and no heading or overview row defines. Each is said once. */
function reportSessions(plan: Plan, problems: Problems): void {
  const known = new Set(plan.sessions.map((session) => session.id));
  const check = (id: string, at: Place) => {
    if (known.has(id)) return;
    known.add(id);
    problems.warning({
      at,
      code: "unknown-session",
      message: `there is no session ${id}`,
      advice: `correct the session, or add a heading "Session ${id}: name"`,
    });
  };
  for (const task of plan.tasks) if (task.session !== null) check(task.session, task);
  for (const session of plan.sessions) for (const id of session.dependsOn) check(id, session);
}

/** Roles that neither the plan's hierarchy nor the built-in one knows. Not to be called before a hierarchy file has been read. */
export function verifyRoles(plan: Plan, problems: Problems): void {
  const known = new Set([...plan.hierarchy.roles, ...builtInHierarchy().roles].map((spec) => spec.role));
  const reported = new Set<string>();
  const check = (name: string, at: Place) => {
    const role = roleOf(name);
    if (known.has(role) || known.has(name) || reported.has(role)) return;
    reported.add(role);
    problems.warning({
      at,
      code: "unknown-role",
      message: `the role ${role} is in no hierarchy; it is shown unattached`,
      advice: "correct the name, or add it below a Hierarchy heading",
    });
  };
  for (const task of plan.tasks) if (task.role !== null) check(task.role, task);
  for (const session of plan.sessions) for (const agent of session.agents) check(agent.role, session);
}

/** Allocations that name tasks nobody defined, or that another allocation already has. */
function reportAllocations(drafts: readonly Draft[], tasks: ReadonlyMap<number, PlanTask>, problems: Problems): void {
  const holder = new Map<number, string>();
  for (const session of drafts.flatMap((draft) => [...draft.sessions.values()])) {
    for (const allocation of session.allocations) {
      const unknown = allocation.tasks.filter((number) => !tasks.has(number));
      const twice = allocation.tasks.filter((number) => holder.has(number));
      for (const number of allocation.tasks) if (!holder.has(number)) holder.set(number, session.id);
      if (unknown.length > 0) {
        problems.warning({
          at: allocation,
          code: "unknown-task",
          message: `session ${session.id} allocates ${showRange(unknown)}, which no task table has`,
          advice: "correct the range or add the tasks",
        });
      }
      if (twice.length > 0) {
        problems.warning({
          at: allocation,
          code: "allocated-twice",
          message: `session ${session.id} allocates ${showRange(twice)}, which session ${holder.get(twice[0] ?? 0)} already has`,
          advice: "give each task to one session",
        });
      }
    }
  }
}
