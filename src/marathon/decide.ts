/**
 * What follows from an event: facts to record. Everything is decided at once, by folding each decision into a draft
 * before the next is made; the recorded events then say the same to the real state, one after the other.
 */
import { allocate, hasReadyWork, willBeTaken } from "./allocate.ts";
import { afterCrash } from "./crash.ts";
import { blockerFileRemoved } from "./blocker-file.ts";
import { messagesAbout } from "./blocker-messages.ts";
import { Draft } from "./draft.ts";
import { escalatedByClock } from "./escalation.ts";
import { apply } from "./reduce/index.ts";
import { readReport } from "./reports.ts";
import { holdingRules } from "./risk-rules.ts";
import { isFree, isLive, isOver, waitsForPerson } from "./terminals.ts";
import { checkInDue } from "./time/check-in.ts";
import type { Event, Fact, State, Task, Terminal } from "./types.ts";
import { waitingWords } from "./waits.ts";
import { counted, listed } from "./words.ts";

/** Agents that end by themselves and may be started again for more work. Others are restarted by a person. */
const RESTARTABLE: ReadonlySet<string> = new Set(["command", "rehearsal"]);
/** A program that ends at once with its work undone must not be started for ever: 5 starts in 10 minutes of t. */
const MOST_STARTS = 5;
const STARTS_WITHIN_MS = 10 * 60_000;

/** The facts to record because of `event`, in order. `before` and `after` are the states on either side of it. */
export function decide(before: State, after: State, event: Event): readonly Fact[] {
  const facts: Fact[] = [];
  const draft = new Draft(after);
  const take = (decided: readonly Fact[]): void => {
    for (const fact of decided) {
      facts.push(fact);
      apply(draft, { ...fact, seq: draft.state.seq + 1, at: event.at, t: event.t, cause: event.seq });
    }
  };
  take(reported(before, event));
  take(afterCrash(before, after, event));
  take(tellAgents(before, after, event));
  const earlier = { ...draft.state };
  for (const fact of escalatedByClock(draft.state, event)) {
    take([fact]);
    take(tellAgents(earlier, draft.state, { ...fact, seq: draft.state.seq, at: event.at, t: event.t }));
  }
  take(checkInDue(draft.state, event));
  if (draft.state.engine === null || draft.state.status === "stopped") return facts;
  take(riskNews(draft));
  take(firstStarts(draft));
  take(restarts(draft));
  take(dueFallbacks(draft));
  take(allocate(draft));
  // Whoever takes a marathon up again starts its terminals next: the standstill before that is no news (a timer of effects.ts asks again).
  if (event.type !== "engine-started" || draft.state.status === "settled") take(standing(draft));
  return facts;
}

/** Rules of the plan whose trigger has begun or ceased to hold: each is offered once, and again when it holds again. */
function riskNews({ state }: Draft): readonly Fact[] {
  if (state.plan.risks.length === 0 || state.status === "done") return [];
  const holds = holdingRules(state, state.t);
  const before = state.riskHolds ?? [];
  const begun = [...holds].filter(([rule]) => !before.includes(rule));
  return [
    ...begun.map(([rule, why]): Fact => ({ type: "risk-offered", rule, holds: true, why })),
    ...before.filter((rule) => !holds.has(rule)).map((rule): Fact => ({ type: "risk-offered", rule, holds: false, why: "it is over" })),
  ];
}

/** What a scratchpad file says of tasks and blockers. */
function reported(before: State, event: Event): readonly Fact[] {
  if (event.type === "file-changed") return readReport(before, event).facts;
  if (event.type === "file-removed") return blockerFileRemoved(before, event.path);
  return [];
}

/** The agents concerned by an act on a blocker are told; each message waits for the moment when its agent can take it. */
function tellAgents(before: State, after: State, event: Event): readonly Fact[] {
  return messagesAbout(before, after, event).map((message) => ({ type: "message-queued", ...message }));
}

/** Terminals that were never started, as far as there is anything they could do. */
function firstStarts({ state }: Draft): readonly Fact[] {
  const idle = Object.values(state.terminals).filter((terminal) => terminal.starts === 0 && !terminal.retired);
  if (idle.length === 0) return [];
  const open = Object.values(state.tasks).filter((task) => !isOver(task));
  const unbound = open.some((task) => task.terminal === null);
  const owners = new Set(open.map((task) => task.terminal));
  return idle
    .filter((terminal) => unbound || owners.has(terminal.number))
    .map((terminal) => ({ type: "terminal-starting", terminal: terminal.number, reason: "the marathon starts" }));
}

/**
 * Agents of a kind that ends by itself are started again when they ended well and there is work for them. One that
 * keeps ending is retired. An agent with one program per task never ends by itself: where only its program was ended
 * (a question that nobody was there to answer), it goes on with the next. Whatever else has ended waits for a person.
 */
