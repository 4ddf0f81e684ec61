/** The text of an issue for a blocker: what somebody needs who was not there. */
import { viewOf } from "../marathon/blockers.ts";
import type { Blocker, State } from "../marathon/types.ts";
import { oneLine } from "../marathon/words.ts";
import { bullets, evidenceLines, stamp, taskName } from "./lines.ts";

export interface IssueText {
  readonly title: string;
  readonly body: string;
}

/** `t`: marathon time in ms. */
export function issueText(state: State, t: number, blocker: Blocker): IssueText {
  const view = viewOf(state, t, blocker);
  const hours = Math.round((view.atRiskMs / 3_600_000) * 10) / 10;
  const body = [
    `Found ${stamp(blocker.sinceAt)} by the marathon "${oneLine(state.title, 100)}" (${state.id}, blocker ${blocker.id}, ${blocker.priority}).`,
    "",
    "## Error",
    "",
    ...evidenceLines(blocker),
    "",
    "## Cause",
    "",
    blocker.cause === null ? "Not known yet." : oneLine(blocker.cause, 800),
    "",
    "## Effect",
    "",
    ...bullets(
      view.affects.map((item) => `${item.kind} ${item.kind === "task" ? taskName(state, Number(item.id)) : item.id}: ${item.effect}`),
      "Nothing else waits for it.",
    ),
    ...(hours > 0 ? ["", `About ${hours} planned hours are at risk.`] : []),
    "",
    "## Tried",
    "",
    ...bullets(
      (blocker.tried ?? []).map((text) => oneLine(text, 300)),
      "Nothing is recorded.",
    ),
    "",
    "## Not tried yet",
    "",
    ...bullets(
      (blocker.notTried ?? []).map((text) => oneLine(text, 300)),
      "Nothing is recorded.",
    ),
  ];
  return { title: `${blocker.priority}: ${oneLine(blocker.title, 120)}`, body: `${body.join("\n")}\n` };
}
