/** What must hold of every state, whatever happened. Run after every step in tests; cheap enough to run on a live journal. */
import { Gates } from "./gates.ts";
import { planIndex } from "./plan-index.ts";
import { isOpen } from "./reduce/blockers.ts";
import { tallyOf, terminalTally, wholeTally, type Tally } from "./tally.ts";
import { isOver, isUp } from "./terminals.ts";
import { messagesOf } from "./messages.ts";
import type { Blocker, Message, State, Task, Terminal } from "./types.ts";

/** The rules that this state breaks, in words; empty when it is sound. */
export function invariants(state: State): string[] {
  const broken: string[] = [];
  const check = (holds: boolean, words: string): void => {
    if (!holds) broken.push(words);
  };
  everyTaskOnce(state, check);
  for (const task of Object.values(state.tasks)) soundTask(state, task, check);
  for (const terminal of Object.values(state.terminals)) soundTerminal(state, terminal, check);
  for (const blocker of Object.values(state.blockers)) soundBlocker(state, blocker, check);
  soundGates(state, check);
  soundTallies(state, check);
  for (const message of messagesOf(state)) soundMessage(state, message, check);
  for (const { id, terminal, state: stands } of Object.values(state.questions ?? {})) {
    const asker = state.terminals[terminal];
    check(stands !== "open" || (asker !== undefined && isUp(asker)), `question ${id} is open, and terminal ${terminal} is not up`);
  }
  soundCounters(state, check);
  check(Number.isInteger(state.seq) && state.seq >= 1, `seq is ${state.seq}`);
  check(state.log.length <= 200 && state.notices.length <= 100, `log has ${state.log.length} lines, notices ${state.notices.length}`);
  return broken;
}

type Check = (holds: boolean, words: string) => void;

function everyTaskOnce(state: State, check: Check): void {
  const planned = new Set(state.plan.tasks.map((task) => task.number));
  const known = Object.keys(state.tasks).map(Number);
  check(
    planned.size === known.length && known.every((number) => planned.has(number)),
    `the plan has ${planned.size} tasks, the state ${known.length}`,
  );
  const counted = state.plan.sessions.flatMap((session) => session.tasks);
  check(new Set(counted).size === counted.length, "a task is counted in two sessions");
  for (const [key, task] of Object.entries(state.tasks)) check(Number(key) === task.number, `task ${task.number} is kept under ${key}`);
}

function soundTask(state: State, task: Task, check: Check): void {
  const name = `task ${task.number}`;
  const terminal = task.terminal === null ? undefined : state.terminals[task.terminal];
  check(task.terminal === null || terminal !== undefined, `${name} belongs to terminal ${task.terminal}, which does not exist`);
  check(
    (task.state === "running") === (terminal?.task === task.number),
    `${name} is ${task.state}, and terminal ${task.terminal} works on ${terminal?.task ?? "nothing"}`,
  );
  check(
    task.state !== "running" || (terminal !== undefined && isUp(terminal)),
    `${name} runs in terminal ${task.terminal}, which is not up`,
  );
  check(task.state !== "running" || task.startedAt !== null, `${name} runs and was never started`);
  check(isOver(task) || task.endedAt === null, `${name} is ${task.state} and has an end`);
  check((task.doneBy !== null) === (task.state === "done"), `${name} is ${task.state}, done by ${task.doneBy}`);
  check((task.waitsFor !== null) === (task.state === "waiting"), `${name} is ${task.state}, waits for ${task.waitsFor}`);
  check(task.state !== "blocked" || task.blocker !== null, `${name} is blocked by nothing`);
  check(
    task.blocker === null || task.state === "blocked" || task.state === "parked",
    `${name} is ${task.state} and has blocker ${task.blocker}`,
  );
  const blocker = task.blocker === null ? undefined : state.blockers[task.blocker];
  check(
    task.blocker === null || (blocker !== undefined && blocker.state !== "resolved" && blocker.tasks.includes(task.number)),
    `${name} and its blocker ${task.blocker} do not know each other`,
  );
  check(task.workedMs >= 0 && task.blockedMs >= 0 && task.since <= state.t, `${name} has impossible times`);
  // Work and standstill never overlap: together they are at most the time there was until its present state began.
  const { totalMs = 0, stretchMs = 0, since = null } = task.asked ?? {};
  check(
    task.workedMs + task.blockedMs + totalMs <= task.since,
    `${name} worked ${task.workedMs}, stood ${task.blockedMs} and asked ${totalMs} ms by ${task.since}`,
  );
  check(stretchMs <= state.t - task.since && (since === null || since >= task.since), `${name} asked longer than it ran`);
  check(since === null || task.state === "running", `${name} is ${task.state} and still asks`);
}