function restarts(draft: Draft): readonly Fact[] {
  return Object.values(draft.state.terminals).flatMap((terminal): Fact[] => {
    if (terminal.state !== "exited" || terminal.lost || terminal.retired || !hasReadyWork(draft, terminal)) return [];
    if (terminal.perTask)
      return [{ type: "terminal-starting", terminal: terminal.number, reason: "its program was ended and there is more work" }];
    if (!endedWell(terminal)) return [];
    const recent = (terminal.startTimes ?? []).filter((t) => t > draft.state.t - STARTS_WITHIN_MS).length;
    if (recent < MOST_STARTS)
      return [{ type: "terminal-starting", terminal: terminal.number, reason: "its agent ended and there is work for it" }];
    return [
      {
        type: "terminal-retired",
        terminal: terminal.number,
        reason: `its agent ended ${recent} times within 10 minutes with work left; restart it to go on`,
      },
    ];
  });
}

function endedWell({ agent, exit }: Terminal): boolean {
  return RESTARTABLE.has(agent) && exit !== null && exit.code === 0 && exit.signal === null;
}

/** Whether the marathon is done, settled, or goes on again. */
function standing(draft: Draft): readonly Fact[] {
  const { state } = draft;
  const tasks = Object.values(state.tasks);
  if (tasks.every(isOver)) return state.status === "done" ? [] : [{ type: "marathon-done" }];
  if (state.status === "done") return [{ type: "marathon-resumed", why: "there is open work again" }];
  const why = goesOn(draft);
  if (why !== null) return state.status === "settled" ? [{ type: "marathon-resumed", why }] : [];
  return state.status === "settled" ? [] : [{ type: "marathon-settled", why: standstill(state) }];
}

/** Commands that terminals run instead of parked tasks come before their other work: a person asked for them. */
function dueFallbacks({ state }: Draft): readonly Fact[] {
  return Object.values(state.terminals).flatMap((terminal): Fact[] =>
    terminal.fallback?.state === "due" && isFree(terminal)
      ? [{ type: "fallback-started", terminal: terminal.number, blocker: terminal.fallback.blocker }]
      : [],
  );
}

/** What goes on or will without a person, in words; null when nothing does. */
function goesOn(draft: Draft): string | null {
  const { tasks, terminals } = draft.state;
  const inHand = Object.values(terminals).flatMap(({ task }) => (task === null ? [] : (tasks[task] ?? [])));
  const running = inHand.toSorted((a, b) => a.number - b.number).find((task) => task.state === "running" && !stands(draft.state, task));
  if (running) return `terminal ${running.terminal} works on task ${running.number}`;
  const starting = Object.values(terminals).find((terminal) => terminal.state === "starting" && isLive(draft.state, terminal));
  if (starting) return `terminal ${starting.number} is starting`;
  const instead = Object.values(terminals).find((terminal) => terminal.fallback?.state === "running");
  if (instead) return `terminal ${instead.number} does a fallback`;
  const taken = Object.values(tasks).find((task) => task.state === "ready" && willBeTaken(draft, task));
  return taken ? `task ${taken.number} can be worked on` : null;
}

/** Whether the task's terminal has it in hand and waits for a person. */
function stands(state: State, { number, terminal }: Task): boolean {
  const owner = terminal === null ? undefined : state.terminals[terminal];
  return owner?.task === number && waitsForPerson(state, owner);
}

/** Why nothing goes on, in words: which terminals wait for a person, what is blocked, what waits, and whose terminal is not there. */
function standstill(state: State): string {
  const tasks = Object.values(state.tasks);
  const blocked = tasks.filter((task) => task.state === "blocked").map((task) => task.number);
  const parked = tasks.filter((task) => task.state === "parked").length;
  const inHand = Object.values(state.terminals).filter((terminal) => waitsForPerson(state, terminal));
  const behind = new Set<number | null>(inHand.map((terminal) => terminal.number));
  const ready = tasks.filter((task) => task.state === "ready");
  const stranded = ready.filter((task) => !behind.has(task.terminal));
  const owners = [...new Set(stranded.flatMap((task) => (task.terminal === null ? [] : [task.terminal])))];
  const where = owners.map((number) => `terminal ${number} ${condition(state.terminals[number])}`);
  const parts = [
    ...inHand.map((terminal) => {
      const more = ready.filter((task) => task.terminal === terminal.number).length;
      return `terminal ${terminal.number} ${shown(terminal)}${more > 0 ? ` and has ${more} more to do` : ""}`;
    }),
    blocked.length > 0 ? `${blocked.length === 1 ? "task" : "tasks"} ${listed(blocked)} blocked` : null,
    parked > 0 ? `${counted(parked, "task")} parked` : null,
    ...waitingWords(state),
    stranded.length > 0
      ? `${counted(stranded.length, "task")} without a terminal to work on (${where.length > 0 ? listed(where) : "none is free"})`
      : null,
  ];
  return parts.filter((part) => part !== null).join(", ");
}

function condition(terminal: Terminal | undefined): string {
  if (!terminal) return "does not exist";
  if (terminal.retired) return "takes no more work";
  if (terminal.lost) return "died with its engine";
  return terminal.starts === 0 ? "was never started" : shown(terminal);
}

function shown({ state }: Terminal): string {
  if (state === "asking") return "asks";
  return state === "error" ? "shows an error" : `is ${state}`;
}
