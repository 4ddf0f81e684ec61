/**
 * Puts the frame together: Ink's chrome, the terminals' cells over its blank rectangles, what lies over both. Draws when
 * something changed and the terminal takes it; while it does not, nothing is queued and the next frame is the newest.
 */
import type { Rect } from "./geometry.ts";
import type { Layout } from "./layout.ts";
import type { PaneContent, PaneGrids } from "./pane-grids.ts";
import { highlightsOf } from "./reading/highlights.ts";
import type { ViewSnapshot } from "./stores/view-store.ts";
import type { Chrome } from "./terminal/chrome.ts";
import type { Compositor } from "./terminal/compositor.ts";
import type { Grid } from "./terminal/grid.ts";
import { HighlightedGrid } from "./terminal/highlighted-grid.ts";
import type { CursorPlace, Layer } from "./terminal/layers.ts";

export interface PainterParts {
  readonly compositor: Compositor;
  readonly panes: PaneGrids;
  readonly chrome: Chrome;
  /** Highlights may have colours. */
  readonly colors: boolean;
  layout(): Layout;
  /** The cursor's shape that the program of this terminal asked for: a DECSCUSR value. */
  cursorStyle(terminal: number): number;
  view(): ViewSnapshot;
  /** False while the terminal does not read: no frame is made, and `paint` must be asked for again when it does. */
  ready(): boolean;
  write(frame: Uint8Array): void;
  /** Runs the callback after waiting input had its turn. */
  later(callback: () => void): void;
}

export class Painter {
  readonly #parts: PainterParts;
  /** Panes in which something is highlighted. */
  readonly #highlighted = new Map<number, HighlightedGrid>();
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
      return content ? [cut(this.#read(terminal, content), inner)] : [];
    });
    return [...chrome.layers("below the terminals"), ...terminals, ...chrome.layers("over the terminals")];
  }

  /** The cells of a pane, with what is found and selected in it. */
  #read(terminal: number, { grid, last }: PaneContent): Grid {
    const highlights = highlightsOf({ terminal, cols: grid.cols, rows: grid.rows, top: last.top }, this.#parts.view());
    if (highlights.length === 0) {
      this.#highlighted.delete(terminal);
      return grid;
    }
    const over = this.#highlighted.get(terminal) ?? new HighlightedGrid(this.#parts.colors);
    this.#highlighted.set(terminal, over);
    return over.draw(grid, highlights);
  }

  /** That of a terminal that takes the keys, or of a person who selects text; only where it can be seen. */
  #cursor(area: Layout, view: ViewSnapshot): CursorPlace | null {
    const pane = area.panes.find((one) => one.terminal === view.focused);
    const last = this.#parts.panes.get(view.focused)?.last;
    if (!pane || !last || area.overlay) return null;
    const { copy, context } = view;
    const selecting = copy?.terminal === view.focused && last.top?.era === copy.era ? { x: copy.x, y: copy.line - last.top.line } : null;
    const cursor = context === "take-over" && last.cursor.visible ? last.cursor : selecting;
    if (!cursor || cursor.x >= pane.inner.width || cursor.y < 0 || cursor.y >= pane.inner.height) return null;
    // Who selects text has the cursor of their own terminal.
    const style = cursor === selecting ? 0 : this.#parts.cursorStyle(view.focused);
    return { x: pane.inner.x + cursor.x, y: pane.inner.y + cursor.y, style };
  }
}

function cut(grid: Grid, { x, y, width, height }: Rect): Layer {
  return { grid, fromX: 0, fromY: 0, x, y, width: Math.min(width, grid.cols), height: Math.min(height, grid.rows) };
}
