/**
 * HUMAN_TODO.md: what waits for a person. The file is theirs: only lines that bear our mark are ever changed, and of those only
 * the tick and the words; what a person has ticked stays ticked.
 */
import { planIndex } from "../marathon/plan-index.ts";
import type { RiskTaken } from "../marathon/risk-types.ts";
import type { Blocker, State } from "../marathon/types.ts";
import { listed, oneLine } from "../marathon/words.ts";
import { fenceAfter } from "./fence.ts";
import { stamp } from "./lines.ts";

const TICKED = /^\s*[-*+]\s+\[[xX]\]/u;
const HEADING = "## Waiting for a person";

/** The file's text with this blocker's line in it, up to date; `before` is null when there is no file. */
export function withTodo(before: string | null, state: State, blocker: Blocker): string {
  const over = blocker.state === "resolved" || blocker.holder.level !== "human";
  return withLine(before, mark(state, blocker.id), over, (ticked) => entry(state, blocker, ticked));
}

/** The same with the work that a risk rule left for later; what was taken back is ticked. */
export function withRisk(before: string | null, state: State, taken: RiskTaken): string {
  const tasks = taken.act.kind === "drop" || taken.act.kind === "follow-up" ? taken.act.tasks : [];
  const { tasks: planned } = planIndex(state.plan);
  const titles = tasks.map((number) => {
    const session = planned.get(number)?.session ?? null;
    return `${number} ${oneLine(planned.get(number)?.title ?? "", 60)}${session === null ? "" : ` (${session})`}`;
  });
  return withLine(before, mark(state, taken.id), taken.undone, (ticked) => {
    const end = taken.undone ? "; taken back" : "";
    return `- [${ticked ? "x" : " "}] ${taken.id} ${oneLine(taken.text, 160)}: ${titles.join(", ")}; since ${stamp(taken.at)}${end} ${mark(state, taken.id)}`;
  });
}

/** The same with a task that a person has put there, for what failed or was put off; it is ticked once the task is done. */
export function withTask(before: string | null, state: State, number: number): string {
  const planned = planIndex(state.plan).tasks.get(number);
  const task = state.tasks[number];
  const blocker = task && task.blocker !== null ? state.blockers[task.blocker] : undefined;
  const session = planned?.session ? ` (${planned.session})` : "";
  const why = `${task?.state ?? "gone"}${blocker ? ` by ${blocker.id}, ${oneLine(blocker.title, 160)}` : ""}`;
  const at = state.todo?.tasks?.[number] ?? state.at;
  return withLine(before, taskMark(state, number), task?.state === "done", (ticked) => {
    const text = `${number} ${oneLine(planned?.title ?? "", 120)}${session}: ${why}; listed ${stamp(at)}`;
    return `- [${ticked ? "x" : " "}] ${text} ${taskMark(state, number)}`;
  });
}

/** Whether the task's line is there and ticked. */
export function isTicked(text: string, state: State, number: number): boolean {
  const line = text.split("\n").find((one) => one.includes(taskMark(state, number)));
  return line !== undefined && TICKED.test(line);
}

/** How many boxes are open in the file, whoever wrote them; examples in fences do not count. */
export function openLines(text: string): number {
  let fence: string | null = null;
  let open = 0;
  for (const line of text.split("\n")) {
    if (fence === null && /^\s*[-*+]\s+\[ \](?:\s|$)/u.test(line)) open += 1;
    fence = fenceAfter(fence, line);
  }
  return open;
}

/** `line` is called with whether it is ticked: as it must be, or as a person has ticked it. */
function withLine(before: string | null, at: string, over: boolean, write: (ticked: boolean) => string): string {
  const text = before ?? "# What waits for a person\n";
  const lines = text.split("\n");
  const index = lines.findIndex((line) => line.includes(at));
  if (index >= 0) {
    const ticked = over || TICKED.test(lines[index] ?? "");
    lines[index] = write(ticked);
    return lines.join("\n");
  }
  const heading = lines.findIndex((line) => line.trim() === HEADING);
  const line = write(over);
  if (heading < 0) return `${text.replace(/\n*$/u, "\n")}\n${HEADING}\n\n${line}\n`;
  const next = lines.findIndex((one, at_) => at_ > heading && /^#{1,2}\s/.test(one));
  let end = next < 0 ? lines.length : next;
  while (end > heading + 1 && (lines[end - 1] ?? "").trim() === "") end -= 1;
  // A list wants a blank line after its heading, and the first entry may stand right below it.
  lines.splice(end, 0, ...(end === heading + 1 ? ["", line] : [line]));
  return lines.join("\n").replace(/\n*$/u, "\n");
}

function entry(state: State, blocker: Blocker, ticked: boolean): string {
  const stops = blocker.tasks.length > 0 ? `, stops ${listed(blocker.tasks)}` : "";
  const closed = blocker.history.findLast((act) => act.act === "resolved");
  const end = ticked && closed ? `; resolved ${stamp(closed.at)}${closed.note ? `: ${oneLine(closed.note, 160)}` : ""}` : "";
  return `- [${ticked ? "x" : " "}] ${blocker.id} (${blocker.priority}) ${oneLine(blocker.title, 160)}${stops}; since ${stamp(blocker.sinceAt)}${end} ${mark(state, blocker.id)}`;
}

function taskMark(state: State, number: number): string {
  return mark(state, `task ${number}`);
}

function mark(state: State, id: string): string {
  return `<!-- marathon ${state.id} ${id} -->`;
}
