/**
 * HUMAN_TODO.md: what waits for a person. The file is theirs: only lines that bear our mark are ever changed, and of those only
 * the tick and the words; what a person has ticked stays ticked.
 */
import type { Blocker, State } from "../marathon/types.ts";
import { listed, oneLine } from "../marathon/words.ts";
import { stamp } from "./lines.ts";

const HEADING = "## Waiting for a person";

/** The file's text with this blocker's line in it, up to date; `before` is null when there is no file. */
export function withTodo(before: string | null, state: State, blocker: Blocker): string {
  const over = blocker.state === "resolved" || blocker.holder.level !== "human";
  const at = mark(state, blocker);
  const text = before ?? "# What waits for a person\n";
  const lines = text.split("\n");
  const index = lines.findIndex((line) => line.includes(at));
  if (index >= 0) {
    const ticked = over || /^\s*[-*+]\s+\[[xX]\]/.test(lines[index] ?? "");
    lines[index] = entry(state, blocker, ticked);
    return lines.join("\n");
  }
  const heading = lines.findIndex((line) => line.trim() === HEADING);
  const line = entry(state, blocker, over);
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
  return `- [${ticked ? "x" : " "}] ${blocker.id} (${blocker.priority}) ${oneLine(blocker.title, 160)}${stops}; since ${stamp(blocker.sinceAt)}${end} ${mark(state, blocker)}`;
}

function mark(state: State, blocker: Blocker): string {
  return `<!-- marathon ${state.id} ${blocker.id} -->`;
}
