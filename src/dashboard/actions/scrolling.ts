import type { Actions } from "../actions.ts";
import type { ActionParts } from "./create.ts";

export interface ScrollActions extends Pick<Actions, "scroll" | "scrollPage" | "scrollTo"> {
  /** Scrolls a terminal that need not be in front. Positive is back in time. */
  scrollTerminal(terminal: number, lines: number): void;
}

/** Scrolling goes no further back than what the engine keeps. */
export function scrollActions({ stores, screen }: ActionParts): ScrollActions {
  const scrollTerminal = (terminal: number, lines: number) => {
    const meta = stores.panes.getState()[terminal];
    if (meta === undefined) return;
    const { scroll } = stores.view.getState();
    const asked = scroll[terminal] ?? 0;
    // What is read stays in place while output goes on below it: by now it may be further back than was asked for.
    const from = asked === 0 ? 0 : meta.scroll;
    let scrolled = Math.max(0, Math.min(meta.scrollback, from + lines));
    if (scrolled === from) return;
    // The engine takes the same figure for the same place, so another place needs another figure.
    if (scrolled === asked) scrolled += lines < 0 ? -1 : 1;
    stores.panes.update(terminal, { ...meta, scroll: scrolled });
    const { [terminal]: _, ...tops } = stores.view.getState().tops;
    stores.view.setState({ scroll: { ...scroll, [terminal]: scrolled }, tops });
  };
  const focused = () => stores.view.getState().focused;
  return {
    scrollTerminal,
    scroll: (lines) => scrollTerminal(focused(), lines),
    scrollPage(pages) {
      const pane = screen.frame().layout.panes.find((one) => one.terminal === focused());
      scrollTerminal(focused(), Math.trunc(pages * Math.max(2, pane?.inner.height ?? 2)));
    },
    scrollTo: (end) => scrollTerminal(focused(), end === "top" ? Infinity : -Infinity),
  };
}
