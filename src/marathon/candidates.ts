/**
 * Who could take over blocked work: every other terminal, ranked, with the reasons in words. Terminals of a session that is kept for
 * blockers come first. Siblings under the same
 * coordinator come next (a coordinator may move work within its domain without asking anybody above), then whoever
 * the routing table names for the domain, then the same stream, then who has the least to do and knows the files.
 */
import { bufferSession } from "./buffer-session.ts";
import { estimateOf } from "./estimates.ts";
import { planIndex } from "./plan-index.ts";
import { workedMs } from "./progress.ts";
import { reportsTo, roleOfTerminal, route } from "./routing.ts";
import { isFree, isOver, isUp } from "./terminals.ts";
import type { Blocker, State, Terminal } from "./types.ts";
import { counted, listed } from "./words.ts";

export interface Candidate {
  readonly terminal: number;
  readonly role: string | null;
  /** What speaks for it, the weightiest first. */
  readonly reasons: readonly string[];
  /** What to know before choosing it; it can be chosen all the same. */
  readonly cautions: readonly string[];
  /** Why it cannot be chosen; null when it can. */
  readonly refused: string | null;
  readonly score: number;
}

/** So many tasks may wait in one terminal after having been moved there: more would stand in line rather than be worked on. */
const MOST_MOVED = 3;

/** All terminals but the blocked one, the best first; those that cannot take it come last with the reason. */
export function candidatesFor(state: State, blocker: Blocker, tasks: readonly number[]): readonly Candidate[] {
  return Object.values(state.terminals)
    .filter((terminal) => !(terminal.number === blocker.terminal || isHome(state, terminal.number, tasks)))
    .map((terminal) => judge(state, terminal, blocker, tasks))
    .toSorted((a, b) => Number(a.refused !== null) - Number(b.refused !== null) || b.score - a.score || a.terminal - b.terminal);
}

/** Why this terminal cannot take these tasks, with what to do instead; null when it can. */
export function refusal(state: State, number: number, tasks: readonly number[]): string | null {
  const terminal = state.terminals[number];
  if (!terminal) return `there is no terminal ${number}: this marathon has ${listed(Object.keys(state.terminals), 10)}`;
  const name = tasks.length === 1 ? `task ${tasks[0]} is` : "its tasks are";
  if (isHome(state, number, tasks)) return `${name} in terminal ${number} already: resume or resolve the blocker to try again there`;
  if (terminal.retired) return `terminal ${number} takes no more work: restart it first (marathon restart --terminal ${number})`;
  const dead = terminal.lost || terminal.exit !== null || terminal.state === "exited";
  if (dead && !(terminal.perTask && !terminal.lost))
    return `terminal ${number} is dead (${terminal.evidence ?? terminal.state}): restart it first (marathon restart --terminal ${number})`;
  const waiting = moved(state, number).filter((task) => !tasks.includes(task));
  if (waiting.length >= MOST_MOVED)
    return `terminal ${number} is full: ${listed(waiting)} were moved there and still wait; choose another terminal`;
  return null;
}

interface Said {
  readonly score: number;
  readonly reason: string;
}

function judge(state: State, terminal: Terminal, blocker: Blocker, tasks: readonly number[]): Candidate {
  const { number } = terminal;
  const open = Object.values(state.tasks).filter((task) => task.terminal === number && !isOver(task));
  const said = [
    keptForBlockers(state, number),
    sibling(state, terminal, blocker),
    routedTo(state, terminal, tasks),
    sameStream(state, terminal, tasks),
    knowsFiles(state, number, tasks),
    isFree(terminal)
      ? { score: 20, reason: "it is free now" }
      : terminal.starts === 0
        ? { score: 15, reason: "it has not begun yet" }
        : null,
  ].filter((item) => item !== null);
  const load = open.length === 0 ? "nothing else to do" : `${counted(open.length, "open task")} of its own`;
  return {
    terminal: number,
    role: roleOfTerminal(state, terminal),
    reasons: [...said.toSorted((a, b) => b.score - a.score).map(({ reason }) => reason), load],
    cautions: cautionsOf(state, terminal, tasks),
    refused: refusal(state, number, tasks),
    // The load decides among equals: an open task weighs less than any reason.
    score: said.reduce((sum, { score }) => sum + score, 0) - Math.min(9, open.length),
  };
}

function keptForBlockers({ plan }: State, number: number): Said | null {
  const buffer = bufferSession(plan);
  if (!buffer?.terminals.has(number)) return null;
  return { score: 60, reason: `it belongs to session ${buffer.session.id}, which is kept for blockers` };
}

