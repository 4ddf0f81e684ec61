/** The list for people, HUMAN_TODO.md: tasks are put on it by hand, and its open lines are counted, whoever wrote them. */
import { isTicked, openLines, withTask } from "../report/human-todo.ts";
import type { State } from "../marathon/types.ts";
import { base } from "../marathon/words.ts";
import { humanTodo, listTask, wantedTodo } from "./blocker-papers.ts";
import type { Engine } from "./engine.ts";
import type { Papers } from "./papers.ts";
import { RefusedError } from "./server.ts";

/** What a person takes over or takes up later; all else goes its way without them. */
const DEFERRED: ReadonlySet<string> = new Set(["blocked", "parked", "dropped"]);

/** Throws RefusedError with the reason; the file is then as it was. */
export function listTodo(engine: Engine, number: number, by: string): { readonly said: string } {
  const { state, ports } = engine;
  const task = state.tasks[number];
  if (!task) throw new RefusedError(`task ${number} is not in the plan, so it cannot be listed`, "unknown-task");
  if (!DEFERRED.has(task.state))
    throw new RefusedError(`task ${number} is ${task.state}: only what is blocked, parked or dropped goes on the list for people`);
  const { file, already } = written(ports.papers, state, number);
  if (already !== null) return { said: `task ${number} stands in ${base(file)} already${already}` };
  engine.submit({ type: "todo-listed", task: number, file, by });
  engine.todo.look();
  return { said: `task ${number} put on the list for people: ${base(file)}` };
}

/** Writes the task's line. `already`: how it stood there before, null when it did not. Throws RefusedError when it was not written. */
function written(papers: Papers, state: State, number: number): { readonly file: string; readonly already: string | null } {
  try {
    const file = humanTodo(papers, state);
    const before = papers.read(file);
    if (before !== null && isTicked(before, state, number)) return { file, already: ", ticked: take the tick away there to open it again" };
    if (before !== null && before === withTask(before, state, number)) return { file, already: "" };
    listTask(papers, state, number);
    return { file, already: null };
  } catch (error) {
    throw new RefusedError(`task ${number} was not listed: ${(error as Error).message}`);
  }
}

/** Counts the open lines again when the file has changed. */
export class TodoWatch {
  readonly #engine: Engine;
  /** Which file was counted, and how it stood on the disk; null: none yet. */
  #seen: string | null = null;
  #fault: string | null = null;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Costs one look at the file's dates while it stays as it is. Never throws: a list that cannot be read is told once. */
  look(): void {
    const { state, ports } = this.#engine;
    try {
      const wanted = wantedTodo(state);
      const stamp = ports.papers.stamp(wanted);
      const seen = `${wanted}\0${stamp ?? "gone"}`;
      if (seen === this.#seen) return;
      const file = humanTodo(ports.papers, state);
      this.#count(file, stamp === null ? 0 : openLines(ports.papers.read(file) ?? ""));
      // Only now: what could not be counted is looked at again, also when the file stays as it is.
      this.#seen = seen;
      this.#fault = null;
    } catch (error) {
      const text = `the list for people is not counted: ${(error as Error).message}`;
      if (this.#fault !== text) this.#engine.submit({ type: "noticed", severity: "warning", text });
      this.#fault = text;
    }
  }

  #count(file: string, open: number): void {
    const { todo } = this.#engine.state;
    const same = todo ? todo.open === open && todo.file === file : open === 0;
    if (!same) this.#engine.submit({ type: "todo-counted", file, open });
  }
}
