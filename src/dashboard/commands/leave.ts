import type { Actions } from "../actions.ts";
import type { Command, Context } from "../commands.ts";
import type { Counts } from "../facts/types.ts";
import type { Overlay } from "../stores/view-store.ts";
import { noEngine } from "./no-engine.ts";

const everywhere: readonly Context[] = ["panes", "list", "zoom", "scratchpad", "time"];

export const leaveCommands: readonly Command[] = [
  {
    id: "review",
    topic: "leaving",
    title: "Write the after-action review",
    help: "Draft MARATHON_AAR.md from what was measured so far; it is drafted by itself when everything is done.",
    keys: ["V"],
    contexts: ["panes", "list", "zoom"],
    disabled: noEngine,
    run: (actions) => actions.writeReview(),
  },
  {
    id: "detach",
    topic: "leaving",
    title: "Detach",
    hint: "detach",
    help: "Leave the dashboard; the agents go on. `marathon attach` comes back.",
    keys: ["d"],
    contexts: everywhere,
    run: (actions) => actions.detach(),
  },
  {
    id: "leave",
    topic: "leaving",
    title: "Leave: detach, stop everything, or stay",
    hint: "leave",
    help: "Ask how to leave: detach (default), stop everything, or stay.",
    keys: ["q", "ctrl+c"],
    contexts: everywhere,
    run: (actions, situation) => {
      // A screen too small for the question leaves the safe way at once.
      if (situation.layout.kind === "one-line" || situation.connection.status !== "attached") return actions.detach();
      actions.overlay(leaveQuestion(actions, situation.facts?.counts ?? { busy: 0, asking: 0 }));
    },
  },
];

type AtWork = Pick<Counts, "busy" | "asking">;

function leaveQuestion(actions: Actions, counts: AtWork): Overlay {
  return {
    kind: "choice",
    title: "Leave the marathon?",
    body: [atWork(counts)],
    index: 0,
    choices: [
      { label: "Detach", help: "the agents go on; `marathon attach` comes back", run: () => actions.detach() },
      {
        label: "Stop everything",
        help: "ends every agent; asks once more",
        run: () => actions.overlay(stopQuestion(actions, counts.busy + counts.asking)),
      },
      { label: "Stay", help: "back to the dashboard", run: () => actions.closeOverlay() },
    ],
  };
}

/** Who asks does not work, and goes on asking while nobody looks. */
function atWork({ busy, asking }: AtWork): string {
  const working = busy === 0 ? "No agent is working" : busy === 1 ? "1 agent is working" : `${busy} agents are working`;
  return `${working}${asking === 0 ? "" : `; ${asking} ${asking === 1 ? "waits" : "wait"} for an answer`}.`;
}

function stopQuestion(actions: Actions, busy: number): Overlay {
  return {
    kind: "choice",
    title: "Stop everything?",
    body: [
      `Every agent is ended${busy > 0 ? `, ${busy} of them in the middle of a task` : ""}, and the engine with them.`,
      "The journal stays: running the same plan again takes it up where it stopped.",
    ],
    index: 0,
    choices: [
      { label: "No", help: "back to the dashboard", run: () => actions.closeOverlay() },
      { label: "Yes, stop everything", help: "unfinished tasks stay unfinished", run: () => actions.stopEverything() },
    ],
  };
}
