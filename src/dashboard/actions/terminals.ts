/** Which terminal is in front, and what has its keys. */
import type { Actions } from "../actions.ts";
import { noOverlay } from "../stores/view-store.ts";
import type { ActionParts } from "./create.ts";
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
    nextNeedy: () => nextNeedy(parts, focus),
    restart(terminal) {
      // Pressed on a blocker's page: what happens now is to be seen.
      if (["notice", "blocker"].includes(view.getState().overlay.kind)) view.setState({ overlay: noOverlay });
      view.toast(`restarting terminal ${terminal}`);
      request({ name: "restart", terminal }, `terminal ${terminal} could not be restarted`);
    },
  };
}

/** What needs a person in the order of urgency; each press goes one on. Says what it is. */
function nextNeedy({ stores, screen }: ActionParts, focus: (terminal: number) => void): void {
  const { facts, view } = screen.frame();
  // Several things may be about one terminal: the most pressing one speaks for it.
  const stops = (facts?.attention ?? []).filter(
    (item, index, all) => item.terminal === null || all.findIndex((other) => other.terminal === item.terminal) === index,
  );
  const row = (blocker: string | null) => facts?.blockers.findIndex((one) => one.id === blocker) ?? -1;
  const here = stops.findIndex((stop) =>
    stop.terminal === null
      ? view.area === "blockers" && view.selected.blockers === row(stop.blocker)
      : view.area === "panes" && view.focused === stop.terminal,
  );
  const next = stops[(here + 1) % Math.max(1, stops.length)];
  if (next === undefined) return;
  stores.view.toast(next.text, "warn");
  if (next.terminal !== null) {
    if (view.view === "scratchpad") stores.view.setState({ view: "board" });
    focus(next.terminal);
  } else if (next.blocker !== null) {
    stores.view.setState({ view: "board", area: "blockers", selected: { ...view.selected, blockers: Math.max(0, row(next.blocker)) } });
  }
}
