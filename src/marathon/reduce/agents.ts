/** Sub-agents: who was spawned by whom, who is at work, and who is gone. */
import type { Draft } from "../draft.ts";
import { roleOf, spawnAllowed } from "../delegation.ts";
import { isUp, terminalNode } from "../terminals.ts";
import type { Event } from "../types.ts";
import { showState } from "./moves.ts";

type Of<T extends Event["type"]> = Extract<Event, { readonly type: T }>;

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
  const role = roleOf(event.agent, draft.state.hierarchy);
  const count = swarmSize(event.agent, title);
  if (!before || before.ended) {
    const allowed = spawnAllowed(draft.state.hierarchy, terminal.role, role) ? count : 0;
    const { spawned, spawnedAllowed } = draft.state.counters;
    draft.count({ spawned: spawned + count, spawnedAllowed: spawnedAllowed + allowed });
  }
  const since = before && !before.ended && before.state === event.state ? before.since : event.t;
  draft.setAgent({
    id,
    role,
    parent: terminalNode(event.terminal),
    terminal: event.terminal,
    title,
    state: event.state,
    since,
    ended: false,
    count: before && !before.ended ? before.count : count,
  });
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
