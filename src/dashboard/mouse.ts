/** What the mouse does on the dashboard: a click goes there, a drag selects, a double click zooms, the wheel scrolls what is below it. */
import type { ControllerActions } from "./actions/create.ts";
import { contains, type Rect } from "./geometry.ts";
import type { MouseInput } from "./keys.ts";
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
    const pane = at(frame.layout.panes, event);
    if (pane !== undefined) {
      if (actions.mouse.press(pane, event)) return;
      const double = last.terminal === pane.terminal && wallClock() - last.at < doubleClickMs;
      last = { at: wallClock(), terminal: double ? 0 : pane.terminal };
      actions.focus(pane.terminal);
      if (double) actions.show(stores.view.getState().view === "zoom" ? "board" : "zoom");
      return;
    }
    const list = at(frame.layout.lists, event);
    if (list === undefined || list.name === "file" || list.name === "events") return;
    const item = itemAt(frame, list, event.y);
    const name = list.name === "files" ? "scratchpad" : list.name;
    if (name !== "scratchpad") actions.rail(name);
    if (item === null) return;
    stores.view.setState((view) => ({ selected: { ...view.selected, [name]: item } }));
    actions.openSelected();
  };
}

function turn({ stores, screen, actions }: MouseParts, event: MouseInput, direction: 1 | -1): void {
  const { layout } = screen.frame();
  const pane = at(layout.panes, event);
  if (pane !== undefined && actions.mouse.wheel(pane.terminal, direction * wheelLines)) return;
  if (pane !== undefined) return actions.scrollTerminal(pane.terminal, direction * wheelLines);
  const list = at(layout.lists, event);
  if (list?.name === "file") actions.movePage(-direction * 0.25);
  else if (list?.name === "files" || (list !== undefined && stores.view.getState().area === list.name)) actions.move(-direction);
}

/** What lies there. A border is its neighbour's as well: where one of them has its title, it is that one's. */
function at<Place extends { readonly outer: Rect; readonly inner: Rect }>(
  places: readonly Place[],
  { x, y }: MouseInput,
): Place | undefined {
  return (
    places.find(({ inner }) => contains(inner, x, y)) ??
    places.find(({ outer }) => y === outer.y && contains(outer, x, y)) ??
    places.find(({ outer }) => contains(outer, x, y))
  );
}
