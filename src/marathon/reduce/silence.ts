/**
 * An agent that shows nothing for too long may hang: that is a blocker, although its task still runs. It ends by itself when the
 * screen moves again, or when the task leaves the terminal; another signal about the same task joins it.
 */
import type { Draft } from "../draft.ts";
import { planIndex } from "../plan-index.ts";
import { isSilence, silenceOf } from "../silence.ts";
import type { Event } from "../types.ts";
import { create, shut } from "./blockers.ts";

type Of<T extends Event["type"]> = Extract<Event, { readonly type: T }>;

export function silenceBegan(draft: Draft, event: Of<"silence-began">): void {
  const terminal = draft.state.terminals[event.terminal];
  if (!terminal || terminal.task !== event.task || silenceOf(draft.state, event.task)) return;
  const planned = planIndex(draft.state.plan).tasks.get(event.task);
  const title = `terminal ${event.terminal} has shown nothing for ${event.minutes} minutes while at work on task ${event.task}`;
  const source = `silence of terminal ${event.terminal}`;
  create(draft, {
    title,
    priority: planned?.priority ?? null,
    tasks: [event.task],
    sessions: planned?.session ? [planned.session] : [],
    terminal: event.terminal,
    step: "identify",
    cause: null,
    evidence: [{ source, line: title, file: null, at: event.at }],
    by: source,
  });
}

export function silenceEnded(draft: Draft, event: Of<"silence-ended">): void {
  for (const blocker of Object.values(draft.state.blockers))
    if (isSilence(draft.state, blocker) && blocker.terminal === event.terminal)
      shut(draft, blocker.id, "resolved", "marathon", "its screen moves again");
}

/** The task is in hand no longer: whatever it was silent about is over. */
export function endSilence(draft: Draft, task: number, why: string): void {
  const blocker = silenceOf(draft.state, task);
  if (blocker && draft.state.tasks[task]?.blocker !== blocker.id) shut(draft, blocker.id, "resolved", "marathon", why);
}
