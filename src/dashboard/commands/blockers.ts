/** What can be done about the selected blocker; each row says why when it cannot. */
import type { Command, Context, Situation } from "../commands.ts";
import type { BlockerFacts } from "../facts/types.ts";
import { noEngine } from "./no-engine.ts";

// Not commands.ts's own list: that module imports this one.
const contexts: readonly Context[] = ["panes", "list", "zoom", "blocker"];

/**
 * The blocker that keys mean: the open page's, the selected row's, the only one of the terminal in front, or the only one there is.
 * Null when it could be several: a key must not act on a blocker that nobody has in sight.
 */
export function selectedBlocker(situation: Situation): BlockerFacts | null {
  const meant = meantBlockers(situation);
  return meant.length === 1 ? (meant[0] ?? null) : null;
}

/** Those that a key could mean: what is open goes before what is parked or known, the terminal in front before the others. */
function meantBlockers({ view, facts }: Situation): readonly BlockerFacts[] {
  const all = facts?.blockers ?? [];
  const { overlay } = view;
  if (overlay.kind === "blocker") return all.filter((one) => one.id === overlay.id);
  if (view.view === "board" && view.area === "blockers") return all.slice(Math.min(view.selected.blockers, all.length - 1)).slice(0, 1);
  const here = all.filter((one) => one.terminal === view.focused);
  const near = here.length > 0 ? here : all;
  const open = near.filter((one) => one.state === "open");
  return open.length > 0 ? open : near;
}

function about(situation: Situation, refused: (blocker: BlockerFacts) => string | null): string | null {
  const { facts } = situation;
  const gone = noEngine(situation);
  if (gone !== null) return gone;
  const blocker = selectedBlocker(situation);
  if (blocker !== null) return refused(blocker);
  const { overlay } = situation.view;
  if (overlay.kind === "blocker") return `${overlay.id} is resolved already: there is nothing left to do about it`;
  if ((facts?.blockers.length ?? 0) === 0) return "nothing is blocked";
  const meant = meantBlockers(situation);
  const here = meant.every((one) => one.terminal === situation.view.focused);
  return `which of ${listedIds(meant)}${here ? `, all of terminal ${situation.view.focused}` : ""}? b goes to the list of them`;
}

/** "B1, B4", at most four of them. */
function listedIds(blockers: readonly BlockerFacts[]): string {
  const ids = blockers.map(({ id }) => id);
  return ids.length > 4 ? `${ids.slice(0, 3).join(", ")} and ${ids.length - 3} more` : ids.join(", ");
}

/** A row of the table about the selected blocker. */
function row(
  facts: Pick<Command, "id" | "title" | "help" | "keys"> & Partial<Pick<Command, "hint">>,
  refused: (blocker: BlockerFacts) => string | null,
  run: (actions: Parameters<Command["run"]>[0], blocker: BlockerFacts) => void,
): Command {
  return {
    ...facts,
    topic: "blockers",
    contexts,
    disabled: (situation) => about(situation, refused),
    run: (actions, situation) => {
      const blocker = selectedBlocker(situation);
      if (blocker !== null) run(actions, blocker);
    },
  };
}

