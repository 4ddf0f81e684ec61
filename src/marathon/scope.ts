/** Work that joins a running plan, or moves in it: judged before it is done, and said in numbers. */
import { parseDuration, showMinutes } from "../plan/durations.ts";
import type { PlanTask } from "../plan/types.ts";
import { planIndex } from "./plan-index.ts";
import { isOver } from "./terminals.ts";
import type { Fact, State } from "./types.ts";
import { oneLine } from "./words.ts";

export interface Addition {
  readonly title: string;
  /** Why the plan must grow; without one it does not. */
  readonly reason: string | null;
  readonly session: string | null;
  readonly stream: string | null;
  readonly terminal: number | null;
  /** "45m", "2h"; as people write durations. */
  readonly estimate: string | null;
  readonly run: string | null;
  readonly by: string;
}

export type Judged = { readonly fact: Fact; readonly change: string } | { readonly refused: string };

const MOST_TITLE = 200;
const MOST_REASON = 2000;

export function judgeAddition(state: State, wish: Addition): Judged {
  const { plan } = state;
  const title = oneLine(wish.title, MOST_TITLE);
  if (title === "") return { refused: "say what is to be done: the new task has no title" };
  const session = wish.session === null ? null : plan.sessions.find(({ id }) => sameId(id, wish.session ?? ""));
  if (session === undefined) return { refused: `the plan has no session ${wish.session}; it has ${named(plan.sessions)}` };
  const terminal = wish.terminal === null ? null : state.terminals[wish.terminal];
  if (terminal === undefined) return { refused: `this marathon has no terminal ${wish.terminal}` };
  const wanted = wish.stream ?? session?.stream ?? terminal?.stream ?? null;
  const stream = wanted === null ? null : plan.streams.find(({ id }) => sameId(id, wanted));
  if (stream === undefined) return { refused: `the plan has no stream ${wanted}; it has ${named(plan.streams)}` };
  const estimate = wish.estimate === null ? null : parseDuration(wish.estimate, "minutes");
  if (wish.estimate !== null && estimate === null) return { refused: `"${wish.estimate}" is no duration: write 45m, 2h or 1h 30m` };
  const total = Object.values(state.tasks).filter((task) => task.state !== "dropped").length;
  const where = session ? ` in session ${session.id}` : stream ? ` in stream ${stream.id}` : "";
  const change = `${total} → ${total + 1} tasks${estimate === null ? "" : `, +${showMinutes(estimate.high)}`}${where}`;
  const reason = oneLine(wish.reason ?? "", MOST_REASON);
  if (reason === "") return { refused: `that changes the plan (${change}): say why, or finish what is planned first (--reason "TEXT")` };
  const task: PlanTask = {
    file: plan.files[0] ?? "plan",
    line: 1,
    column: 1,
    number: Math.max(0, ...plan.tasks.map(({ number }) => number)) + 1,
    title,
    stream: stream?.id ?? null,
    session: session?.id ?? null,
    terminal: wish.terminal,
    phase: phaseOf(state, stream?.tasks ?? session?.tasks ?? []),
    group: null,
    target: null,
    from: null,
    to: null,
    run: wish.run === null || wish.run.trim() === "" ? null : wish.run.trim(),
    fallback: null,
    answer: null,
    role: null,
    agent: null,
    estimate: estimate === null ? null : { ...estimate, source: "plan", rule: null },
    dependsOn: [],
    priority: null,
    doneInPlan: false,
  };
  return { fact: { type: "task-added", task, reason, by: wish.by }, change };
}

/** Carry-over: the task leaves its session for another, and is counted there alone. */
export function judgeCarry(state: State, number: number, to: string, reason: string, by: string): Judged {
  const planned = planIndex(state.plan).tasks.get(number);
  const task = state.tasks[number];
  if (!planned || !task) return { refused: `task ${number} is not in the plan` };
  if (isOver(task)) return { refused: `task ${number} is ${task.state} already: it stays in session ${planned.session ?? "none"}` };
  const session = state.plan.sessions.find(({ id }) => sameId(id, to));
  if (!session) return { refused: `the plan has no session ${to}; it has ${named(state.plan.sessions)}` };
  if (planned.session === session.id) return { refused: `task ${number} is in session ${session.id} already` };
  const words = oneLine(reason, MOST_REASON);
  if (words === "") return { refused: `say why task ${number} moves to session ${session.id}: --reason "TEXT"` };
  const from = planned.session ?? "none";
  return {
    fact: { type: "task-carried", task: number, to: session.id, reason: words, by },
    change: `task ${number}: session ${from} → ${session.id}`,
  };
}

/** With the work that it belongs to; else with what comes last. */
function phaseOf({ plan }: State, siblings: readonly number[]): number {
  const { tasks } = planIndex(plan);
  const phases = siblings.flatMap((number) => tasks.get(number)?.phase ?? []);
  return Math.max(...(phases.length > 0 ? phases : plan.tasks.map(({ phase }) => phase)), 1);
}

function named(items: readonly { readonly id: string }[]): string {
  return items.length === 0 ? "none" : items.map(({ id }) => id).join(", ");
}

function sameId(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase() || (/^\d+$/.test(a) && /^\d+$/.test(b) && Number(a) === Number(b));
}