function sibling(state: State, terminal: Terminal, blocker: Blocker): Said | null {
  const home = blocker.terminal === null ? undefined : state.terminals[blocker.terminal];
  const boss = home ? reportsTo(state, home) : null;
  if (boss === null || reportsTo(state, terminal) !== boss) return null;
  return { score: isFree(terminal) ? 50 : 35, reason: `sibling under ${boss}${isFree(terminal) ? ", and idle" : ""}` };
}

function routedTo(state: State, terminal: Terminal, tasks: readonly number[]): Said | null {
  const words = tasks.map((number) => wordsOf(state, number)).join(" ");
  const chain = route(state.hierarchy, words);
  const boss = reportsTo(state, terminal);
  return chain?.at(-1) === boss && boss !== null ? { score: 25, reason: `the routing table leads to ${boss}` } : null;
}

function sameStream(state: State, terminal: Terminal, tasks: readonly number[]): Said | null {
  const { tasks: planned } = planIndex(state.plan);
  const stream = tasks.map((number) => planned.get(number)?.stream).find((id) => id !== null && id !== undefined);
  const own = terminal.stream ?? state.plan.streams.find(({ terminals }) => terminals.includes(terminal.number))?.id;
  return stream !== undefined && own === stream ? { score: 15, reason: `same stream ${stream}` } : null;
}

function knowsFiles(state: State, terminal: number, tasks: readonly number[]): Said | null {
  const wanted = new Set(tasks.flatMap((number) => placesOf(state, number)));
  const known = Object.values(state.tasks).filter((task) => task.terminal === terminal && !tasks.includes(task.number));
  const shared = known.flatMap((task) => placesOf(state, task.number)).find((place) => wanted.has(place));
  return shared === undefined ? null : { score: 12, reason: `has worked on ${shared}` };
}

/** A task's file, and the folder that it lies in. */
function placesOf(state: State, number: number): readonly string[] {
  const target = planIndex(state.plan).tasks.get(number)?.target?.trim();
  if (!target || !/[./]/.test(target) || /\s/.test(target)) return [];
  const folder = target.slice(0, target.lastIndexOf("/") + 1);
  return folder === "" ? [target] : [target, folder];
}

function cautionsOf(state: State, terminal: Terminal, tasks: readonly number[]): readonly string[] {
  const cautions: string[] = [];
  const at = terminal.task;
  if (terminal.state === "asking") cautions.push("it asks a question: nothing begins there before somebody answers");
  if (at !== null) cautions.push(`works on ${at}${stillMs(state, at)}: this comes next`);
  if (!isUp(terminal) && terminal.starts > 0 && terminal.exit === null && !terminal.lost) cautions.push("it is still starting");
  const waiting = moved(state, terminal.number).filter((task) => !tasks.includes(task));
  if (waiting.length > 0) cautions.push(`${listed(waiting)} moved there earlier and not begun`);
  const clash = overlap(state, terminal.number, tasks);
  if (clash !== null) cautions.push(clash);
  return cautions;
}

/** Two agents in one file at the same time is how merges go wrong. */
function overlap(state: State, terminal: number, tasks: readonly number[]): string | null {
  const target = (number: number): string | null => planIndex(state.plan).tasks.get(number)?.target ?? null;
  const files = new Set(tasks.map(target).filter((file) => file !== null));
  const other = Object.values(state.tasks).find(
    (task) =>
      task.state === "running" && task.terminal !== terminal && !tasks.includes(task.number) && files.has(target(task.number) ?? ""),
  );
  return other ? `terminal ${other.terminal} works on the same file now (${target(other.number)})` : null;
}

function stillMs(state: State, number: number): string {
  const estimate = estimateOf(planIndex(state.plan).tasks.get(number));
  const task = state.tasks[number];
  if (estimate === null || !task) return "";
  const left = Math.max(0, estimate - workedMs(task, state.t));
  return left === 0 ? ", longer than planned already" : `, about ${Math.ceil(left / 60_000)}m more by its estimate`;
}

/** Tasks that were moved to this terminal and have not begun there. */
function moved(state: State, terminal: number): readonly number[] {
  return Object.values(state.tasks).flatMap((task) =>
    task.terminal === terminal && (task.movedSeq ?? null) !== null && (task.state === "ready" || task.state === "waiting")
      ? [task.number]
      : [],
  );
}

function isHome(state: State, terminal: number, tasks: readonly number[]): boolean {
  return tasks.length > 0 && tasks.every((number) => state.tasks[number]?.terminal === terminal);
}

function wordsOf(state: State, number: number): string {
  const task = planIndex(state.plan).tasks.get(number);
  const stream = state.plan.streams.find(({ id }) => id === task?.stream);
  return [task?.title, task?.target, task?.group, stream?.name, stream?.goal].filter((text) => text).join(" ");
}
