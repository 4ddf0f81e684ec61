/**
 * An agent that shows nothing for too long may hang, and one that waits for a person may wait for ever: that is a blocker, although
 * its task still runs. It ends by itself when the screen moves again or the agent waits no longer, or when the task leaves the
 * terminal; another signal about the same task joins it.
 */
import type { Draft } from "../draft.ts";
import { planIndex } from "../plan-index.ts";
import { isSilence, isStandstill, silenceOf, silenceSource } from "../silence.ts";
import type { Event } from "../types.ts";
import { oneLine } from "../words.ts";
import { create, shut } from "./blockers.ts";

type Of<T extends Event["type"]> = Extract<Event, { readonly type: T }>;

export function silenceBegan(draft: Draft, event: Of<"silence-began">): void {
  const terminal = draft.state.terminals[event.terminal];
  if (!terminal || terminal.task !== event.task || silenceOf(draft.state, event.task)) return;
  const planned = planIndex(draft.state.plan).tasks.get(event.task);
  const title = silenceTitle(event, terminal.evidence);
  const line = event.waits === undefined ? title : `${title} (for ${event.minutes} minutes when it was noticed)`;
  const source = silenceSource(event.terminal, event.waits !== undefined);
  create(draft, {
    title,
    priority: planned?.priority ?? null,
    tasks: [event.task],
    sessions: planned?.session ? [planned.session] : [],
    terminal: event.terminal,
    step: "identify",
    cause: null,
    evidence: [{ source, line, file: null, at: event.at }],
    by: source,
  });
}

/** Of what an agent waits for, the clock beside it tells for how long. */
function silenceTitle({ terminal, task, minutes, waits }: Of<"silence-began">, evidence: string | null): string {
  if (waits === undefined) return `terminal ${terminal} has shown nothing for ${minutes} minutes while at work on task ${task}`;
  const kind = { asking: "unanswered", error: "an error that nobody looks at", blocked: "says that it is blocked" }[waits];
  return oneLine(`${kind}${evidence ? `: ${evidence}` : ""}`);
}

export function silenceEnded(draft: Draft, event: Of<"silence-ended">): void {
  for (const blocker of Object.values(draft.state.blockers))
    if (isSilence(draft.state, blocker) && blocker.terminal === event.terminal)
      shut(draft, blocker.id, "resolved", "marathon", isStandstill(blocker) ? "its agent waits no longer" : "its screen moves again");
}

/** The task is in hand no longer: whatever it was silent about is over. */
export function endSilence(draft: Draft, task: number, why: string): void {
  const blocker = silenceOf(draft.state, task);
  if (blocker && draft.state.tasks[task]?.blocker !== blocker.id) shut(draft, blocker.id, "resolved", "marathon", why);
}
