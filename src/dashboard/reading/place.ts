/** Where panes are scrolled to while somebody searches or selects: by the number of their top line, so that nothing moves it. */
import type { ActionParts } from "../actions/create.ts";
import type { LineRef, Lookout, SearchView } from "../stores/reading.ts";
import type { ViewSnapshot } from "../stores/view-store.ts";

/** What is needed of the dashboard to read in its panes. */
export type ReadingParts = Pick<ActionParts, "stores" | "screen" | "send" | "shown" | "copyOut" | "later">;

export function lookoutOf({ view, area, focused, scroll, tops }: ViewSnapshot): Lookout {
  return { view, area, focused, scroll, tops };
}

/** The line at the top of a pane as it was asked for or, if that is older, as it is shown; null before anything is. */
export function topOf({ stores, shown }: ReadingParts, terminal: number): LineRef | null {
  const { scroll, tops } = stores.view.getState();
  const pane = shown(terminal);
  const asked = tops[terminal];
  if (!pane?.top) return null;
  if ((scroll[terminal] ?? 0) === 0 || asked?.era !== pane.top.era) return pane.top;
  // Output may have dropped the line that was asked for: then the oldest that is kept is at the top.
  return { era: asked.era, line: Math.max(asked.line, pane.top.line + pane.scroll - pane.scrollback) };
}

/** Rows that the pane of a terminal has. */
export function heightOf({ screen }: ReadingParts, terminal: number): number {
  return screen.frame().layout.panes.find((pane) => pane.terminal === terminal)?.inner.height ?? 1;
}

/** The changes to the view that put this line at the top of a pane and keep it there. */
export function placed(view: ViewSnapshot, terminal: number, top: LineRef): Pick<ViewSnapshot, "scroll" | "tops"> {
  return {
    // A scroll of 0 means to follow the output, whatever is at the top.
    scroll: { ...view.scroll, [terminal]: Math.max(1, view.scroll[terminal] ?? 0) },
    tops: { ...view.tops, [terminal]: top },
  };
}

/** Puts a line in sight: it stays where it is if it can be seen, else it comes to the middle of the pane. */
export function bringIntoSight(
  parts: ReadingParts,
  terminal: number,
  lines: { readonly era: number; line: number; endLine: number },
): void {
  const height = heightOf(parts, terminal);
  const top = topOf(parts, terminal);
  const inSight = top?.era === lines.era && lines.line >= top.line && lines.endLine < top.line + height;
  const screenTop = screenTopOf(parts, terminal, lines.era);
  const line = inSight ? top.line : Math.max(0, Math.min(screenTop, lines.line - Math.floor(height / 2)));
  parts.stores.view.setState((view) => placed(view, terminal, { era: lines.era, line }));
}

/** The number of the screen's top line as far as it is known. */
export function screenTopOf({ shown }: ReadingParts, terminal: number, era: number): number {
  const pane = shown(terminal);
  return pane?.top?.era === era ? pane.top.line + pane.scroll : Number.POSITIVE_INFINITY;
}

/** Changes the search, if there still is one. */
export function setSearch({ stores }: Pick<ReadingParts, "stores">, change: Partial<SearchView>): void {
  stores.view.setState(({ search }) => (search ? { search: { ...search, ...change } } : {}));
}
