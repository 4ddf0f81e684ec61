/** Reading in the terminals: search, and selecting text with keys or the mouse. */
import { createCopying, type CopyActions } from "./copying.ts";
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
    if (connection.status !== "attached" || before.connection.status === "attached") return;
    copy.leave();
    search.leave();
  });
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
      search.stop();
    },
  };
}
