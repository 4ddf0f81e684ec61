/** A handoff made from what is known, for work that moves while its agent cannot or does not write one. */
import { workedMs } from "../marathon/progress.ts";
import { showMinutes } from "../plan/durations.ts";
import { estimateOf } from "../marathon/estimates.ts";
import { planIndex } from "../marathon/plan-index.ts";
import { isUp } from "../marathon/terminals.ts";
import type { Blocker, State } from "../marathon/types.ts";
import { oneLine } from "../marathon/words.ts";
import { fillTemplate, type HandoffWords } from "./handoff-template.ts";
import { bullets, evidenceLines, stamp, taskName } from "./lines.ts";

/** `t`: marathon time in ms. `from`: the terminal that had it. `template`: the project's form; else the five parts of every handoff. */
export function taskHandoff(
  state: State,
  t: number,
  blocker: Blocker,
  number: number,
  from: number | null,
  template: string | null = null,
): string {
  const planned = planIndex(state.plan).tasks.get(number);
  const task = state.tasks[number];
  const worked = task ? workedMs(task, t) : 0;
  const estimate = estimateOf(planned);
  const done = estimate !== null && estimate > 0 ? Math.min(90, Math.round((worked / estimate) * 100)) : null;
  const left = estimate === null ? null : Math.max(0, estimate - worked) / 60_000;
  const files = Object.values(state.files).filter((file) => from !== null && file.name.terminal === from);
  const words: HandoffWords = {
    title: `Handoff of task ${taskName(state, number)}`,
    made: `Made by marathon ${state.id} from what it knows, ${stamp(state.at)}${asked(state, from) ? `: the agent in terminal ${from} is asked to complete it` : ""}.`,
    parts: {
      completion: [
        done === null
          ? "not measured"
          : `about ${done}% by time (${showMinutes(worked / 60_000)} of ${showMinutes((estimate ?? 0) / 60_000)}), an estimate`,
      ],
      "completed work": bullets(
        files.map((file) => `see ${file.path}`),
        "Nothing was reported.",
      ),
      "blocked work": [
        `- ${blocker.id}: ${oneLine(blocker.title, 200)}`,
        ...(blocker.cause === null ? [] : [`- cause: ${oneLine(blocker.cause, 300)}`]),
        "",
        ...evidenceLines(blocker),
      ],
      "next steps": bullets(
        (blocker.notTried ?? []).map((text) => `try: ${oneLine(text, 200)}`),
        "- Find out whether the cause holds where you are",
      ),
      effort: [left === null ? "not estimated" : `${Math.max(0.1, Math.round(left / 6) / 10)} hours`],
    },
  };
  return fillTemplate(template ?? BUILT_IN, words);
}

/** The form where a project has none of its own. */
const BUILT_IN = "Completion:\n\n## Completed work\n\n## Blocked work\n\n## Next steps\n\nEffort to complete:\n";

/** A long-lived agent that is there can be asked; a command that has ended cannot. */
function asked(state: State, from: number | null): boolean {
  const terminal = from === null ? undefined : state.terminals[from];
  return terminal !== undefined && isUp(terminal) && !terminal.perTask;
}
