/** Asks on the screen and waits: for a person's keys, or for the stand-in people. */
import { type Choice, type Dialog, drawDialog, isChoice, press } from "./dialogs.ts";
import { aborted, nap } from "./pace.ts";
import type { Stage } from "./stage.ts";
import { paint } from "./surface.ts";

/**
 * Resolves with what was chosen, by whom it may be. Without stand-in people it waits as long as it takes.
 * Rejects with the signal's reason when the task is taken away meanwhile.
 */
export async function ask(stage: Stage, first: Dialog, waitMinutes: number, signal: AbortSignal): Promise<Choice> {
  let dialog = first;
  const { surface } = stage;
  const draw = (): void => surface.live(() => drawDialog(dialog, surface.columns));
  stage.show([]);
  draw();
  stage.report({ state: "blocked", kind: dialog.kind, message: [dialog.title, ...dialog.detail.map((line) => line.trim())].join(" · ") });
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  const { promise: person, resolve } = Promise.withResolvers<Choice>();
  const giveBack = stage.takeKeys((key) => {
    const result = press(dialog, key);
    if (isChoice(result)) return resolve(result);
    dialog = result;
    draw();
  });
  const waiting: Promise<Choice>[] = [person, aborted(either)];
  if (stage.people)
    waiting.push(
      nap(stage.pace.patience(waitMinutes), either).then(() => ({ option: dialog.selected, text: dialog.options[dialog.selected] ?? "" })),
    );
  try {
    const choice = await Promise.race(waiting);
    stage.show([]);
    stage.say([paint.bold(`● ${first.title}`), `  ${paint.dim("⎿")}  ${choice.text}`, ""]);
    return choice;
  } finally {
    giveBack();
    // The losers of the race reject now, and nobody listens any more.
    for (const loser of waiting) loser.catch(() => {});
    over.abort(new Error("answered"));
  }
}
