/** Reading in the terminals: search, and selecting text with keys or the mouse. */
import { createCopying, type CopyActions } from "./copying.ts";
import type { ViewSnapshot } from "../stores/view-store.ts";
import { createDragging, type DragActions } from "./dragging.ts";
import type { ReadingParts } from "./place.ts";
import { createSearching, type SearchActions } from "./searching.ts";

export interface Reading {
  readonly search: SearchActions;
  readonly copy: CopyActions;
  readonly mouse: DragActions;
  /** New rows of a terminal's pane have come. */
  paneChanged(terminal: number): void;
  stopReading(): void;
}

export function createReading(parts: ReadingParts): Reading {
  const copy = createCopying(parts);
  const search = createSearching(parts, (hit) => copy.goTo(hit));
  const stopWatching = parts.stores.marathon.subscribe(({ connection }, before) => {
    // Another engine numbers lines anew: what was found and selected means nothing to it.
    if (connection.status !== "attached" || before.connection.status === "attached" || before.connection.status === "silent") return;
    copy.leave();
    search.leave();
  });
  const stopFollowing = parts.stores.view.subscribe((now) => endElsewhere(parts, now));
  return {
    search,
    copy,
    mouse: createDragging(parts, copy),
    paneChanged(terminal) {
      copy.paneChanged(terminal);
      search.paneChanged(terminal);
    },
    stopReading() {
      stopWatching();
      stopFollowing();
      search.stop();
    },
  };
}

/** Who goes to another terminal, or to a list, has done with reading in this one; what is there stays as it is shown. */
function endElsewhere({ stores }: ReadingParts, { search, copy, focused, area, view, context }: ViewSnapshot): void {
  const away = area !== "panes" || view === "scratchpad" || context === "take-over";
  if (copy && (away || copy.terminal !== focused)) {
    const { [copy.terminal]: lines = 0 } = copy.back.scroll;
    stores.view.setState((now) => ({
      copy: null,
      search: null,
      scroll: { ...now.scroll, [copy.terminal]: lines },
      tops: { ...now.tops, ...copy.back.tops },
    }));
  } else if (search && (away || (search.terminal !== focused && !search.everywhere))) {
    stores.view.setState({ search: null });
  } else if (search && search.terminal !== focused) {
    stores.view.setState({ search: { ...search, terminal: focused } });
  }
}
