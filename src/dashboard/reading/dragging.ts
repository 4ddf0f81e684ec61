/** Selecting with the mouse: drag in a pane, scroll beyond its edges and with the wheel, let go to copy. */
import { contains } from "../geometry.ts";
import type { MouseInput } from "../keys.ts";
import type { PaneRect } from "../layout.ts";
import type { CopyView } from "../stores/reading.ts";
import { heightOf, lookoutOf, placed, type ReadingParts, screenTopOf, topOf } from "./place.ts";

export interface DragActions {
  /** The left button went down in this pane. True: somebody selects in it, and the click means no more than that. */
  press(pane: PaneRect, event: MouseInput): boolean;
  /** The mouse moved with its button down. */
  drag(event: MouseInput): void;
  /** The button was let go. */
  drop(): void;
  /** The wheel over this terminal, positive is back in time. False when nothing is being selected there. */
  wheel(terminal: number, rows: number): boolean;
}

/** Where the button went down: a line keeps its number while output moves it on. */
interface Press {
  readonly pane: PaneRect;
  readonly era: number;
  readonly line: number;
  readonly x: number;
}

export function createDragging(parts: ReadingParts, copying: { copy(): void; leave(): void }): DragActions {
  const { view } = parts.stores;
  let pressed: Press | null = null;
  return {
    press(pane, event) {
      const { copy } = view.getState();
      const top = topOf(parts, pane.terminal);
      pressed = null;
      if (copy && copy.terminal !== pane.terminal) copying.leave();
      if (!top || !contains(pane.inner, event.x, event.y)) return false;
      pressed = { pane, era: top.era, line: top.line + event.y - pane.inner.y, x: event.x - pane.inner.x };
      if (copy?.terminal !== pane.terminal) return false;
      view.setState({ copy: { ...copy, line: pressed.line, x: pressed.x, want: pressed.x, anchor: null } });
      return true;
    },
    drag(event) {
      if (pressed) drag(parts, pressed, event);
    },
    drop() {
      pressed = null;
      if (view.getState().copy?.dragging === true) copying.copy();
    },
    wheel: (terminal, rows) => wheel(parts, terminal, rows),
  };
}

function drag(parts: ReadingParts, { pane: { terminal, inner }, ...from }: Press, event: MouseInput): void {
  const { view } = parts.stores;
  const now = view.getState();
  const top = topOf(parts, terminal);
  if (top?.era !== from.era || now.focused !== terminal) return;
  const [x, y] = [event.x - inner.x, event.y - inner.y];
  const unmoved = now.copy === null && from.line === top.line + y && from.x === x;
  if (unmoved) return;
  const back = now.search?.back ?? lookoutOf(now);
  const before: Omit<CopyView, "line" | "x" | "want" | "anchor"> = now.copy ?? {
    terminal,
    era: top.era,
    shape: "text",
    dragging: true,
    back,
  };
  const beyond = y < 0 ? y : y >= inner.height ? y - inner.height + 1 : 0;
  const line = shifted(parts, terminal, top, beyond);
  const at = { line: line + Math.max(0, Math.min(y, inner.height - 1)), x: Math.max(0, Math.min(x, inner.width - 1)) };
  view.setState({
    copy: { ...before, anchor: now.copy?.anchor ?? { line: from.line, x: from.x }, ...at, want: at.x },
    ...placed(now, terminal, { era: top.era, line }),
  });
}

/** The top line after so many rows down, as far as there are lines. */
function shifted(parts: ReadingParts, terminal: number, top: { readonly era: number; readonly line: number }, rows: number): number {
  return Math.max(0, Math.min(screenTopOf(parts, terminal, top.era), top.line + rows));
}

function wheel(parts: ReadingParts, terminal: number, rows: number): boolean {
  const { view } = parts.stores;
  const now = view.getState();
  const top = topOf(parts, terminal);
  const { copy } = now;
  if (copy?.terminal !== terminal || top?.era !== copy.era) return false;
  const line = shifted(parts, terminal, top, -rows);
  // The button is down: what is below the mouse is where the selection ends. Else the cursor only stays in sight.
  const cursor = copy.dragging ? copy.line + line - top.line : Math.max(line, Math.min(copy.line, line + heightOf(parts, terminal) - 1));
  view.setState({ copy: { ...copy, line: cursor }, ...placed(now, terminal, { era: top.era, line }) });
  return true;
}
