/** What the agents concerned are told when somebody acts on a blocker. The messages are delivered when each agent can take one. */
import { holderWords } from "./blockers.ts";
import { isUp } from "./terminals.ts";
import type { Blocker, Event, Message, State } from "./types.ts";
import { undoneWords } from "./undo.ts";
import { listed, oneLine } from "./words.ts";

type BlockerEvent = Extract<Event, { readonly type: `blocker-${string}` }>;

export interface BlockerMessage extends Pick<Message, "terminal" | "text" | "by"> {
  readonly purpose: "escalation" | "reassignment" | "resolution";
  readonly blocker: string;
}

/** One message per agent that can read one: long-lived, and there. `before` and `after` are the states around the event. */
export function messagesAbout(before: State, after: State, event: Event): readonly BlockerMessage[] {
  if (!isAct(event)) return [];
  const [was, now] = [before.blockers[event.blocker], after.blockers[event.blocker]];
  // What stands in a blocker file was written by an agent, which knows it.
  if (!was || !now || was === now || event.by.startsWith("file ")) return [];
  return told(before, after, event, was, now).filter(({ terminal: number }) => {
    const terminal = after.terminals[number];
    return terminal !== undefined && isUp(terminal) && !terminal.perTask && event.by !== `terminal ${number}`;
  });
}

function isAct(event: Event): event is BlockerEvent {
  return event.type.startsWith("blocker-");
}

function told(before: State, after: State, event: BlockerEvent, was: Blocker, now: Blocker): readonly BlockerMessage[] {
  const each = (terminals: readonly number[], purpose: BlockerMessage["purpose"], words: (terminal: number) => string) =>
    terminals.map((terminal): BlockerMessage => ({ terminal, purpose, blocker: now.id, by: event.by, text: words(terminal) }));
  switch (event.type) {
    case "blocker-escalated":
      return now.holder.terminal === null ? [] : each([now.holder.terminal], "escalation", () => escalationWords(now, event.note));
    case "blocker-reassigned":
      return reassigned(before, event, now);
    case "blocker-fell-back":
      return each(homes(after, now, "parked"), "reassignment", (terminal) => fallbackWords(after, now, terminal));
    case "blocker-resumed":
      return each(homes(before, was, "parked"), "resolution", (terminal) => {
        const work = tasksAt(before, was, terminal);
        return `Blocker ${now.id} is resumed: go on with ${work} when your assignment file names it${because(event.note)}.`;
      });
    case "blocker-closed":
      if (event.as === "known") return [];
      return each(homes(before, was), "resolution", (terminal) => {
        const work = upper(tasksAt(before, was, terminal));
        const what = `Blocker ${now.id} is resolved: ${oneLine(now.title, 120)}${because(event.note)}.`;
        return `${what} ${work} can be worked on again; your assignment file says when.`;
      });
    case "blocker-undone":
      return each(homes(after, now), "reassignment", (terminal) => {
        const state = now.state === "parked" ? "parked" : "blocked";
        return `${upper(undoneWords(event.act))} of blocker ${now.id} was taken back: ${tasksAt(after, now, terminal)} is ${state} again.`;
      });
    default:
      return [];
  }
}

function escalationWords(blocker: Blocker, note: string | null): string {
  const { id, priority, holder, title, tasks } = blocker;
  const what = `Blocker ${id} (${priority}) is yours now, ${holderWords(holder)}: ${oneLine(title, 200)}.`;
  const stops = tasks.length > 0 ? ` It stops ${listed(tasks)}${because(note)}.` : because(note);
  return `${what}${stops} Resolve it, reassign it, or pass it on: $MARATHON_BIN blocker ${id} resolve, reassign --to N, or escalate, each with --note TEXT; without any of them it tells everything.`;
}

function reassigned(
  before: State,
  event: Extract<Event, { readonly type: "blocker-reassigned" }>,
  blocker: Blocker,
): readonly BlockerMessage[] {
  const from = [...new Set(event.tasks.map((number) => before.tasks[number]?.terminal ?? null))].filter((number) => number !== null);
  const [names, files] = [listed(event.tasks), listed(event.tasks.map(handoffName))];
  const base = { purpose: "reassignment", blocker: blocker.id, by: event.by } as const;
  return [
    ...from.map((terminal) => ({
      ...base,
      terminal,
      text: `Stop working on ${names}: it goes to terminal ${event.to}${because(event.note)}. Hand it over: complete ${files} in the scratchpad (what is done, what is not, what you tried, what you would try next), then go on with your next task.`,
    })),
    {
      ...base,
      terminal: event.to,
      text: `You take over ${names}${from.length > 0 ? ` from terminal ${from.join(", ")}` : ""}: ${oneLine(blocker.title, 200)}. It comes next. All that is known of it is in your assignment file ("takenOver"), and in ${files} in the scratchpad.`,
    },
  ];
}

export function handoffName(task: number): string {
  return `TASK_${String(task).padStart(3, "0")}_HANDOFF.md`;
}

function fallbackWords(state: State, blocker: Blocker, terminal: number): string {
  const instead = blocker.fallback;
  const parked = `${upper(tasksAt(state, blocker, terminal))} is parked as it is (blocker ${blocker.id}).`;
  if (!instead) return parked;
  const pulled = instead.tasks.filter((number) => state.tasks[number]?.terminal === terminal);
  return pulled.length > 0
    ? `${parked} Go on with ${listed(pulled)}: your assignment file names it next.`
    : `${parked} Do this instead: ${oneLine(instead.text, 300)}. Then go on with your assignment file, which says when the parked work is back.`;
}

/** Terminals of the tasks that the blocker stops, or of those in this state. */
function homes(state: State, blocker: Blocker, only?: "parked"): readonly number[] {
  const found = blocker.tasks.flatMap((number) => {
    const task = state.tasks[number];
    return task?.blocker === blocker.id && task.terminal !== null && (only === undefined || task.state === only) ? [task.terminal] : [];
  });
  return [...new Set(found)];
}

function tasksAt(state: State, blocker: Blocker, terminal: number): string {
  const own = blocker.tasks.filter((number) => state.tasks[number]?.terminal === terminal && state.tasks[number]?.blocker === blocker.id);
  return `${own.length === 1 ? "task" : "tasks"} ${listed(own)}`;
}

function because(note: string | null): string {
  return note ? ` (${oneLine(note, 300)})` : "";
}

function upper(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
