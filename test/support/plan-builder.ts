/** Small plans for tests, written as the facts that matter and nothing else. */
import type { HierarchySpec, Plan, PlanSession, PlanSettings, PlanStream, PlanTask } from "../../src/plan/types.ts";

export type TaskSketch = Partial<Omit<PlanTask, "estimate">> & { readonly number: number; readonly minutes?: number };

export interface PlanSketch {
  readonly title?: string;
  readonly tasks: readonly TaskSketch[];
  readonly streams?: readonly (Partial<PlanStream> & { readonly id: string })[];
  readonly sessions?: readonly (Partial<PlanSession> & { readonly id: string })[];
  readonly settings?: Partial<PlanSettings>;
  readonly hierarchy?: HierarchySpec;
  /** Roles of terminals by number. */
  readonly roles?: Readonly<Record<number, string>>;
  readonly rest?: Partial<Plan>;
}

const PLACE = { file: "plan.md", line: 1, column: 1 };

export const NO_HIERARCHY: HierarchySpec = { roles: [], routes: [], source: "test" };

/** A chain of command with two deputies, three coordinators, specialists and staff. */
export const CHAIN: HierarchySpec = {
  roles: [
    { role: "ORCHESTRATOR", level: "commander", parent: null },
    { role: "ARCHITECT", level: "deputy", parent: "ORCHESTRATOR" },
    { role: "SYNTHESIZER", level: "deputy", parent: "ORCHESTRATOR" },
    { role: "COORD_QUALITY", level: "coordinator", parent: "ARCHITECT" },
    { role: "COORD_PLATFORM", level: "coordinator", parent: "ARCHITECT" },
    { role: "COORD_FRONTEND", level: "coordinator", parent: "SYNTHESIZER" },
    { role: "QA_TESTER", level: "specialist", parent: null },
    { role: "DBA", level: "specialist", parent: "COORD_PLATFORM" },
    { role: "HISTORIAN", level: "staff", parent: null },
  ],
  routes: [
    { domain: "database, API, infrastructure", chain: ["ARCHITECT", "COORD_PLATFORM"] },
    { domain: "tests, code quality, CI", chain: ["ARCHITECT", "COORD_QUALITY"] },
    { domain: "front-end, UX", chain: ["SYNTHESIZER", "COORD_FRONTEND"] },
  ],
  source: "test",
};

/** A whole plan from a sketch: streams, phases, sessions and terminals follow from the tasks where they are not given. */
export function plan(sketch: PlanSketch): Plan {
  const tasks = sketch.tasks.map(task);
  const numbers = (of: (task: PlanTask) => boolean): number[] => tasks.filter(of).map(({ number }) => number);
  const distinct = <T>(values: readonly (T | null)[]): T[] => [...new Set(values)].filter((value) => value !== null);
  const terminals = distinct(tasks.map(({ terminal }) => terminal)).sort((a, b) => a - b);
  const streams = sketch.streams ?? distinct(tasks.map(({ stream }) => stream)).map((id) => ({ id }));
  const sessions = sketch.sessions ?? distinct(tasks.map(({ session }) => session)).map((id) => ({ id }));
  return {
    title: sketch.title ?? "test plan",
    files: ["plan.md"],
    settings: {
      title: null,
      agent: null,
      command: null,
      terminals: null,
      scratchpad: null,
      buffer: null,
      hierarchy: null,
      ...sketch.settings,
    },
    header: {},
    horizonHours: null,
    streams: streams.map((given) => stream(given, tasks)),
    sessions: sessions.map((given) => session(given, tasks)),
    terminals: terminals.map((number) => ({
      number,
      stream: tasks.find((candidate) => candidate.terminal === number)?.stream ?? null,
      label: null,
      role: sketch.roles?.[number] ?? null,
      agent: null,
      tasks: numbers((candidate) => candidate.terminal === number),
    })),
    phases: distinct(tasks.map(({ phase }) => phase))
      .sort((a, b) => a - b)
      .map((id) => ({ id, name: null, terminals, tasks: numbers((candidate) => candidate.phase === id) })),
    tasks,
    timeline: [],
    budgets: { models: {}, modelTotal: null, streams: {}, streamTotal: null },
    neverShare: [],
    context: {},
    hierarchy: sketch.hierarchy ?? NO_HIERARCHY,
    metrics: [],
    risks: [],
    overlaps: [],
    preflight: [],
    synthesis: [],
    followUps: [],
    ...sketch.rest,
  };
}

function task({ minutes, ...given }: TaskSketch): PlanTask {
  return {
    ...PLACE,
    line: given.number,
    title: `task number ${given.number}`,
    stream: null,
    session: null,
    terminal: null,
    phase: 1,
    group: null,
    target: null,
    from: null,
    to: null,
    run: null,
    fallback: null,
    answer: null,
    role: null,
    agent: null,
    estimate: minutes === undefined ? null : { low: minutes, high: minutes, source: "plan", rule: null },
    dependsOn: [],
    priority: null,
    doneInPlan: false,
    ...given,
  };
}

function stream(given: Partial<PlanStream> & { readonly id: string }, tasks: readonly PlanTask[]): PlanStream {
  const own = tasks.filter((candidate) => candidate.stream === given.id);
  const terminals = [...new Set(own.flatMap(({ terminal }) => terminal ?? []))].sort((a, b) => a - b);
  return {
    ...PLACE,
    name: `stream ${given.id}`,
    goal: null,
    terminals,
    tasks: own.map(({ number }) => number),
    baseline: [],
    hours: null,
    context: [],
    bundle: [],
    ...given,
  };
}

function session(given: Partial<PlanSession> & { readonly id: string }, tasks: readonly PlanTask[]): PlanSession {
  return {
    ...PLACE,
    name: `session ${given.id}`,
    hours: null,
    branch: null,
    branchNote: null,
    agents: [],
    parallelAgents: false,
    work: [],
    objectives: [],
    allocations: [],
    tasks: tasks.filter((candidate) => candidate.session === given.id).map(({ number }) => number),
    criteria: [],
    deliverables: [],
    dependsOn: [],
    fallback: null,
    stream: null,
    ...given,
  };
}
