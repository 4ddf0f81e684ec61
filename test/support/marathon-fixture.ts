/**
 * A marathon in full swing, for looking at: 100 tasks, six streams, ten terminals in all their states, two open blockers, a chain
 * of command with sub-agents. Marathon time is 2:41:07; the wall clock is fixed.
 */
import type { AgentNode, Blocker, LogLine, ScratchFile, State, Task, Terminal, TerminalStateName } from "../../src/marathon/types.ts";
import type { Plan, PlanStream, PlanTask } from "../../src/plan/types.ts";

const minute = 60_000;
export const fixtureT = 161 * minute + 10_000;
export const fixtureAt = Date.parse("2026-11-21T12:41:07Z");

const place = { file: "plan.md", line: 1, column: 1 };

interface StreamShape {
  readonly id: string;
  readonly name: string;
  readonly tasks: number;
  readonly terminals: readonly (readonly [number, number, string])[];
  readonly done: number;
  readonly hours: number;
}

const shapes: readonly StreamShape[] = [
  {
    id: "A",
    name: "MCP tools",
    tasks: 30,
    terminals: [
      [1, 10, "scheduling tools"],
      [2, 10, "analysis tools"],
      [3, 10, "report tools"],
    ],
    done: 21,
    hours: 4,
  },
  {
    id: "B",
    name: "Backend tests",
    tasks: 25,
    terminals: [
      [4, 10, "domain services"],
      [5, 8, "repositories"],
      [6, 7, "routes"],
    ],
    done: 11,
    hours: 4,
  },
  {
    id: "C",
    name: "Frontend tests",
    tasks: 15,
    terminals: [
      [7, 8, "critical components"],
      [8, 7, "feature components"],
    ],
    done: 9,
    hours: 4,
  },
  { id: "D", name: "End-to-end scenarios", tasks: 10, terminals: [[9, 10, "scenarios"]], done: 6, hours: 4 },
  { id: "E", name: "Security audit", tasks: 8, terminals: [[10, 8, "audit"]], done: 0, hours: 4 },
  { id: "F", name: "Overflow", tasks: 12, terminals: [], done: 0, hours: 3 },
];

const titles = [
  "Constraint service covers overlap and rest rules",
  "Wire the assignment tools to the scheduler",
  "Toast context renders and clears",
  "Rotate the audit log and prove it",
  "Import 導入 with wide names",
  "Swap approval walks the whole chain",
];

function planTask(number: number, stream: string, terminal: number | null): PlanTask {
  return {
    ...place,
    number,
    title: `${titles[number % titles.length]} ${number}`,
    stream,
    session: null,
    terminal,
    phase: terminal === null ? 2 : 1,
    group: null,
    target: `src/area/${number}.ts`,
    from: null,
    to: null,
    run: null,
    fallback: null,
    answer: null,
    role: null,
    agent: null,
    estimate: { low: 24, high: 24, source: "derived", rule: "stream hours" },
    dependsOn: number === 25 || number === 36 ? [33] : [],
    priority: null,
    doneInPlan: false,
  };
}

function buildPlan(): Plan {
  const tasks: PlanTask[] = [];
  const streams: PlanStream[] = shapes.map((shape) => {
    const owners: (number | null)[] =
      shape.terminals.length === 0
        ? Array.from({ length: shape.tasks }, () => null)
        : shape.terminals.flatMap(([terminal, count]) => Array.from({ length: count }, () => terminal));
    const own = owners.map((terminal) => {
      const task = planTask(tasks.length + 1, shape.id, terminal);
      tasks.push(task);
      return task.number;
    });
    return {
      ...place,
      id: shape.id,
      name: shape.name,
      goal: null,
      terminals: shape.terminals.map(([terminal]) => terminal),
      tasks: own,
      baseline: [],
      hours: shape.hours,
      context: [],
      bundle: [],
    };
  });
  return {
    title: "hundred-tasks",
    files: ["plan.md"],
    settings: { title: null, agent: null, command: null, terminals: null, scratchpad: null, buffer: 0.25, hierarchy: null },
    header: {},
    horizonHours: 4,
    streams,
    sessions: [],
    terminals: shapes.flatMap((shape) =>
      shape.terminals.map(([number, , label]) => ({
        number,
        stream: shape.id,
        label,
        role: null,
        agent: null,
        tasks: tasks.filter((task) => task.terminal === number).map((task) => task.number),
      })),
    ),
    phases: [
      {
        id: 1,
        name: null,
        terminals: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
        tasks: tasks.filter((task) => task.phase === 1).map((task) => task.number),
      },
      { id: 2, name: null, terminals: [], tasks: tasks.filter((task) => task.phase === 2).map((task) => task.number) },
    ],
    tasks,
    timeline: [],
    budgets: { models: {}, modelTotal: null, streams: {}, streamTotal: null },
    neverShare: [],
    context: {},
    hierarchy: { roles: chain.map(([role, parent, level]) => ({ role, parent, level })), routes: [], source: "built-in" },
    metrics: [],
    risks: [],
    overlaps: [],
    preflight: [],
    synthesis: [],
    followUps: [],
  };
}

