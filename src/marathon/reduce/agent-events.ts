/** What agents tell of their tools and measure of themselves, into the state. */
import type { AgentFact } from "../agent-facts.ts";
import { gateWords, reasonOf } from "../decision-gate.ts";
import type { Draft } from "../draft.ts";
import { rememberEdits } from "../edited-files.ts";
import type { Event } from "../types.ts";
import { addUsage } from "../usage.ts";

export type AgentEvent = Extract<Event, { readonly type: AgentFact["type"] }>;
type Of<T extends AgentEvent["type"]> = Extract<AgentEvent, { readonly type: T }>;

const TYPES: ReadonlySet<Event["type"]> = new Set<AgentFact["type"]>([
  "acted-directly",
  "edits-made",
  "files-edited",
  "usage-measured",
  "meter-read",
]);
/** So many reasons of the decision gate are remembered. */
const MOST_GATES = 100;

export function isAgentEvent(event: Event): event is AgentEvent {
  return TYPES.has(event.type);
}

export function agentEvent(draft: Draft, event: AgentEvent): void {
  if (!draft.state.terminals[event.terminal]) return;
  if (event.type === "acted-directly") return actedDirectly(draft, event);
  if (event.type === "usage-measured") return usageMeasured(draft, event);
  if (event.type === "files-edited") return rememberEdits(draft, event);
  if (event.type === "edits-made") {
    const { edits = 0, directEdits = 0 } = draft.state.counters;
    return draft.count({ edits: edits + event.edits, directEdits: directEdits + event.direct });
  }
  const { model, contextPercent, contextSize, limits, at } = event;
  draft.set({ meters: { ...draft.state.meters, [event.terminal]: { model, contextPercent, contextSize, limits, at } } });
}

function actedDirectly(draft: Draft, event: Of<"acted-directly">): void {
  const gates = draft.state.gates ?? [];
  const reason = reasonOf(event);
  if (gates.includes(reason)) return;
  draft.set({ gates: [...gates, reason].slice(-MOST_GATES) });
  draft.notice("warning", gateWords(event));
}

/** Booked on the terminal, and on the session of the task that it has in hand. */
function usageMeasured(draft: Draft, event: Of<"usage-measured">): void {
  const { state } = draft;
  const { models, activeMs, personMs } = event;
  const more = { models, activeMs, personMs };
  const { terminals = {}, sessions = {} } = state.usage ?? {};
  const task = state.terminals[event.terminal]?.task ?? null;
  const session = (task === null ? undefined : state.plan.tasks.find(({ number }) => number === task))?.session ?? null;
  draft.set({
    usage: {
      terminals: { ...terminals, [event.terminal]: addUsage(terminals[event.terminal], more) },
      sessions: session === null ? sessions : { ...sessions, [session]: addUsage(sessions[session], more) },
    },
  });
}
