/** The state of a marathon in the moment in which it is started. */
import { MOST_TERMINALS } from "../plan/terminals.ts";
import { agentChoice } from "../plan/agent-choice.ts";
import type { Plan, PlanTask, PlanTerminal } from "../plan/types.ts";
import { Draft } from "./draft.ts";
import type { AgentNode, Counters, Event, State, Task, Terminal } from "./types.ts";

const BLANK: Counters = {
  blockers: 0,
  spawned: 0,
  spawnedAllowed: 0,
  concurrent: 0,
  peakConcurrent: 0,
  busyMs: 0,
  lastHumanAt: null,
};

/**
 * The state after the first event of a journal.
 * Throws when the event is not `marathon-started`: nothing can be known of a marathon without its plan.
 */
export function initialState(event: Event): State {
  if (event.type !== "marathon-started") {
    throw new Error(
      `A journal must begin with marathon-started, but event ${event.seq} is ${event.type}: it is damaged, or not a journal.`,
    );
  }
  const { plan, agent } = event;
  // A rehearsal must never start a real agent, whatever the plan names.
  const agentOf = (terminal: PlanTerminal): string => (event.rehearsal ? agent : (terminal.agent ?? agent));
  const state: State = {
    id: event.id,
    title: plan.title,
    agent,
    command: event.command,
    rehearsal: event.rehearsal,
    speed: event.speed,
    seed: event.seed,
    project: event.project,
    scratchpad: event.scratchpad,
    status: "running",
    startedAt: event.at,
    engine: null,
    seq: event.seq,
    at: event.at,
    t: event.t,
    plan,
    hierarchy: plan.hierarchy,
    tasks: Object.fromEntries(plan.tasks.map((task) => [task.number, freshTask(task, event.t)])),
    terminals: Object.fromEntries(planTerminals(plan).map((terminal) => [terminal.number, terminalOf(terminal, agentOf(terminal), event)])),
    blockers: {},
    agents: Object.fromEntries(plan.hierarchy.roles.map((role) => [role.role, nodeOf(role.role, role.parent, event.t)])),
    files: {},
    handoffs: {},
    notices: [],
    log: [],
    counters: BLANK,
  };
  const draft = new Draft(state);
  draft.settleAll();
  return draft.finish();
}

/**
 * The terminals that a marathon of this plan has, 1 to n. The plan's own when it binds tasks to terminals; else the
 * number in its settings; else as many as can be of use: one per task, ten at most. Settings may add terminals to
 * those that the plan binds, never take one away.
 */
export function planTerminals(plan: Plan): readonly PlanTerminal[] {
  const bound = new Map(plan.terminals.map((terminal) => [terminal.number, terminal]));
  const named = [...bound.keys(), ...plan.tasks.flatMap((task) => (task.terminal === null ? [] : [task.terminal]))];
  const wanted = plan.settings.terminals ?? (named.length > 0 ? 0 : plan.tasks.length);
  const count = Math.min(MOST_TERMINALS, Math.max(1, wanted, ...named));
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    return bound.get(number) ?? { number, stream: null, label: null, role: null, agent: null, tasks: [] };
  });
}

/** A task of the plan before anything has happened to it. */
export function freshTask(task: PlanTask, t: number): Task {
  return {
    number: task.number,
    state: task.doneInPlan ? "done" : "ready",
    terminal: task.terminal,
    since: t,
    workedMs: 0,
    blockedMs: 0,
    startedAt: null,
    endedAt: null,
    attempts: 0,
    blocker: null,
    doneBy: task.doneInPlan ? `plan ${task.file}:${task.line}` : null,
    waitsFor: null,
  };
}

function terminalOf(terminal: PlanTerminal, agent: string, event: Event): Terminal {
  const { name, model } = agentChoice(agent);
  return {
    number: terminal.number,
    stream: terminal.stream,
    label: terminal.label,
    role: terminal.role,
    agent: name,
    ...(model === null ? {} : { model }),
    state: "unknown",
    kind: null,
    source: "engine",
    evidence: "not started yet",
    since: event.t,
    sinceAt: event.at,
    task: null,
    pid: null,
    pidStart: null,
    exit: null,
    starts: 0,
    lost: false,
    retired: false,
  };
}

function nodeOf(role: string, parent: string | null, t: number): AgentNode {
  return { id: role, role, parent, terminal: null, title: null, state: "absent", since: t, ended: false, count: 1 };
}
