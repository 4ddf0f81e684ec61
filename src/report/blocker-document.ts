/** The blocker file: what the protocol wants to be written down while it is fresh. */
import { holderWords, viewOf } from "../marathon/blockers.ts";
import { fallbacksOf } from "../marathon/fallbacks.ts";
import { protocolSteps } from "../marathon/protocol-steps.ts";
import { showMinutes } from "../plan/durations.ts";
import { RECORDED } from "../plan/scratch-blocker.ts";
import type { Blocker, State } from "../marathon/types.ts";
import { oneLine } from "../marathon/words.ts";
import { bullets, evidenceLines, stamp, taskName } from "./lines.ts";

export interface BlockerDocument {
  /** Name in the scratchpad; null when the blocker has a file already, whose path is `file`. */
  readonly name: string | null;
  readonly file: string | null;
  /** The whole text of a new file. */
  readonly whole: string;
  /** What is appended to a file that is there. */
  readonly section: string;
}

/** `t`: marathon time in ms. The file's name says whom it stops, so that reading it back tells nothing new. */
export function blockerDocument(state: State, t: number, blocker: Blocker): BlockerDocument {
  const file = blocker.evidence.find((item) => item.file !== null && /_BLOCKER\.\w+$/i.test(item.file))?.file ?? null;
  const stopped = blocker.tasks.find((number) => state.tasks[number]?.blocker === blocker.id);
  const name = stopped === undefined ? `BLOCKER_${blocker.id}.md` : `TASK_${String(stopped).padStart(3, "0")}_BLOCKER.md`;
  const head = [
    `# ${oneLine(blocker.title, 200)}`,
    "",
    `Priority: ${blocker.priority}`,
    ...(blocker.tasks.length > 0 ? [`Tasks: ${blocker.tasks.join(", ")}`] : []),
    ...(blocker.cause === null ? [] : [`Cause: ${oneLine(blocker.cause, 400)}`]),
    ...(blocker.state === "resolved" ? ["Status: resolved"] : []),
    "",
  ];
  const section = sectionOf(state, t, blocker).join("\n");
  return { name: file === null ? name : null, file, whole: `${head.join("\n")}\n${section}\n`, section: `\n${section}\n` };
}

function sectionOf(state: State, t: number, blocker: Blocker): readonly string[] {
  const view = viewOf(state, t, blocker);
  const minutes = (ms: number): string => showMinutes(Math.max(0, ms) / 60_000);
  const affected = view.affects.map(
    (item) => `${item.kind} ${item.kind === "task" ? taskName(state, Number(item.id)) : item.id}: ${item.effect}`,
  );
  const steps = protocolSteps(blocker).map((step) => `${step.done ? "done" : "open"}: ${step.title}`);
  const acts = blocker.history.map(
    (act) =>
      `${stamp(act.at)} ${act.act}${act.to ? ` to ${oneLine(act.to, 120)}` : ""} (${oneLine(act.by, 80)})${act.note ? `, ${oneLine(act.note, 300)}` : ""}`,
  );
  return [
    `## ${RECORDED} ${state.id} at ${stamp(state.startedAt + (state.at - state.startedAt))}: ${blocker.id}`,
    "",
    `It is ${blocker.state}, with ${holderWords(blocker.holder)}; identified ${stamp(blocker.sinceAt)}, ${minutes(view.ageMs)} ago.`,
    view.sessionMs === null ? "No session of its had begun." : `Its session began ${minutes(view.sessionMs)} ago.`,
    `Planned work at risk: ${minutes(view.atRiskMs)}.`,
    "",
    "### What was seen",
    "",
    ...evidenceLines(blocker),
    "",
    "### Who is affected",
    "",
    ...bullets(affected, "Nobody else."),
    "",
    "### What else could be done",
    "",
    ...bullets(
      fallbacksOf(state, blocker).map((one) => `${one.text}${one.from === "standing" ? " (always possible)" : " (the plan says so)"}`),
      "Nothing is known.",
    ),
    "",
    "### Steps of the protocol",
    "",
    ...bullets(steps, ""),
    "",
    "### What happened",
    "",
    ...bullets(acts, ""),
  ];
}
