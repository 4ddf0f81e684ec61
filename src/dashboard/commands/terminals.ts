import type { Command, Context, Situation } from "../commands.ts";
import { selectedBlocker } from "./blockers.ts";
import { noEngine } from "./no-engine.ts";
import type { TerminalFacts } from "../facts/types.ts";

// Not commands.ts's own list: that module imports this one.
const everywhere: readonly Context[] = ["panes", "list", "zoom", "scratchpad", "time"];
const inFront: readonly Context[] = ["panes", "zoom"];

export function focusedTerminal(situation: Situation): TerminalFacts | null {
  return situation.facts?.terminals.find((terminal) => terminal.number === situation.view.focused) ?? null;
}

/** Its tasks wait blocked, and no program of it runs that a restart would end. */
function canTryAgain(terminal: TerminalFacts | null): boolean {
  return terminal !== null && !terminal.running && (terminal.blocked > 0 || terminal.state === "blocked");
}

/** Where attaching is no hindrance: the last that was heard may be walked through, but nobody can be helped without an engine. */
function goneEngine(situation: Situation): string | null {
  return situation.connection.status === "connecting" ? null : noEngine(situation);
}

export function noTerminal(situation: Situation): string | null {
  return focusedTerminal(situation) === null ? "this plan has no terminal" : null;
}

const goTo: readonly Command[] = Array.from({ length: 10 }, (_, index) => index + 1).map((number) => ({
  id: `terminal-${number}`,
  topic: "terminals",
  ...(number === 1 ? { hint: "terminal" } : {}),
  title: `Go to terminal ${number}`,
  help: `Go to terminal ${number}; again: zoom it.`,
  keys: [String(number % 10)],
  contexts: everywhere,
  disabled: (situation) =>
    situation.facts?.terminals.some((terminal) => terminal.number === number) ? null : `there is no terminal ${number} in this marathon`,
  run: (actions) => actions.goTo(number),
}));

const jump: readonly Command[] = Array.from({ length: 10 }, (_, index) => index + 1).map((number) => ({
  id: `take-over-${number}`,
  topic: "take-over",
  title: `Take over terminal ${number}`,
  help: `Go straight to terminal ${number} and stay in take-over.`,
  keys: [`alt+${number % 10}`],
  contexts: ["take-over"],
  run: (actions, situation) => {
    if (situation.facts?.terminals.some((terminal) => terminal.number === number) !== true)
      return actions.toast(`there is no terminal ${number} in this marathon`, "warn");
    actions.focus(number);
    actions.takeOver();
  },
}));

export const terminalCommands: readonly Command[] = [
  ...goTo,
  {
    id: "take-over",
    topic: "terminals",
    title: "Type into the terminal",
    hint: "type into it",
    help: "Take over: every key goes to the terminal in front, until the release key.",
    keys: ["enter"],
    contexts: inFront,
    disabled: (situation) => {
      const terminal = focusedTerminal(situation);
      if (terminal?.state === "lost") return `terminal ${terminal.number} died with its engine: R restarts it`;
      if (terminal?.running === false && terminal.state !== "starting")
        return `no program runs in terminal ${terminal.number}: nothing can be typed into it`;
      return noTerminal(situation) ?? noEngine(situation);
    },
    run: (actions) => actions.takeOver(),
  },
  {
    id: "release",
    topic: "take-over",
    title: "Release the terminal",
    hint: "release",
    help: "Give the keys back to the dashboard. Twice: the key itself goes to the terminal.",
    keys: ["ctrl+q"],
    contexts: ["take-over"],
    run: (actions) => actions.release(),
  },
  ...jump,
  {
    id: "zoom",
    topic: "terminals",
    title: "Zoom the terminal in or out",
    hint: "zoom",
    help: "The terminal in front fills the screen; again: back to the board.",
    keys: ["z"],
    contexts: ["panes", "list", "zoom", "search", "copy"],
    disabled: noTerminal,
    run: (actions, situation) => actions.show(situation.view.view === "zoom" ? "board" : "zoom"),
  },
  {
    id: "next-pane",
    topic: "terminals",
    title: "Next pane",
    help: "Go to the next pane; when zoomed or on a small screen, to the next terminal.",
    keys: ["tab"],
    contexts: ["panes", "zoom", "list"],
    run: (actions) => actions.cycle(1),
  },
  {
    id: "previous-pane",
    topic: "terminals",
    title: "Previous pane",
    help: "Go to the pane before.",
    keys: ["shift+tab"],
    contexts: ["panes", "zoom", "list"],
    run: (actions) => actions.cycle(-1),
  },
  {
    id: "next-needy",
    topic: "terminals",
    title: "Go to the next terminal or blocker that needs a person",
    hint: "who needs me",
    help: "Go to the next terminal or blocker that needs a person.",
    keys: ["!"],
    contexts: everywhere,
    disabled: (situation) => ((situation.facts?.attention.length ?? 0) > 0 ? goneEngine(situation) : "nothing needs a person right now"),
    run: (actions) => actions.nextNeedy(),
  },
  {
    id: "restart-terminal",
    topic: "terminals",
    title: "Restart the terminal's agent, or try its blocked tasks again",
    hint: (situation) => (canTryAgain(focusedTerminal(situation)) ? "try again" : "restart it"),
    help: "Start the agent of a dead terminal again; its unfinished tasks are still its own, and blocked ones are tried again.",
    keys: ["R"],
    contexts: ["panes", "zoom", "notice", "blocker"],
    disabled: (situation) => {
      const terminal = focusedTerminal(situation);
      if (terminal === null) return "this plan has no terminal";
      if (situation.view.overlay.kind === "blocker" && selectedBlocker(situation)?.terminal !== terminal.number)
        return "no terminal has this blocker";
      const dead = terminal.state === "lost" || terminal.state === "exited" || terminal.state === "error";
      return dead || canTryAgain(terminal) ? noEngine(situation) : `terminal ${terminal.number} is alive (${terminal.state})`;
    },
    run: (actions, situation) => actions.restart(situation.view.focused),
  },
];
