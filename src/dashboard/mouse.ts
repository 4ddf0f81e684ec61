/** What the mouse does on the dashboard: a click goes there, a drag selects, a double click zooms, the wheel scrolls what is below it. */
import type { ControllerActions } from "./actions/create.ts";
import { contains } from "./geometry.ts";
import type { MouseInput } from "./keys.ts";
import type { Layout, ListRect, PaneRect } from "./layout.ts";
import type { Screen } from "./screen.ts";
import type { Stores } from "./stores/stores.ts";
import { itemAt } from "./views/lists.ts";

export interface MouseParts {
  readonly stores: Stores;
  readonly screen: Screen;
  readonly actions: ControllerActions;
  /** Wall clock in ms, for double clicks. */
  readonly wallClock: () => number;
}

const doubleClickMs = 400;
const wheelLines = 3;

export function createMouse(parts: MouseParts): (event: MouseInput) => void {
  const click = clicker(parts);
  return (event) => {
    if (event.kind === "move" && event.button === "left") return parts.actions.mouse.drag(event);
    if (event.kind === "release") return parts.actions.mouse.drop();
    if (event.kind !== "press") return;
    const wheel = event.button === "wheel-up" ? 1 : event.button === "wheel-down" ? -1 : 0;
    const { overlay } = parts.stores.view.getState();
    if (overlay.kind !== "none") {
      if (wheel !== 0) parts.actions.move(-wheel * wheelLines);
    } else if (wheel !== 0) turn(parts, event, wheel);
    else if (event.button === "left") click(event);
  };
}

function clicker({ stores, screen, actions, wallClock }: MouseParts): (event: MouseInput) => void {
  let last = { at: -Infinity, terminal: 0 };
  return (event) => {
    const frame = screen.frame();
    const place = placeAt(frame.layout, event);
    if (place === undefined) return;
    if ("terminal" in place) {
      if (actions.mouse.press(place, event)) return;
      const double = last.terminal === place.terminal && wallClock() - last.at < doubleClickMs;
      last = { at: wallClock(), terminal: double ? 0 : place.terminal };
      actions.focus(place.terminal);
      if (double) actions.show(stores.view.getState().view === "zoom" ? "board" : "zoom");
      return;
    }
    const list = place;
    if (list.name === "file" || list.name === "events") return;
    const item = itemAt(frame, list, event.y);
    const name = list.name === "files" ? "scratchpad" : list.name;
    if (name !== "scratchpad" && name !== "time") actions.rail(name);
    if (item === null) return;
    stores.view.setState((view) => ({ selected: { ...view.selected, [name]: item } }));
    actions.openSelected();
  };
}

function turn({ stores, screen, actions }: MouseParts, event: MouseInput, direction: 1 | -1): void {
  const { layout } = screen.frame();
  const place = placeAt(layout, event);
  if (place === undefined) return;
  if ("terminal" in place) {
    if (actions.mouse.wheel(place.terminal, direction * wheelLines)) return;
    actions.scrollTerminal(place.terminal, direction * wheelLines);
  } else if (place.name === "file") actions.movePage(-direction * 0.25);
  else if (place.name === "files" || place.name === "time" || stores.view.getState().area === place.name) actions.move(-direction);
}

/** The pane or list that lies there. A border is its neighbour's as well: where one of them has its title, it is that one's. */
function placeAt({ panes, lists }: Layout, { x, y }: MouseInput): PaneRect | ListRect | undefined {
  const places = [...panes, ...lists];
  return (
    places.find(({ inner }) => contains(inner, x, y)) ??
    places.find(({ outer }) => y === outer.y && contains(outer, x, y)) ??
    places.find(({ outer }) => contains(outer, x, y))
  );
}
