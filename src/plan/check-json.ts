/** `marathon check --json`: the reading in the shape that contract.md fixes. Fields are added, never renamed. */
import { builtInHierarchy } from "./hierarchy.ts";
import type { Plan, PlanReading, PlanTask, Problem } from "./types.ts";

/** One JSON value, schema 1. Without a plan every list is empty and the problems say why. */
export function checkJson(reading: PlanReading): object {
  const { plan, problems } = reading;
  return {
    schema: 1,
    title: plan?.title ?? null,
    files: plan?.files ?? [],
    horizonHours: plan?.horizonHours ?? null,
    streams: (plan?.streams ?? []).map(({ id, name, terminals, tasks, goal, hours, baseline }) => ({
      id,
      name,
      terminals,
      tasks,
      goal,
      hours,
      baseline,
    })),
    sessions: (plan?.sessions ?? []).map(sessionJson),
    terminals: (plan?.terminals ?? []).map(({ number, stream, label, role, tasks }) => ({ number, stream, label, role, tasks })),
    phases: (plan?.phases ?? []).map(({ id, name, terminals, tasks }) => ({ id, name, terminals, tasks })),
    tasks: (plan?.tasks ?? []).map(taskJson),
    budgets: plan?.budgets ?? { models: {}, modelTotal: null, streams: {}, streamTotal: null },
    neverShare: plan?.neverShare ?? [],
    hierarchy: plan?.hierarchy ?? builtInHierarchy(),
    timeline: (plan?.timeline ?? []).map(({ start, end, kind, session, label }) => ({ start, end, session: session ?? kind, kind, label })),
    metrics: (plan?.metrics ?? []).map(({ name, current, target }) => ({ name, current, target })),
    totals: totals(plan),
    problems: problems.map(problemJson),
  };
}

/** Sums of the rows, never the figures that the plan states. */
export function totals(plan: Plan | null): Record<"tasks" | "streams" | "terminals" | "sessions" | "hours" | "agents", number> {
  const sessions = plan?.sessions ?? [];
  return {
    tasks: plan?.tasks.length ?? 0,
    streams: plan?.streams.length ?? 0,
    terminals: plan?.terminals.length ?? 0,
    sessions: sessions.length,
    hours: sessions.reduce((sum, session) => sum + (session.hours ?? 0), 0),
    agents: sessions.reduce((sum, session) => sum + session.agents.reduce((count, agent) => count + agent.count, 0), 0),
  };
}

/** One figure for a range: its middle, in minutes, to the thousandth. */
export function estimateMinutes(task: PlanTask): number | null {
  return task.estimate === null ? null : Math.round((task.estimate.low + task.estimate.high) * 500) / 1000;
}

function sessionJson(session: Plan["sessions"][number]): object {
  const {
    id,
    name,
    hours,
    hoursLow,
    branch,
    branchNote,
    agents,
    parallelAgents,
    stream,
    tasks,
    objectives,
    work,
    dependsOn,
    fallback,
    kind,
  } = session;
  return {
    id,
    name,
    hours,
    hoursLow: hoursLow ?? hours,
    branch,
    branchNote,
    agents,
    parallelAgents,
    stream,
    tasks,
    criteria: session.criteria.map((criterion) => criterion.text),
    deliverables: session.deliverables.map((deliverable) => deliverable.text),
    objectives,
    work,
    dependsOn,
    fallback,
    kind: kind ?? null,
  };
}

function taskJson(task: PlanTask): object {
  return {
    number: task.number,
    title: task.title,
    stream: task.stream,
    session: task.session,
    terminal: task.terminal,
    phase: task.phase,
    group: task.group,
    target: task.target,
    from: task.from,
    to: task.to,
    run: task.run,
    role: task.role,
    agent: task.agent,
    fallback: task.fallback,
    answer: task.answer,
    estimateMinutes: estimateMinutes(task),
    estimateLow: task.estimate?.low ?? null,
    estimateHigh: task.estimate?.high ?? null,
    estimateSource: task.estimate?.source ?? "none",
    estimateRule: task.estimate?.rule ?? null,
    dependsOn: task.dependsOn,
    priority: task.priority,
    kind: task.kind ?? null,
    security: task.security ?? false,
    done: task.doneInPlan,
    file: task.file,
    line: task.line,
  };
}

function problemJson({ severity, code, trap, message, advice, file, line, column, stated, computed, fix }: Problem): object {
  return {
    severity,
    code,
    trap,
    message,
    advice,
    file,
    line,
    column,
    stated: stated ?? null,
    computed: computed ?? null,
    fix: fix ?? null,
  };
}
