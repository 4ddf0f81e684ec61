/** What is asked before blocked work goes elsewhere: who takes over, or what is done instead. */
import { candidateLine, gainWords, hoursWords } from "../../marathon/blocker-page.ts";
import { findBlocker, stoppedTasks } from "../../marathon/blocker-judge.ts";
import { holderWords, viewOf } from "../../marathon/blockers.ts";
import { candidatesFor } from "../../marathon/candidates.ts";
import { broughtBack, fallbacksOf } from "../../marathon/fallbacks.ts";
import type { Blocker, State } from "../../marathon/types.ts";
import { deadWords } from "../../marathon/terminals.ts";
import { listed } from "../../marathon/words.ts";
import { plain } from "../format.ts";
import type { Overlay } from "../stores/view-store.ts";

/** `chosen` gets the terminal's number. Those that cannot take it are shown with the reason, and refuse when chosen. */
export function reassignQuestion(state: State, _t: number, blocker: Blocker, chosen: (terminal: number) => void): Overlay {
  const candidates = candidatesFor(state, blocker, stoppedTasks(state, blocker));
  return {
    kind: "choice",
    wide: true,
    title: `Reassign ${blocker.id}: who takes over?`,
    body: [plain(blocker.title), `Now with ${plain(holderWords(blocker.holder))}. The best comes first; Esc changes nothing.`],
    index: 0,
    choices: candidates.map((one) => ({
      label: `terminal ${one.terminal}${one.role === null ? "" : ` ${plain(one.role)}`}`,
      help: plain(candidateLine(one)).replace(/^[^:]*: /u, ""),
      run: () => chosen(one.terminal),
    })),
  };
}

/** What stands above the note of a resolution: what goes on, and where nothing can. */
export function resolveWords(state: State, id: string): readonly string[] {
  const blocker = findBlocker(state, id);
  if (blocker === null) return [];
  const stopped = stoppedTasks(state, blocker);
  const homes = [...new Set(stopped.flatMap((number) => state.tasks[number]?.terminal ?? []))];
  const goesOn = stopped.length === 0 ? "It stops no task." : `${stopped.length === 1 ? "Task" : "Tasks"} ${listed(stopped)} can go on.`;
  return [
    plain(blocker.title),
    [goesOn, ...homes.flatMap((number) => deadWords(state, number) ?? []), "Enter alone: without a note."].join(" "),
  ];
}

/** `chosen` gets the place of the fallback among those offered, and its words. */
export function fallbackQuestion(state: State, t: number, blocker: Blocker, chosen: (choice: number, words: string) => void): Overlay {
  const stopped = stoppedTasks(state, blocker);
  const { atRiskMs } = viewOf(state, t, blocker);
  const risk = atRiskMs > 0 ? `${hoursWords(atRiskMs)} of planned work at risk. ` : "";
  return {
    kind: "choice",
    wide: true,
    title: `Fall back from ${blocker.id}: what instead?`,
    body: [plain(blocker.title), `${risk}The blocked work is parked as it is; f brings it back.`],
    index: 0,
    choices: fallbacksOf(state, blocker).map((one, choice) => {
      const gain = gainWords(broughtBack(state, t, one, stopped, atRiskMs), atRiskMs);
      const planned = `the plan says so${gain === "" ? "" : `; ${gain}`}`;
      // What the standing ideas bring is the same for each: one line is enough, and little fits on a small screen.
      const help = one.from === "standing" ? "" : one.from === "buffer" ? "the plan keeps it for blockers; its terminal goes on" : planned;
      return { label: plain(one.text), help, run: () => chosen(choice, one.text) };
    }),
  };
}
