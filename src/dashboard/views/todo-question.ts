/** Which failed or deferred task is to be put on the list for people. */
import { plannedTask } from "../../marathon/estimates.ts";
import type { State, Task } from "../../marathon/types.ts";
import { base } from "../../marathon/words.ts";
import { plain } from "../format.ts";
import type { Overlay } from "../stores/view-store.ts";

const ORDER: Readonly<Partial<Record<Task["state"], number>>> = { blocked: 0, parked: 1, dropped: 2 };

/** Null when there is none. `near`: tasks that the person looks at; they come first, then those of the terminal in front. */
export function todoQuestion(
  state: State,
  { terminal, near }: { readonly terminal: number; readonly near: readonly number[] },
  list: (task: number) => void,
): Overlay | null {
  const distance = (task: Task): number => (near.includes(task.number) ? 0 : task.terminal === terminal ? 1 : 2);
  const tasks = Object.values(state.tasks)
    .filter((task) => task.state in ORDER)
    .toSorted((a, b) => distance(a) - distance(b) || (ORDER[a.state] ?? 0) - (ORDER[b.state] ?? 0) || a.number - b.number);
  if (tasks.length === 0) return null;
  const file = base(state.plan.settings["human-todo"] ?? "HUMAN_TODO.md");
  return {
    kind: "choice",
    wide: true,
    title: plain(`Put on the list for people (${file})`),
    body: ["The task itself stays as it is. Esc lists nothing."],
    index: 0,
    choices: tasks.map((task) => ({
      label: plain(`${task.number} ${plannedTask(state, task.number)?.title ?? ""}`).slice(0, 90),
      help: plain(whyOf(state, task)),
      run: () => list(task.number),
    })),
  };
}

function whyOf(state: State, task: Task): string {
  const blocker = task.blocker === null ? undefined : state.blockers[task.blocker];
  const since = state.todo?.tasks?.[task.number] === undefined ? "" : " (listed already)";
  return `${task.state}${blocker ? ` by ${blocker.id}: ${blocker.title}` : ""}${since}`;
}
