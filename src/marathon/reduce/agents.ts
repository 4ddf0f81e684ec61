/** Sub-agents: who was spawned by whom, who is at work, and who is gone. */
import type { Draft } from "../draft.ts";
import { roleOf } from "../delegation.ts";
import { planIndex } from "../plan-index.ts";
import { roleOfTerminal } from "../routing.ts";
import { judgeSpawn, MOST_SPAWNS, type Spawn } from "../spawns.ts";
import { isUp, terminalNode } from "../terminals.ts";
import type { AgentNode, Event, Terminal } from "../types.ts";
import { showState } from "./moves.ts";

type Of<T extends Event["type"]> = Extract<Event, { readonly type: T }>;

/** An id that only its program can read: whoever bears it is called by what it does. */
const OPAQUE = /^(?=.*\d)[0-9a-f-]{8,}$/iu;
/** What it is called while nothing else is known of it. */
const NAMELESS = "sub-agent";

export function agentReported(draft: Draft, event: Of<"agent-reported">): void {
  const terminal = draft.state.terminals[event.terminal];
  if (!terminal || !isUp(terminal)) return;
  if (event.agent === "") {
    // A withdrawn report says nothing about what the agent does now.
    if (event.state !== "gone")
      showState(draft, terminal.number, {
        state: event.state,
        kind: event.state === "asking" ? "question" : null,
        source: "report",
        evidence: event.message ?? event.title,
      });
    return;
  }
  const id = `${terminalNode(event.terminal)}/${event.agent}`;
  const before = draft.state.agents[id];
  if (event.state === "gone") {
    if (before && !before.ended) draft.setAgent({ ...before, ended: true, since: event.t });
    return;
  }
  const title = event.title ?? before?.title ?? null;
  const there = before?.ended === false ? before : undefined;
  const role = roleFrom(draft, event, there, title);
  const count = swarmSize(event.agent, title);
  const boss = event.parent === undefined ? undefined : draft.state.agents[`${terminalNode(event.terminal)}/${event.parent}`];
  const parent = boss && !boss.ended && !isAbove(draft, id, boss) ? boss : null;
  const by = parent?.role ?? roleOfTerminal(draft.state, terminal);
  if (!there) spawned(draft, terminal, by, role, count);
  else if (event.role !== undefined && role !== there.role) {
    // Its first report knew no more than an id: now that its kind is known, it is judged by that.
    draft.set({ spawns: (draft.state.spawns ?? []).filter((spawn) => spawn.terminal !== event.terminal || spawn.role !== there.role) });
    judged(draft, terminal, by, role, there.count);
  }
  const since = before && !before.ended && before.state === event.state ? before.since : event.t;
  draft.setAgent({
    id,
    role,
    parent: before && !before.ended ? before.parent : (parent?.id ?? terminalNode(event.terminal)),
    terminal: event.terminal,
    title: title === role ? null : title,
    state: event.state,
    since,
    ended: false,
    count: before && !before.ended ? before.count : count,
    session: before && !before.ended && before.session !== undefined ? before.session : sessionOf(draft, terminal),
    ...modelOf(event.model ?? before?.model),
    ...intentOf(event.intent ?? there?.intent),
  });
}

/** Whether `id` is the agent or one of those that it descends from: then it cannot be its child. */
function isAbove(draft: Draft, id: string, agent: AgentNode): boolean {
  for (let one: AgentNode | undefined = agent; one; one = one.parent === null ? undefined : draft.state.agents[one.parent])
    if (one.id === id) return true;
  return false;
}

/**
 * The role that it has in the hierarchy, by its kind or its name; else, where the name is no more than an id, what it does: "count
 * files" says more than that it is for general purposes.
 */
function roleFrom(draft: Draft, event: Of<"agent-reported">, there: AgentNode | undefined, title: string | null): string {
  const { hierarchy } = draft.state;
  const kind = event.role === undefined ? null : roleOf(event.role, hierarchy);
  const isRole = (role: string) => hierarchy.roles.some((spec) => spec.role === role);
  if (kind !== null && isRole(kind)) return kind;
  if (!OPAQUE.test(event.agent)) return kind ?? roleOf(event.agent, hierarchy);
  if (there !== undefined && isRole(there.role)) return there.role;
  return title ?? kind ?? there?.role ?? NAMELESS;
}

function sessionOf({ state }: Draft, { task }: Terminal): string | null {
  return task === null ? null : (planIndex(state.plan).tasks.get(task)?.session ?? null);
}

function modelOf(model: string | undefined): Pick<AgentNode, "model"> {
  return model === undefined ? {} : { model };
}

function intentOf(intent: string | undefined): Pick<AgentNode, "intent"> {
  return intent === undefined ? {} : { intent };
}

function spawned(draft: Draft, terminal: Terminal, by: string | null, role: string, count: number): void {
  const { spawned: before, spawnedAllowed, runs = 0 } = draft.state.counters;
  draft.count({ spawned: before + count, spawnedAllowed: spawnedAllowed + count, runs: runs + count });
  judged(draft, terminal, by, role, count);
}

/** What the hierarchy does not allow is counted, and told with both names. */
function judged(draft: Draft, terminal: Terminal, by: string | null, role: string, count: number): void {
  const { state } = draft;
  const verdict = judgeSpawn(state.hierarchy, by, role);
  const violation = verdict.verdict === "violation";
  if (violation) draft.count({ spawnedAllowed: state.counters.spawnedAllowed - count });
  if (verdict.verdict === "allowed") return;
  const spawn: Spawn = { t: state.t, at: state.at, terminal: terminal.number, role, count, ...verdict };
  draft.set({ spawns: [...(state.spawns ?? []), spawn].slice(-MOST_SPAWNS) });
  if (violation) draft.notice("warning", `against the hierarchy: ${verdict.why} (terminal ${terminal.number})`);
}

/** Sub-agents live in their terminal's program and end with it. */
export function endSubAgents(draft: Draft, terminal: number): void {
  for (const agent of Object.values(draft.state.agents)) {
    if (agent.terminal === terminal && !agent.ended) draft.setAgent({ ...agent, ended: true, since: draft.state.t });
  }
}

/** A swarm reports as one agent and says its size as "×12" or "x12" at the end of its name or title. */
function swarmSize(agent: string, title: string | null): number {
  for (const text of [agent, title ?? ""]) {
    const size = /(?:^|\s)[×x]\s?(\d{1,4})$/.exec(text)?.[1];
    if (size !== undefined && Number(size) > 0) return Number(size);
  }
  return 1;
}
