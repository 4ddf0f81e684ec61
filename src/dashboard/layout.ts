/**
 * Where everything is: a pure function from the size, the view and the plan's proportions to rectangles. It never looks at
 * progress, so nothing on the screen moves because work goes on; its tests are drawings.
 */
import { rect, type Rect, type Size } from "./geometry.ts";
import type { Look } from "./layout/arrangement.ts";
import { holdsBoard } from "./layout/board.ts";
import { placed, separators } from "./layout/boxes.ts";
import { focusedBoard, gridBoard, wall, type Arranged } from "./layout/many.ts";
import { oneLine, scratchpad, tabs, time, zoom } from "./layout/single.ts";
import type { SlotWishes } from "./layout/slots.ts";
import type { Area, RailName, View } from "./stores/view-store.ts";

export interface LayoutInput extends SlotWishes, Look {
  readonly size: Size;
  readonly view: View;
  readonly area: Area;
  /** How many streams (or sessions) the plan has. */
  readonly lanes: number;
  /** How many rows the list of blockers would like while it has the keys; 0: no more than it always has. */
  readonly blockers: number;
  /** What the open overlay would like to have; null: none is open. */
  readonly overlay: OverlayWish | null;
}

export interface OverlayWish extends Size {
  readonly place: "centre" | "top";
}

export type ListName = RailName | "events" | "files" | "file" | "time";

/** A list with its frame. Lists without side borders have `outer` one row high: the line that carries the title. */
export interface ListRect {
  readonly name: ListName;
  readonly outer: Rect;
  readonly inner: Rect;
}

export interface PaneRect {
  readonly terminal: number;
  /** One row high: the line that carries the title. */
  readonly outer: Rect;
  /** The cells that belong to the terminal; no rows where only its title has room. */
  readonly inner: Rect;
  /** The size its program has when it is not that of the inside, which then shows the part around the cursor. */
  readonly program: Size | null;
}

export interface FoldedLine {
  readonly name: "summary" | "streams" | "blockers" | "terminals";
  readonly rect: Rect;
}

export interface Layout {
  readonly size: Size;
  /** `tabs`: one terminal or one list at a time. */
  readonly kind: "board" | "tabs" | "zoom" | "scratchpad" | "time" | "one-line";
  /** Whether the terminal in front has a place of its own, so that going to another one changes what is where. */
  readonly oneInFront: boolean;
  readonly header: Rect;
  /** Lines that say in one row each what the rails say. As many as there is room for. */
  readonly folded: readonly FoldedLine[];
  readonly tabs: Rect | null;
  readonly lists: readonly ListRect[];
  readonly panes: readonly PaneRect[];
  /** Thin lines between boxes without frames, one column wide; what lies outside of `body` is not to be drawn. */
  readonly separators: readonly Rect[];
  /** Where lists and panes are. */
  readonly body: Rect;
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
  const { size, view } = input;
  if (size.columns < smallest.columns || size.rows < smallest.rows) return assembled(input, oneLine(size));
  const overlay = overlayRect(size, input.overlay);
  if (view === "zoom") return { ...assembled(input, zoom(input)), overlay };
  if (view === "scratchpad") return { ...assembled(input, scratchpad(input)), overlay };
  if (view === "time") return { ...assembled(input, time(input)), overlay };
  return { ...assembled(input, board(input)), overlay };
}

/** The view that a person works in, as they like it and as there is room. */
function board(input: LayoutInput): Arranged {
  if (input.arrangement === "wall") return wall(input);
  if (!holdsBoard(input.size)) return tabs(input);
  return input.arrangement === "focus" ? focusedBoard(input) : gridBoard(input);
}

/** From boxes on the canvas to what of them is on the screen. */
function assembled(input: LayoutInput, arranged: Arranged): Layout {
  const { kind, ground, lists, panes, slots = input.slots, oneInFront = false } = arranged;
  const { region, ...lines } = ground;
  return {
    ...lines,
    kind,
    oneInFront,
    lists: lists.map(({ name, box }) => ({ name, ...placed(box, region) })),
    panes: panes.map(({ terminal, box, program = null }) => ({ terminal, ...placed(box, region), program })),
    separators: separators(
      [...lists, ...panes].map(({ box }) => box),
      region,
    ),
    body: region.screen,
    slots,
    overlay: null,
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
