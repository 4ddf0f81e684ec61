/**
 * Where everything is: a pure function from the size, the view and the plan's proportions to rectangles. It never looks at
 * progress, so nothing on the screen moves because work goes on; its tests are drawings.
 */
import { inside, rect, type Rect, type Size } from "./geometry.ts";
import { boardLayout } from "./layout/board.ts";
import { assignSlots, type SlotWishes } from "./layout/slots.ts";
import type { Area, RailName, View } from "./stores/view-store.ts";

export interface LayoutInput extends SlotWishes {
  readonly size: Size;
  readonly view: View;
  readonly area: Area;
  /** How many streams (or sessions) the plan has. */
  readonly lanes: number;
  /** The plan's terminals, in order. */
  readonly terminals: readonly number[];
  /** What the open overlay would like to have; null: none is open. */
  readonly overlay: OverlayWish | null;
}

export interface OverlayWish extends Size {
  readonly place: "centre" | "top";
}

export type ListName = RailName | "files" | "file";

/** A list with its frame. Lists without side borders have `outer` one row high: the line that carries the title. */
export interface ListRect {
  readonly name: ListName;
  readonly outer: Rect;
  readonly inner: Rect;
}

export interface PaneRect {
  readonly terminal: number;
  readonly outer: Rect;
  /** The cells that belong to the terminal. */
  readonly inner: Rect;
}

export interface Layout {
  readonly size: Size;
  readonly kind: "board" | "tabs" | "zoom" | "scratchpad" | "one-line";
  readonly header: Rect;
  /** Lines that say in one row each what the rails say: streams, blockers, terminals. As many as there is room for. */
  readonly folded: readonly { readonly name: "summary" | "streams" | "blockers" | "terminals"; readonly rect: Rect }[];
  readonly tabs: Rect | null;
  readonly lists: readonly ListRect[];
  readonly panes: readonly PaneRect[];
  /** The terminals in the board's panes by slot, to be remembered for the next layout. */
  readonly slots: readonly number[];
  readonly events: Rect | null;
  readonly status: Rect;
  /** Covers panes and lists; nothing of a terminal may be drawn there. */
  readonly overlay: Rect | null;
}

/** Below this the screen says in one line that it is too small; detaching and quitting still work. */
export const smallest: Size = { columns: 50, rows: 12 };

export function layout(input: LayoutInput): Layout {
  const { size } = input;
  const bare = bareLayout(input);
  if (size.columns < smallest.columns || size.rows < smallest.rows) return bare;
  const overlay = overlayRect(size, input.overlay);
  if (input.view === "zoom") return { ...zoomLayout(input, bare), overlay };
  if (input.view === "scratchpad") return { ...scratchpadLayout(bare), overlay };
  const board = boardLayout(size, input.lanes, input.terminals.length);
  if (board === null) return { ...tabsLayout(input, bare), overlay };
  const slots = assignSlots(board.slots.length, input);
  return {
    ...bare,
    kind: "board",
    lists: board.lists,
    slots,
    panes: slots.flatMap((terminal, index) => {
      const outer = board.slots[index];
      return outer === undefined ? [] : [{ terminal, outer, inner: inside(outer) }];
    }),
    events: rect(0, size.rows - 1 - board.eventLines, size.columns, board.eventLines),
    overlay,
  };
}

/** The part of the layout that is the same everywhere; on a screen that is too small it is all there is. */
function bareLayout(input: LayoutInput): Layout {
  const { columns, rows } = input.size;
  return {
    size: input.size,
    kind: "one-line",
    header: rect(0, 0, columns, 1),
    folded: [],
    tabs: null,
    lists: [],
    panes: [],
    slots: input.slots,
    events: null,
    status: rect(0, rows - 1, columns, 1),
    overlay: null,
  };
}

/** One terminal at the full width: no side borders, the rails folded to a line each. */
function zoomLayout(input: LayoutInput, bare: Layout): Layout {
  const { columns, rows } = input.size;
  const names = rows >= 30 ? (["streams", "blockers", "terminals"] as const) : (["summary"] as const);
  const folded = names.map((name, index) => ({ name, rect: rect(0, 1 + index, columns, 1) }));
  const title = 1 + folded.length;
  const events = rows >= 20 ? 1 : 0;
  const outer = rect(0, title, columns, 1);
  return {
    ...bare,
    kind: "zoom",
    folded,
    panes: [{ terminal: input.focused, outer, inner: rect(0, title + 1, columns, rows - title - 2 - events) }],
    events: events > 0 ? rect(0, rows - 2, columns, 1) : null,
  };
}

/** Too small for the board: the same lists and panes one at a time, under a line of tabs and a summary that is always there. */
function tabsLayout(input: LayoutInput, bare: Layout): Layout {
  const { columns, rows } = input.size;
  const events = rows >= 18 ? 1 : 0;
  const outer = rect(0, 3, columns, 1);
  const inner = rect(0, 4, columns, rows - 5 - events);
  const whole = { outer, inner };
  return {
    ...bare,
    kind: "tabs",
    folded: [{ name: "summary", rect: rect(0, 1, columns, 1) }],
    tabs: rect(0, 2, columns, 1),
    lists: input.area === "panes" ? [] : [{ name: input.area, ...whole }],
    panes: input.area === "panes" && input.focused > 0 ? [{ terminal: input.focused, ...whole }] : [],
    events: events > 0 ? rect(0, rows - 2, columns, 1) : null,
  };
}

function scratchpadLayout(bare: Layout): Layout {
  const { columns, rows } = bare.size;
  const events = rows >= 18 ? 1 : 0;
  const height = rows - 2 - events;
  const beside = columns >= 100;
  const listWidth = beside ? Math.min(72, Math.floor(columns * 0.42)) : columns;
  const listHeight = beside ? height : Math.max(5, Math.floor(height * 0.4));
  const files = rect(0, 1, listWidth, listHeight);
  const file = beside ? rect(listWidth - 1, 1, columns - listWidth + 1, height) : rect(0, listHeight, columns, height - listHeight + 1);
  return {
    ...bare,
    kind: "scratchpad",
    lists: [
      { name: "files", outer: files, inner: inside(files) },
      { name: "file", outer: file, inner: inside(file) },
    ],
    events: events > 0 ? rect(0, rows - 2, columns, 1) : null,
  };
}

/** Never over the header and the status line, so that the clock and the keys stay in sight. */
function overlayRect(size: Size, wish: OverlayWish | null): Rect | null {
  if (wish === null) return null;
  const width = Math.min(wish.columns, size.columns - 4);
  const height = Math.min(wish.rows, size.rows - 2);
  const x = Math.floor((size.columns - width) / 2);
  const y = wish.place === "top" ? Math.min(3, size.rows - 1 - height) : Math.floor((size.rows - height) / 2);
  return rect(x, Math.max(1, y), width, height);
}