const chain: readonly (readonly [string, string | null, "commander" | "deputy" | "coordinator" | "specialist" | "staff"])[] = [
  ["ORCHESTRATOR", null, "commander"],
  ["ARCHITECT", "ORCHESTRATOR", "deputy"],
  ["COORD_PLATFORM", "ARCHITECT", "coordinator"],
  ["COORD_QUALITY", "ARCHITECT", "coordinator"],
  ["COORD_ENGINE", "ARCHITECT", "coordinator"],
  ["COORD_TOOLING", "ARCHITECT", "coordinator"],
  ["SYNTHESIZER", "ORCHESTRATOR", "deputy"],
  ["COORD_OPS", "SYNTHESIZER", "coordinator"],
  ["COORD_RESILIENCE", "SYNTHESIZER", "coordinator"],
  ["COORD_FRONTEND", "SYNTHESIZER", "coordinator"],
  ["COORD_INTEL", "SYNTHESIZER", "coordinator"],
  ["TOOLSMITH", "COORD_TOOLING", "specialist"],
  ["QA_TESTER", "COORD_QUALITY", "specialist"],
  ["RESILIENCE_ENGINEER", "COORD_RESILIENCE", "specialist"],
  ["SECURITY_AUDITOR", "COORD_PLATFORM", "specialist"],
  ["G2_RECON", null, "staff"],
];

interface Now {
  readonly state: TerminalStateName;
  readonly role: string;
  readonly age: number;
  readonly task: number | null;
  readonly lost?: boolean;
  readonly kind?: Terminal["kind"];
  readonly exit?: number;
}

const now: Readonly<Record<number, Now>> = {
  1: { state: "busy", role: "TOOLSMITH", age: 14_000, task: 8 },
  2: { state: "busy", role: "TOOLSMITH", age: 3 * minute, task: 18 },
  3: { state: "idle", role: "TOOLSMITH", age: 6 * minute, task: null },
  4: { state: "blocked", role: "QA_TESTER", age: 31 * minute + 7_000, task: 33 },
  5: { state: "busy", role: "QA_TESTER", age: 44_000, task: 44 },
  6: { state: "starting", role: "QA_TESTER", age: 2_000, task: 51 },
  7: { state: "asking", role: "QA_TESTER", age: 2 * minute, task: 61, kind: "permission" },
  8: { state: "busy", role: "QA_TESTER", age: 9_000, task: 66 },
  9: { state: "exited", role: "RESILIENCE_ENGINEER", age: 12 * minute, task: 77, exit: 1 },
  10: { state: "busy", role: "SECURITY_AUDITOR", age: 125 * minute, task: 81 },
};

export function fixtureState(): State {
  const plan = buildPlan();
  return {
    id: "m-1",
    title: "hundred-tasks",
    agent: "shell",
    command: null,
    rehearsal: false,
    speed: 1,
    seed: null,
    project: "/work/project",
    scratchpad: "/work/project/.claude/Scratchpad",
    status: "running",
    startedAt: fixtureAt - fixtureT,
    engine: { pid: 4242, version: "0.1.0", startedAt: fixtureAt - fixtureT },
    seq: 500,
    at: fixtureAt,
    t: fixtureT,
    plan,
    hierarchy: plan.hierarchy,
    tasks: tasksOf(plan),
    terminals: terminalsOf(plan),
    blockers: blockers(),
    agents: agents(),
    files: files(),
    handoffs: {},
    forecast: {
      t: fixtureT - 4000,
      at: fixtureAt - 4000,
      marathon: { p50: 365 * minute, p90: 455 * minute },
      streams: { A: { p50: 300 * minute, p90: 350 * minute }, B: { p50: 365 * minute, p90: 455 * minute } },
      sessions: {},
      terminals: {},
      ratio: 1.1,
      measured: 47,
      samples: 500,
      past: [{ t: 60 * minute, marathon: { p50: 340 * minute, p90: 480 * minute }, streams: {}, sessions: {} }],
    },
    notices: [],
    log: log(),
    counters: { blockers: 2, spawned: 26, spawnedAllowed: 26, concurrent: 9, peakConcurrent: 16, busyMs: 0, lastHumanAt: null },
  };
}