function soundTerminal(state: State, terminal: Terminal, check: Check): void {
  const name = `terminal ${terminal.number}`;
  const running = Object.values(state.tasks).filter((task) => task.state === "running" && task.terminal === terminal.number);
  check(running.length <= 1, `${name} runs tasks ${running.map((task) => task.number).join(", ")}`);
  check(
    terminal.task === null || state.tasks[terminal.task]?.state === "running",
    `${name} works on task ${terminal.task}, which does not run`,
  );
  const kinds = terminal.state === "asking" || terminal.state === "error" || (terminal.state === "busy" && terminal.kind === "rate-limit");
  check(terminal.kind === null || kinds, `${name} is ${terminal.state} of kind ${terminal.kind}`);
  check(terminal.exit === null || terminal.state === "exited" || terminal.state === "error", `${name} has ended and is ${terminal.state}`);
  check(terminal.state !== "exited" || terminal.exit !== null || terminal.lost, `${name} is exited without an exit`);
  check(terminal.pid === null || isUp(terminal) || terminal.lost, `${name} is ${terminal.state} and has process ${terminal.pid}`);
  check(terminal.since <= state.t && terminal.starts >= 0, `${name} has impossible times`);
}

function soundBlocker(state: State, blocker: Blocker, check: Check): void {
  const name = `blocker ${blocker.id}`;
  check(state.blockers[blocker.id] === blocker, `${name} is kept under another name`);
  check(new Set(blocker.tasks).size === blocker.tasks.length, `${name} names a task twice`);
  for (const number of blocker.tasks) check(number in state.tasks, `${name} names task ${number}, which does not exist`);
  check((blocker.closedAt === null) === isOpen(blocker), `${name} is ${blocker.state}, closed at ${blocker.closedAt}`);
  check(blocker.evidence.length > 0 && blocker.history[0] !== undefined, `${name} has no evidence or no history`);
  check(blocker.since <= state.t && (blocker.heldSince ?? 0) <= state.t, `${name} begins in the future`);
  const stopped = blocker.tasks.flatMap((number) => state.tasks[number] ?? []).filter((task) => task.blocker === blocker.id);
  check(blocker.state !== "parked" || stopped.every((task) => task.state === "parked"), `${name} is parked and blocks a task`);
  check(
    blocker.undo === undefined || blocker.undo === null || blocker.undo.tasks.every(({ number }) => number in state.tasks),
    `${name} would put back a task that does not exist`,
  );
}

/** Readiness is kept up to date by counting; here it is computed from scratch. */
function soundGates(state: State, check: Check): void {
  const gates = new Gates(
    planIndex(state.plan),
    Object.values(state.terminals).map((terminal) => terminal.number),
    (number) => state.tasks[number],
  );
  for (const task of Object.values(state.tasks)) {
    if (task.state !== "ready" && task.state !== "waiting") continue;
    const holds = gates.holds(task);
    check(holds === task.waitsFor, `task ${task.number} should wait for "${holds}", but is ${task.state} with "${task.waitsFor}"`);
  }
}

/** Sums are carried from state to state; here all tasks are looked at again. */
function soundTallies(state: State, check: Check): void {
  const anew = { ...state, tasks: { ...state.tasks } };
  const lists = (of: State) => [...of.plan.streams, ...of.plan.sessions].map(({ tasks }) => tallyOf(of, tasks));
  const terminals = (of: State) => Object.values(of.terminals).map(({ number }) => terminalTally(of, number));
  const tallies = (of: State) => [wholeTally(of), ...lists(of), ...terminals(of)];
  const expected = tallies(anew);
  tallies(state).forEach((tally, at) => {
    const [is, should] = [inWords(tally), inWords(expected[at] ?? tally)];
    check(is === should, `a tally is ${is}, and should be ${should}`);
  });
}

/** In any order, and without the last digits, which depend on the order of the additions. */
function inWords({ moving, terminals, ...sums }: Tally): string {
  const tasks = moving.map((task) => JSON.stringify(task)).toSorted();
  return JSON.stringify([sums, tasks, terminals.toSorted((a, b) => a - b)], (_, value: unknown) =>
    typeof value === "number" && Number.isFinite(value) ? Math.round(value * 1e3) / 1e3 + 0 : value,
  );
}

function soundMessage(state: State, message: Message, check: Check): void {
  const name = `message ${message.id}`;
  check(message.terminal in state.terminals, `${name} is for terminal ${message.terminal}, which does not exist`);
  check(message.text !== "" && message.queuedT <= message.since && message.since <= state.t, `${name} is empty or has impossible times`);
  check(message.state !== "typed" || message.attempts > 0, `${name} is typed and was never typed`);
  check(message.state === "queued" || message.state === "typed" || message.why !== null, `${name} is ${message.state} for no reason`);
}

function soundCounters(state: State, check: Check): void {
  const { blockers, spawned, spawnedAllowed, concurrent, peakConcurrent, busyMs } = state.counters;
  const up = Object.values(state.terminals).filter(isUp).length;
  const sub = Object.values(state.agents).reduce((sum, agent) => sum + (agent.ended || agent.state === "absent" ? 0 : agent.count), 0);
  check(
    blockers === Object.keys(state.blockers).length,
    `${blockers} blockers were counted, ${Object.keys(state.blockers).length} are known`,
  );
  check(concurrent === up + sub, `${concurrent} agents are counted, ${up} terminals and ${sub} sub-agents are there`);
  check(peakConcurrent >= concurrent, `the peak ${peakConcurrent} is below ${concurrent}`);
  check(spawned >= spawnedAllowed && spawnedAllowed >= 0, `${spawnedAllowed} of ${spawned} spawns were allowed`);
  check(busyMs >= 0, `busy time is ${busyMs}`);
}
