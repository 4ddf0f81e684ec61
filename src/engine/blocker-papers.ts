/** The documents about blockers, put where agents and people look for them. */
import { join, resolve } from "node:path";
import { handoffName } from "../marathon/blocker-messages.ts";
import type { Blocker, Effect, State } from "../marathon/types.ts";
import { blockerDocument } from "../report/blocker-document.ts";
import { escalationName, escalationNote } from "../report/escalation-note.ts";
import { withRisk, withTask, withTodo } from "../report/human-todo.ts";
import { taskHandoff } from "../report/task-handoff.ts";
import type { Papers } from "./papers.ts";
import { isBelow } from "./scratch-file.ts";

type Write = Extract<Effect, { readonly kind: "write" | "write-risk" | "write-listed" }>;

const TITLES = { escalation: "escalation note", "human-todo": "line for people", handoff: "handoff" } as const;

/**
 * `t`: marathon time in ms. `template`: the project's form for handoffs, if any; may throw, and then the handoff has the form of
 * every project without one. Answers what could not be written or read, and why; null when all is well.
 */
export function writeFor(papers: Papers, state: State, t: number, effect: Write, template: () => string | null): string | null {
  try {
    return write(papers, state, t, effect, template);
  } catch (error) {
    return `the ${titleOf(effect)} could not be written: ${(error as Error).message}`;
  }
}

function titleOf(effect: Write): string {
  if (effect.kind === "write") return `${TITLES[effect.document]} of ${effect.blocker}`;
  return `line for people of ${effect.kind === "write-risk" ? effect.risk : `task ${effect.task}`}`;
}

function write(papers: Papers, state: State, t: number, effect: Write, template: () => string | null): string | null {
  const blocker = effect.kind === "write" ? state.blockers[effect.blocker] : undefined;
  const scratchpad = resolve(state.project, state.scratchpad);
  if (effect.kind === "write-risk") listRisk(papers, state, effect.risk);
  else if (effect.kind === "write-listed") listTask(papers, state, effect.task);
  else if (!blocker) return null;
  else if (effect.document === "escalation") {
    const path = join(scratchpad, escalationName(blocker));
    const text = escalationNote(state, t, blocker);
    if (!papers.create(path, text)) papers.replace(path, text);
  } else if (effect.document === "human-todo") {
    list(papers, state, (before) => withTodo(before, state, blocker));
  } else if (effect.task !== undefined) {
    const from = state.tasks[effect.task]?.movedFrom ?? null;
    const { form, fault } = formOf(template);
    // What an agent has written itself is better than what we can say.
    papers.create(join(scratchpad, handoffName(effect.task)), taskHandoff(state, t, blocker, effect.task, from, form));
    return fault;
  }
  return null;
}

/** A form that cannot be read costs nobody the handoff. */
function formOf(template: () => string | null): { readonly form: string | null; readonly fault: string | null } {
  try {
    return { form: template(), fault: null };
  } catch (error) {
    const fault = `the project's form for handoffs could not be read, and the five parts of every handoff were written: ${(error as Error).message}`;
    return { form: null, fault };
  }
}

function listRisk(papers: Papers, state: State, id: string): void {
  const taken = state.risks?.find((one) => one.id === id);
  if (taken) list(papers, state, (before) => withRisk(before, state, taken));
}

/** The task's line in the list for people, new or up to date. Throws what keeps it from being written. */
export function listTask(papers: Papers, state: State, task: number): void {
  list(papers, state, (before) => withTask(before, state, task));
}

/** Brings the list for people up to date. */
function list(papers: Papers, state: State, text: (before: string | null) => string): void {
  const path = humanTodo(papers, state);
  const before = papers.read(path);
  const after = text(before);
  if (before === null) papers.create(path, after);
  else if (after !== before) papers.replace(path, after);
}

/** Writes the blocker's file, or adds to the one that is there. Returns its path. */
export function document(papers: Papers, state: State, t: number, blocker: Blocker): string {
  const { name, file, whole, section } = blockerDocument(state, t, blocker);
  const path = file ?? join(resolve(state.project, state.scratchpad), name ?? `BLOCKER_${blocker.id}.md`);
  if (!papers.create(path, whole)) papers.append(path, section);
  return path;
}

/** HUMAN_TODO.md in the project's root, or where the plan says, even if that must not be written. */
export function wantedTodo(state: State): string {
  return resolve(state.project, state.plan.settings["human-todo"] ?? "HUMAN_TODO.md");
}

/** The same; throws when it leads out of the project. */
export function humanTodo(papers: Papers, state: State): string {
  const wanted = wantedTodo(state);
  if (wanted === state.project || !isBelow(wanted, state.project) || papers.leadsOut(wanted, state.project))
    throw new Error(`human-todo in the plan's front matter leads out of the project (${wanted}): give a path inside it`);
  return wanted;
}
