/** Estimates that nobody gave, or nobody can mean, and queues that one terminal works off alone. */
import type { Draft } from "./draft.ts";
import { showMinutes } from "./durations.ts";
import { placeOf } from "./marks.ts";
import type { Problems } from "./problems.ts";
import { showRange } from "./ranges.ts";
import type { Estimate, Plan, PlanTask } from "./types.ts";

export function verifyEstimates(drafts: readonly Draft[], plan: Plan, problems: Problems): void {
  reportAbsent(plan, problems);
  for (const task of plan.tasks) reportAbsurd(task, plan, problems);
  reportBuffer(drafts, plan, problems);
  reportQueues(plan, problems);
}

/** A plan of more tasks than that should say how long they take. */
const FEW = 10;

/** No hours, no roles, no models per task: estimates come from the hours of streams or sessions, or from nowhere (T-67). */
function reportAbsent(plan: Plan, problems: Problems): void {
  const first = plan.tasks[0];
  if (first === undefined || plan.tasks.length <= FEW || plan.tasks.some((task) => task.estimate?.source === "plan")) return;
  const derived = plan.tasks.filter((task) => task.estimate !== null);
  const rule = derived[0]?.estimate?.rule ?? null;
  const without = plan.tasks.length - derived.length;
  problems.note({
    at: placeOf(first),
    code: "no-estimates",
    trap: "T-67",
    message:
      rule === null
        ? "no task states an estimate, and no hours of streams or sessions give one"
        : `no task states an estimate: ${without === 0 ? "all" : derived.length} are derived (${rule}, …)${without === 0 ? "" : `, ${without} have none`}`,
    advice: rule === null ? "add an Estimate column, or give a session plan along with it" : "add an Estimate column where you know better",
    stated: 0,
    computed: derived.length,
  });
}

/** Longest believable task, minutes: a week of days and nights. */
const LONGEST = 7 * 24 * 60;

function reportAbsurd(task: PlanTask, plan: Plan, problems: Problems): void {
  const { estimate } = task;
  if (estimate === null || estimate.source !== "plan") return;
  const horizon = plan.horizonHours === null ? null : plan.horizonHours * 60;
  const limit = Math.min(LONGEST, horizon ?? LONGEST);
  if (estimate.low <= limit) return reportWide(task, estimate, limit, problems);
  problems.warning({
    at: placeOf(task),
    code: "absurd-estimate",
    message: `task ${task.number} is to take ${showMinutes(estimate.low)}, longer than ${limit === horizon ? `the whole marathon of ${plan.horizonHours} h` : "a week"}`,
    advice: "check the unit, or cut the task into smaller ones",
    stated: estimate.low,
    computed: limit,
  });
}

/** A range that is wider than that tells nothing: nobody plans between a minute and a day. */
const WIDEST = 20;

function reportWide(task: PlanTask, { low, high }: Estimate, limit: number, problems: Problems): void {
  if (high <= limit && high <= low * WIDEST) return;
  problems.warning({
    at: placeOf(task),
    code: "absurd-estimate",
    message: `task ${task.number} is to take ${showMinutes(low)} to ${showMinutes(high)}: between them lies a factor of ${Math.round(high / low)}`,
    advice: "narrow it, or cut the task into smaller ones: no forecast can be drawn from such a range",
    stated: high,
    computed: Math.min(limit, low * WIDEST),
  });
}

function reportBuffer(drafts: readonly Draft[], plan: Plan, problems: Problems): void {
  const { buffer } = plan.settings;
  const draft = drafts.find((candidate) => candidate.settings.buffer !== null);
  if (buffer === null || buffer <= 1 || draft === undefined) return;
  problems.warning({
    at: draft.settingAt("buffer"),
    code: "absurd-buffer",
    message: `a buffer of ${Math.round(buffer * 100)} % more than doubles every estimate`,
    advice: "use 25% to 50%, or correct the estimates",
    stated: buffer,
    computed: "0.25-0.5",
  });
}

/** So many independent tasks for one agent end in a full context and nothing done; each should have an agent of its own. */
const LONG_QUEUE = 25;

function reportQueues(plan: Plan, problems: Problems): void {
  const byNumber = new Map(plan.tasks.map((task) => [task.number, task]));
  for (const terminal of plan.terminals) {
    const own = terminal.tasks.flatMap((number) => byNumber.get(number) ?? []);
    const independent = own.filter((task) => task.dependsOn.length === 0 && task.run === null);
    const first = independent[0];
    if (first === undefined || independent.length < LONG_QUEUE) continue;
    problems.note({
      at: placeOf(first),
      code: "long-queue",
      message: `terminal ${terminal.number} has ${independent.length} independent tasks (${showRange(independent.map((task) => task.number)).slice(0, 40)}) for one agent after another`,
      advice: "spread them over several terminals, or leave the terminal open so that they go to any free one",
    });
  }
}
