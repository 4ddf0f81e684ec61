/** One file per blocker that tells whoever gets it what there is to know; rewritten at every step up. */
import { holderWords, viewOf } from "../marathon/blockers.ts";
import { chainOf } from "../marathon/chain.ts";
import type { Blocker, State } from "../marathon/types.ts";
import { oneLine } from "../marathon/words.ts";
import { bullets, evidenceLines, stamp, taskName } from "./lines.ts";

export function escalationName(blocker: Blocker): string {
  return `ESCALATION_${blocker.id}.md`;
}

/** `t`: marathon time in ms. */
export function escalationNote(state: State, t: number, blocker: Blocker): string {
  const view = viewOf(state, t, blocker);
  const steps = blocker.history.filter((act) => act.act === "escalated");
  const chain = chainOf(state, blocker).map(
    (holder) => `${holderWords(holder)}${holder.level === blocker.holder.level ? " (now here)" : ""}`,
  );
  return `${[
    `# ${blocker.id} is with ${holderWords(blocker.holder)}: ${oneLine(blocker.title, 160)}`,
    "",
    `Marathon ${state.id}, ${blocker.priority}, identified ${stamp(blocker.sinceAt)}.`,
    `What can be done: \`marathon blocker ${blocker.id} resolve\`, \`reassign --to N\`, \`fallback\`, \`escalate\`, each with \`--note TEXT\`.`,
    "",
    "## What was seen",
    "",
    ...evidenceLines(blocker),
    "",
    "## What it stops",
    "",
    ...bullets(
      blocker.tasks.map((number) => taskName(state, number)),
      "No task of the plan.",
    ),
    ...view.affects.flatMap((item) => (item.kind === "session" ? [`- session ${item.id}: ${item.effect}`] : [])),
    "",
    "## How it came here",
    "",
    ...bullets(
      steps.map(
        (act) =>
          `${stamp(act.at)} from ${act.from ?? "?"} to ${act.to ?? "?"}, by ${oneLine(act.by, 80)}${act.note ? `: ${oneLine(act.note, 300)}` : ""}`,
      ),
      "It has not been passed on.",
    ),
    "",
    `The chain: ${chain.join(" > ")}`,
  ].join("\n")}\n`;
}
