/** Everything that is known of a blocker, as a page to be read: opened from the list of blockers. */
import { minutesSeconds, planTime, timeOfDay } from "../format.ts";
import type { BlockerFacts } from "../facts/types.ts";
import type { Overlay } from "../stores/view-store.ts";
import { fallbacksOf } from "./blockers.ts";

export function blockerNotice(blocker: BlockerFacts): Overlay {
  const evidence = blocker.evidence.map(({ source, line }) => `  ${line}  (${source})`);
  return {
    kind: "notice",
    title: `Blocker ${blocker.priority}`,
    scroll: 0,
    body: [
      blocker.title,
      "",
      `open for ${minutesSeconds(blocker.age)}, since ${timeOfDay(blocker.sinceAt)}; ${deadline(blocker.left)}`,
      `with ${blocker.holder}${blocker.terminal === null ? "" : `, in terminal ${blocker.terminal}`}`,
      ...blocker.taskTitles.map((task) => `task ${task.number}  ${task.title}`),
      ...blocker.sessions.map((session) => `session ${session}`),
      ...(blocker.stops.length > 0 ? [`stops ${blocker.stops.join(", ")}: they wait for it`] : ["nothing else waits for it"]),
      ...(blocker.cause === null ? [] : [`cause: ${blocker.cause}`]),
      ...(evidence.length > 0 ? ["", "What was seen:", ...evidence] : []),
      ...spaced(fallbacksOf(blocker)),
      "",
      "What to do:",
      ...whatToDo(blocker.terminal),
    ],
  };
}

function deadline(left: number): string {
  return left < 0 ? `it should have gone one level up ${planTime(-left)} ago` : `it should go one level up in ${planTime(left)}`;
}

function spaced(lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? ["", ...lines] : [];
}

function whatToDo(terminal: number | null): readonly string[] {
  if (terminal === null) return ["  Fix the cause; a report that ticks its task closes the blocker."];
  return [
    `  Fix the cause, then \`marathon restart --terminal ${terminal}\` or press R here: the task is tried again.`,
    `  While its agent still runs: close this page, Enter types into terminal ${terminal}.`,
  ];
}
