/** The cells of the terminals that are shown, as the engine last sent them, and which panes it is asked for. */
import type { PaneRequest } from "../protocol/messages.ts";
import { decodeRows, type RowsMessage } from "../protocol/rows.ts";
import type { Layout } from "./layout.ts";
import type { ViewSnapshot } from "./stores/view-store.ts";
import { Grid } from "./terminal/grid.ts";

export interface PaneContent {
  readonly grid: Grid;
  /** The newest message; its cells are in the grid already. */
  readonly last: Omit<RowsMessage, "spans">;
}

export class PaneGrids {
  readonly #panes = new Map<number, PaneContent>();
  /** Those of which anything but blank cells has come. */
  readonly #written = new Set<number>();

  /** Takes over changed rows. Throws when the payload is no rows message. */
  apply(payload: Uint8Array): RowsMessage {
    const message = decodeRows(payload);
    const grid = this.#panes.get(message.terminal)?.grid ?? new Grid(message.cols, message.rows);
    grid.apply(message);
    this.#panes.set(message.terminal, { grid, last: message });
    if (message.spans.length > 0) this.#written.add(message.terminal);
    return message;
  }

  get(terminal: number): PaneContent | undefined {
    return this.#panes.get(terminal);
  }

  /** Whether nothing has been written in this pane so far, or it is not known. */
  untouched(terminal: number): boolean {
    return !this.#written.has(terminal);
  }

  /** What was last heard of each pane. */
  all(): readonly PaneContent["last"][] {
    return [...this.#panes.values()].map(({ last }) => last);
  }

  /** Forgets panes that are not shown any more: when they come back the engine sends them whole. */
  keep(terminals: ReadonlySet<number>): void {
    for (const terminal of this.#panes.keys()) if (!terminals.has(terminal)) this.#panes.delete(terminal);
    for (const terminal of this.#written) if (!terminals.has(terminal)) this.#written.delete(terminal);
  }
}

/** The panes of a layout as the engine is asked for them. */
export function paneRequests(
  layout: Layout,
  { scroll, tops, copy }: Pick<ViewSnapshot, "scroll" | "tops" | "copy">,
): readonly PaneRequest[] {
  return layout.panes
    .filter(({ inner }) => inner.width > 0 && inner.height > 0)
    .map(({ terminal, inner, program }) => ({
      terminal,
      cols: inner.width,
      rows: inner.height,
      ...whereTo(scroll[terminal] ?? 0, tops[terminal]),
      ...(copy?.terminal === terminal ? { held: true } : {}),
      ...(program === null ? {} : { program: { cols: program.columns, rows: program.rows } }),
    }));
}

function whereTo(scroll: number, top: PaneRequest["top"]): Pick<PaneRequest, "scroll" | "top"> {
  return scroll > 0 && top ? { scroll: 0, top } : { scroll };
}

export function samePanes(left: readonly PaneRequest[], right: readonly PaneRequest[]): boolean {
  if (left.length !== right.length) return false;
  return left.every((one, index) => {
    const other = right[index];
    return (
      other !== undefined &&
      one.terminal === other.terminal &&
      one.cols === other.cols &&
      one.rows === other.rows &&
      one.scroll === other.scroll &&
      one.top?.era === other.top?.era &&
      one.top?.line === other.top?.line &&
      one.held === other.held &&
      one.program?.cols === other.program?.cols &&
      one.program?.rows === other.program?.rows
    );
  });
}