function tasksOf(plan: Plan): Record<number, Task> {
  const doneLeft = new Map(shapes.map((shape) => [shape.id, shape.done]));
  const running = new Map(
    Object.entries(now).flatMap(([terminal, one]) => (one.task === null ? [] : [[one.task, Number(terminal)] as const])),
  );
  const tasks: Record<number, Task> = {};
  for (const task of plan.tasks) {
    const runner = running.get(task.number);
    const left = doneLeft.get(task.stream ?? "") ?? 0;
    const done = runner === undefined && left > 0;
    if (done) doneLeft.set(task.stream ?? "", left - 1);
    const blocked = task.number === 33 || task.number === 61;
    const state = done ? "done" : blocked ? "blocked" : runner !== undefined ? "running" : "ready";
    const started = done || runner !== undefined;
    tasks[task.number] = {
      number: task.number,
      state,
      terminal: task.terminal,
      since: fixtureT - 5 * minute,
      workedMs: done ? 20 * minute : 0,
      blockedMs: 0,
      startedAt: started ? 61 * minute : null,
      endedAt: done ? 100 * minute : null,
      attempts: started ? 1 : 0,
      blocker: task.number === 33 ? "b-1" : task.number === 61 ? "b-2" : null,
      doneBy: done ? "exit code 0" : null,
      waitsFor: null,
    };
  }
  return tasks;
}

function terminalsOf(plan: Plan): Record<number, Terminal> {
  return Object.fromEntries(
    plan.terminals.map((terminal): [number, Terminal] => {
      const one = now[terminal.number] ?? { state: "idle" as const, role: "QA_TESTER", age: 0, task: null };
      return [
        terminal.number,
        {
          number: terminal.number,
          stream: terminal.stream,
          label: terminal.label,
          role: one.role,
          agent: "shell",
          state: one.state,
          kind: one.kind ?? null,
          source: "process",
          evidence: null,
          since: fixtureT - one.age,
          sinceAt: fixtureAt - one.age,
          task: one.task,
          pid: 5000 + terminal.number,
          pidStart: 1,
          exit: one.exit === undefined ? null : { code: one.exit, signal: null },
          starts: 1,
          lost: one.lost ?? false,
          retired: false,
        },
      ];
    }),
  );
}

function blockers(): Record<string, Blocker> {
  const common = {
    state: "open" as const,
    sessions: [],
    closedAt: null,
    step: "identify" as const,
    cause: null,
    evidence: [],
    history: [],
  };
  return {
    "b-1": {
      ...common,
      id: "b-1",
      title: "cannot install cryptography and cffi together",
      priority: "P0",
      tasks: [33],
      terminal: 4,
      holder: { level: "coordinator", role: "COORD_QUALITY", terminal: null },
      since: fixtureT - 31 * minute - 7_000,
      sinceAt: fixtureAt - 31 * minute,
    },
    "b-2": {
      ...common,
      id: "b-2",
      title: "ToastContext needs a decision",
      priority: "P1",
      tasks: [61],
      terminal: 7,
      holder: { level: "human", role: null, terminal: null },
      since: fixtureT - 4 * minute - 12_000,
      sinceAt: fixtureAt - 4 * minute,
    },
  };
}

function agents(): Record<string, AgentNode> {
  const node = (
    id: string,
    role: string,
    parent: string | null,
    state: AgentNode["state"],
    terminal: number | null,
    age: number,
    title: string | null = null,
    count = 1,
  ): AgentNode => ({ id, role, parent, terminal, title, state, since: fixtureT - age, ended: false, count });
  const subs = [
    node("sub:1", "EXPLORER", "terminal-2", "busy", 2, 40_000, "reads the routes", 3),
    node("sub:2", "CODE_REVIEWER", "terminal-5", "idle", 5, 90_000),
  ];
  return Object.fromEntries(subs.map((one) => [one.id, one]));
}

function files(): Record<string, ScratchFile> {
  const file = (
    path: string,
    kind: string,
    session: string | null,
    terminal: number | null,
    age: number,
    changes: readonly string[],
  ): ScratchFile => ({
    path: `/work/project/.claude/Scratchpad/${path}`,
    name: { kind, session, task: null, terminal, placeholder: false },
    at: fixtureAt - age,
    bytes: 900,
    lines: 30,
    changes,
    note: null,
  });
  return Object.fromEntries(
    [
      file("terminal-04.md", "report", null, 4, 20_000, ["task 33 blocked"]),
      file("SESSION_024_HANDOFF.md", "handoff", "024", null, 65_000, ["session 024 handed over at 90 %"]),
      file("notes-on-fixtures.md", "note", null, null, 5 * minute, []),
      file("SESSION_025_BLOCKER.md", "blocker", "025", null, 31 * minute, ["blocker raised for 33"]),
    ].map((one) => [one.path, one]),
  );
}

function log(): readonly LogLine[] {
  const line = (seq: number, age: number, terminal: number | null, tone: LogLine["tone"], text: string): LogLine => ({
    seq,
    at: fixtureAt - age,
    terminal,
    tone,
    text,
  });
  return [
    line(496, 95_000, 9, "bad", "exited with code 1 in the middle of task 77"),
    line(497, 65_000, null, "plain", "SESSION_024_HANDOFF.md written"),
    line(498, 40_000, 7, "person", "asks: make this edit to auth.test.ts?"),
    line(499, 16_000, 2, "good", "task 17 done"),
    line(500, 2_000, 4, "bad", "blocked on 33: dependency conflict"),
  ];
}
