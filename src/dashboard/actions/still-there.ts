/**
 * Whether a person is still where they asked for something: a page that comes late, on a busy machine, must not take the keys that
 * are meant for what they have turned to since.
 */
import type { ViewStore } from "../stores/view-store.ts";

/** To be called when they ask; answers what is to be asked when the answer is there. */
export function stillThere(view: ViewStore): () => boolean {
  const { overlay, search, copy, context, focused, area, view: looked } = view.getState();
  return () => {
    const now = view.getState();
    const same = now.overlay === overlay && now.search === search && now.copy === copy && now.context === context;
    return same && now.focused === focused && now.area === area && now.view === looked;
  };
}
