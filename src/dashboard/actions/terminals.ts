/** Which terminal is in front, and what has its keys. */
import type { Actions } from "../actions.ts";
import { noOverlay } from "../stores/view-store.ts";
import type { ActionParts } from "./create.ts";
import { needyWalk } from "./needy.ts";
import { neighbourOf } from "./neighbour.ts";

type TerminalActions = Pick<Actions, "goTo" | "focus" | "cycle" | "neighbour" | "takeOver" | "release" | "nextNeedy" | "restart">;

export function terminalActions(parts: ActionParts, request: Actions["request"]): TerminalActions {
  const { stores, screen } = parts;
  const { view } = stores;
  const focus = (terminal: number) =>
    view.setState((now) => ({ focused: terminal, picked: true, ...(now.view === "board" ? { area: "panes" as const } : {}) }));
  const cycle = (step: 1 | -1) => {
    const { layout, facts } = screen.frame();
    const walks = layout.kind === "board" && !layout.oneInFront && layout.panes.length > 0;
    const shown = walks ? layout.panes.map((pane) => pane.terminal) : (facts?.terminals.map((terminal) => terminal.number) ?? []);
    const at = shown.indexOf(view.getState().focused);
    const next = shown[at < 0 ? 0 : (at + step + shown.length) % shown.length];
    if (next !== undefined) focus(next);
  };
  return {
    focus,
    cycle,
    goTo(terminal) {
      const now = view.getState();
      const inFront = now.focused === terminal && (now.view === "zoom" || (now.view === "board" && now.area === "panes"));
      // Who asks for the terminal that happens to be in front at first asked to go there, not for more.
      if (inFront && now.picked) view.setState({ view: now.view === "zoom" ? "board" : "zoom" });
      else if (now.view === "scratchpad") view.setState({ view: "board", focused: terminal, picked: true, area: "panes" });
      else focus(terminal);
    },
    neighbour(direction) {
      const { layout } = screen.frame();
      // With one in front the others have no place beside it: they follow each other by number.
      if (layout.oneInFront || layout.kind === "tabs") return cycle(direction === "left" || direction === "up" ? -1 : 1);
      const found = neighbourOf(layout.panes, view.getState().focused, direction);
      if (found !== null) focus(found);
    },
    takeOver() {
      const { focused } = view.getState();
      // What is typed goes to the bottom of the screen: show it.
      view.setState((now) => ({
        context: "take-over",
        picked: true,
        area: "panes",
        overlay: noOverlay,
        scroll: { ...now.scroll, [focused]: 0 },
      }));
      parts.onTakeOver(focused);
    },
    release() {
      if (view.getState().context !== "take-over") return;
      view.setState({ context: "dashboard" });
      parts.onRelease();
    },
    nextNeedy: needyWalk(parts, focus),
    restart(terminal) {
      // Pressed on a blocker's page: what happens now is to be seen.
      if (["notice", "blocker"].includes(view.getState().overlay.kind)) view.setState({ overlay: noOverlay });
      view.toast(`restarting terminal ${terminal}`);
      request({ name: "restart", terminal }, `terminal ${terminal} could not be restarted`);
    },
  };
}
