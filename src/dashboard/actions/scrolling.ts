import type { Actions } from "../actions.ts";
import type { ActionParts } from "./create.ts";

export interface ScrollActions extends Pick<Actions, "scroll" | "scrollPage" | "scrollTo"> {
  /** Scrolls a terminal that need not be in front. Positive is back in time. */
  scrollTerminal(terminal: number, lines: number): void;
}

/** Scrolling goes no further back than what the engine keeps. */
export function scrollActions({ stores, screen }: ActionParts): ScrollActions {
  const scrollTerminal = (terminal: number, lines: number) =>
    stores.view.setState((now) => {
      const kept = stores.panes.getState()[terminal]?.scrollback ?? 0;
      const scrolled = Math.max(0, Math.min(kept, (now.scroll[terminal] ?? 0) + lines));
      return scrolled === (now.scroll[terminal] ?? 0) ? now : { scroll: { ...now.scroll, [terminal]: scrolled } };
    });
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