export const blockerCommands: readonly Command[] = [
  row(
    { id: "escalate", title: "Escalate the blocker", hint: "escalate", help: "Escalate the selected blocker one level up.", keys: ["e"] },
    (blocker) => blocker.refused.escalate,
    (actions, { id }) => actions.actOnBlocker(id, { act: "escalate" }),
  ),
  row(
    {
      id: "reassign",
      title: "Reassign the blocked work",
      hint: "reassign",
      help: "Give the blocked work to another terminal: candidates, ranked, with the reasons.",
      keys: ["r"],
    },
    (blocker) => blocker.refused.reassign,
    (actions, { id }) => actions.chooseTerminal(id),
  ),
  row(
    {
      id: "fall-back",
      title: "Fall back to other work, or bring parked work back",
      hint: ({ facts }) => (facts?.blockers.every((one) => one.state === "parked") ? "bring back" : "fall back"),
      help: "Park the blocked work and do something else: what the plan says, then the standing ideas. Of parked work: bring it back.",
      keys: ["f"],
    },
    (blocker) => (blocker.state === "parked" ? null : blocker.refused.fallback),
    (actions, { id, state }) => (state === "parked" ? actions.actOnBlocker(id, { act: "resume" }) : actions.chooseFallback(id)),
  ),
  row(
    {
      id: "resolve",
      title: "Resolve the blocker",
      hint: "resolve",
      help: "Resolve it, with a note of what helped: its work goes on.",
      keys: ["x"],
    },
    () => null,
    (actions, { id }) => actions.resolveBlocker(id),
  ),
  row(
    {
      id: "known-issue",
      title: "Mark the blocker as a known issue",
      help: "Mark it as a known issue: that ends the alarm, and its work stays blocked.",
      keys: ["K"],
    },
    (blocker) => blocker.refused.known,
    (actions, { id }) => actions.actOnBlocker(id, { act: "known" }),
  ),
  row(
    {
      id: "document-blocker",
      title: "Document the blocker",
      help: "Write its file into the scratchpad; what an agent wrote there stays, and what is known is added below.",
      keys: ["D"],
    },
    () => null,
    (actions, { id }) => actions.documentBlocker(id),
  ),
  {
    id: "learn",
    topic: "blockers",
    title: "Note what the blocker taught",
    help: "Note what was learnt: of the open page's blocker, else of the one that was resolved last.",
    keys: ["X"],
    contexts,
    disabled: (situation) => {
      const { facts, view } = situation;
      const gone = noEngine(situation);
      if (gone !== null) return gone;
      return view.overlay.kind === "blocker" || (facts?.toLearn ?? null) !== null
        ? null
        : "what the last resolved blocker taught is noted, or none was resolved yet";
    },
    run: (actions, { facts, view }) => {
      const id = view.overlay.kind === "blocker" ? view.overlay.id : (facts?.toLearn ?? null);
      if (id !== null) actions.learnFrom(id);
    },
  },
  {
    id: "undo",
    topic: "blockers",
    title: "Take the last act on a blocker back",
    help: "Take the last act on a blocker back, as long as nothing has come of it.",
    keys: ["u"],
    contexts,
    disabled: (situation) => noEngine(situation) ?? situation.facts?.undo.refused ?? null,
    run: (actions) => actions.actOnBlocker("last", { act: "undo" }),
  },
  {
    id: "block-task",
    topic: "blockers",
    title: "Say that the terminal's task is blocked",
    help: "Say that the task of the terminal in front cannot go on, and why.",
    keys: ["B"],
    contexts: ["panes", "zoom"],
    disabled: (situation) => {
      const { facts, view } = situation;
      const gone = noEngine(situation);
      if (gone !== null) return gone;
      const terminal = facts?.terminals.find((one) => one.number === view.focused);
      return terminal?.task ? null : `terminal ${view.focused} works on no task now`;
    },
    run: (actions, { facts, view }) => {
      const task = facts?.terminals.find((one) => one.number === view.focused)?.task;
      if (task) actions.blockTask(task.number, task.title);
    },
  },
  {
    id: "blocker-terminal",
    topic: "blockers",
    title: "Go to the blocker's terminal",
    hint: "its terminal",
    help: "Close the page and go to the blocker's terminal.",
    keys: ["enter"],
    contexts: ["blocker"],
    disabled: (situation) => ((selectedBlocker(situation)?.terminal ?? null) === null ? "no terminal has this blocker" : null),
    run: (actions, situation) => {
      actions.closeOverlay();
      const terminal = selectedBlocker(situation)?.terminal ?? null;
      if (terminal !== null) actions.focus(terminal);
    },
  },
];
