/**
 * Puts the frame together: Ink's chrome, the terminals' cells over its blank rectangles, what lies over both. Draws when
 * something changed and the terminal takes it; while it does not, nothing is queued and the next frame is the newest.
 */
import type { Rect } from "./geometry.ts";
import type { Layout } from "./layout.ts";
import type { PaneGrids } from "./pane-grids.ts";
import type { ViewSnapshot } from "./stores/view-store.ts";
import type { Chrome } from "./terminal/chrome.ts";
import type { Compositor, CursorPlace } from "./terminal/compositor.ts";
import type { Grid } from "./terminal/grid.ts";
import type { Layer } from "./terminal/layers.ts";

export interface PainterParts {
  readonly compositor: Compositor;
  readonly panes: PaneGrids;
  readonly chrome: Chrome;
  layout(): Layout;
  view(): ViewSnapshot;
  /** False while the terminal does not read: no frame is made, and `paint` must be asked for again when it does. */
  ready(): boolean;
  write(frame: string): void;
  /** Runs the callback after waiting input had its turn. */
  later(callback: () => void): void;
}

export class Painter {
  readonly #parts: PainterParts;
  #asked = false;
  #stopped = false;

  constructor(parts: PainterParts) {
    this.#parts = parts;
  }

  /** Asks for a frame; several askings before it are one. */
  paint(): void {
    if (this.#asked || this.#stopped) return;
    this.#asked = true;
    this.#parts.later(() => {
      this.#asked = false;
      this.paintNow();
    });
  }

  paintNow(): void {
    if (this.#stopped) return;
    if (!this.#parts.ready()) return;
    const { compositor } = this.#parts;
    const area = this.#parts.layout();
    if (area.size.columns !== compositor.cols || area.size.rows !== compositor.rows) return;
    this.#parts.write(compositor.frame(this.#layers(area), this.#cursor(area, this.#parts.view())));
  }

  stop(): void {
    this.#stopped = true;
  }

  #layers(area: Layout): Layer[] {
    const { chrome, panes } = this.#parts;
    const terminals = area.panes.flatMap(({ terminal, inner }) => {
      const content = panes.get(terminal);
      return content ? [cut(content.grid, inner)] : [];
    });
    return [...chrome.layers("below the terminals"), ...terminals, ...chrome.layers("over the terminals")];
  }

  /** Only a terminal that takes the keys shows its cursor, and only where it can be seen. */
  #cursor(area: Layout, view: ViewSnapshot): CursorPlace | null {
    if (view.context !== "take-over" || area.overlay) return null;
    const pane = area.panes.find((one) => one.terminal === view.focused);
    const last = this.#parts.panes.get(view.focused)?.last;
    if (!pane || !last?.cursor.visible || last.cursor.x >= pane.inner.width || last.cursor.y >= pane.inner.height) return null;
    return { x: pane.inner.x + last.cursor.x, y: pane.inner.y + last.cursor.y, style: 0 };
  }
}

function cut(grid: Grid, { x, y, width, height }: Rect): Layer {
  return { grid, fromX: 0, fromY: 0, x, y, width: Math.min(width, grid.cols), height: Math.min(height, grid.rows) };
}
