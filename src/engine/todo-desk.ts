/** The list for people, HUMAN_TODO.md: tasks are put on it by hand, and its open lines are counted, whoever wrote them. */
import { isTicked, openLines, withTask } from "../report/human-todo.ts";
import { base } from "../marathon/words.ts";
import { humanTodo, listTask, wantedTodo } from "./blocker-papers.ts";
import type { Engine } from "./engine.ts";
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
  try {
    const file = humanTodo(ports.papers, state);
    const before = ports.papers.read(file);
    if (before !== null && isTicked(before, state, number))
      return { said: `task ${number} stands in ${base(file)} already, ticked: take the tick away there to open it again` };
    if (before !== null && before === withTask(before, state, number)) return { said: `task ${number} stands in ${base(file)} already` };
    listTask(ports.papers, state, number);
    engine.submit({ type: "todo-listed", task: number, file, by });
    engine.todo.look();
    return { said: `task ${number} put on the list for people: ${base(file)}` };
  } catch (error) {
    throw new RefusedError(`task ${number} was not listed: ${(error as Error).message}`);
  }
}

/** Counts the open lines again when the file has changed. */
export class TodoWatch {
  readonly #engine: Engine;
  #seen: string | null | undefined;
  #fault: string | null = null;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Costs one look at the file's dates while it stays as it is. Never throws: a list that cannot be read is told once. */
  look(): void {
    const { state, ports } = this.#engine;
    try {
      const stamp = ports.papers.stamp(wantedTodo(state));
      if (stamp === this.#seen) return;
      this.#seen = stamp;
      const file = humanTodo(ports.papers, state);
      this.#count(file, stamp === null ? 0 : openLines(ports.papers.read(file) ?? ""));
      this.#fault = null;
    } catch (error) {
      const text = `the list for people is not counted: ${(error as Error).message}`;
      if (this.#fault !== text) this.#engine.submit({ type: "noticed", severity: "warning", text });
      this.#fault = text;
    }
  }

  #count(file: string, open: number): void {
    if (open !== (this.#engine.state.todo?.open ?? 0)) this.#engine.submit({ type: "todo-counted", file, open });
  }
}
