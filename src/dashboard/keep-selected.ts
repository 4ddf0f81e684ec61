/**
 * A selected row stays with what it is about. Lists order themselves: a new P0 goes to the top, a file that is written comes first.
 * Without this a key would mean another blocker than the one that the person has just read.
 */
import type { State } from "../marathon/types.ts";
import { blockerOrder } from "./facts/blockers.ts";
import type { Stores } from "./stores/stores.ts";
import { scratchFiles } from "./views/scratchpad.ts";

/** Answers how to stop. */
export function keepSelected({ marathon, view }: Pick<Stores, "marathon" | "view">): () => void {
  return marathon.subscribe(({ state: now }, { state: before }) => {
    if (now === null || before === null) return;
    const { selected, area, view: shown } = view.getState();
    // In a list that nobody looks into, the first row stays the most urgent one.
    const [reads, walks] = [shown === "scratchpad", shown === "board" && area === "blockers"];
    const blockers = walks && now.blockers !== before.blockers ? moved(idsOf(before), idsOf(now), selected.blockers) : selected.blockers;
    const scratchpad =
      reads && now.files !== before.files ? moved(pathsOf(before), pathsOf(now), selected.scratchpad) : selected.scratchpad;
    if (blockers === selected.blockers && scratchpad === selected.scratchpad) return;
    view.setState(({ selected: other }) => ({ selected: { ...other, blockers, scratchpad } }));
  });
}

/** Where the selected thing is now; of one that is gone, its place. */
function moved(before: readonly string[], now: readonly string[], row: number): number {
  const id = before[Math.min(row, before.length - 1)];
  const at = id === undefined ? -1 : now.indexOf(id);
  return at < 0 ? row : at;
}

function idsOf(state: State): readonly string[] {
  return blockerOrder(state).map(({ id }) => id);
}

function pathsOf(state: State): readonly string[] {
  return scratchFiles(state.files).map(({ path }) => path);
}
