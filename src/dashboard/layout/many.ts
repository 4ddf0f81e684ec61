/** Layouts with several terminals at a time, as boxes on the canvas. */
import { around, type Rect } from "../geometry.ts";
import type { Layout, LayoutInput, ListName, PaneRect } from "../layout.ts";
import { boardBoxes, boardEvents, focusBoard, gridEvents, holdsBoard } from "./board.ts";
import { placed } from "./boxes.ts";
import { focusBoxes } from "./focus.ts";
import { besideLists, gridBoxes, wallOf } from "./grid.ts";
import { ground, type Ground } from "./ground.ts";
import { assignSlots } from "./slots.ts";

export interface Arranged {
  readonly kind: Layout["kind"];
  readonly ground: Ground;
  readonly lists: readonly { readonly name: ListName; readonly box: Rect }[];
  readonly panes: readonly PaneBox[];
  /** Without it the slots stay as they were. */
  readonly slots?: readonly number[];
  readonly oneInFront?: boolean;
}

export interface PaneBox {
  readonly terminal: number;
  readonly box: Rect;
  readonly program?: PaneRect["program"];
}

/** Lists, and as many terminals as have room beside them. */
export function gridBoard(input: LayoutInput): Arranged {
  const base = ground(input.size, { folded: [], tabs: false, events: gridEvents(input.size) }, input.frames);
  const { lists, panes } = boardBoxes(input.size, base.region.canvas, {
    lanes: input.lanes,
    terminals: input.terminals.length,
    blockers: input.blockers,
  });
  return { kind: "board", ground: base, lists, ...inSlots(gridBoxes(panes, input.terminals.length, besideLists), input) };
}

/** Lists, and the terminal in front large above a strip of the others. */
export function focusedBoard(input: LayoutInput): Arranged {
  const base = ground(input.size, { folded: [], tabs: false, events: boardEvents(input.size) }, input.frames);
  const { lists, panes: area } = focusBoard(base.region.canvas, input);
  const { front, strip } = focusPanes(area, base, input);
  if (input.area !== "terminals") return { kind: "board", ground: base, lists, panes: [...front, ...strip], oneInFront: true };
  // The list that the strip stands for takes its place while it has the keys.
  const box = around(strip.map((pane) => pane.box));
  const list = { name: "terminals" as const, box: box.height > 2 ? box : area };
  return { kind: "board", ground: base, lists: [...lists, list], panes: box.height > 2 ? front : [], oneInFront: true };
}

/** Terminals over the whole width, a line for each list. A list that has the keys takes the terminals' place. */
export function wall(input: LayoutInput): Arranged {
  const { size } = input;
  const large = holdsBoard(size);
  const folded = size.rows >= 30 ? (["streams", "blockers", "terminals"] as const) : (["summary"] as const);
  const events = large ? boardEvents(size) : size.rows >= 18 ? 1 : 0;
  const base = ground(size, { folded, tabs: size.rows < 30, events }, input.frames && large);
  const { canvas } = base.region;
  if (input.area !== "panes") return { kind: "board", ground: base, lists: [{ name: input.area, box: canvas }], panes: [] };
  return { kind: "board", ground: base, lists: [], ...inSlots(gridBoxes(canvas, input.terminals.length, wallOf), input) };
}

/** The terminal in front in a large box, the others in a strip that shows windows of them. Every program has the large size. */
export function focusPanes(
  area: Rect,
  { region }: Ground,
  { terminals, focused }: Pick<LayoutInput, "terminals" | "focused">,
): { readonly front: readonly PaneBox[]; readonly strip: readonly PaneBox[] } {
  const others = terminals.filter((terminal) => terminal !== focused);
  const known = terminals.length > others.length;
  const floor = region.screen.y + region.screen.height - 1;
  const { large, strip } = focusBoxes(area, floor, others.length);
  const { width: columns, height: rows } = placed(large, region).inner;
  return {
    front: known ? [{ terminal: focused, box: large }] : [],
    // Going to another terminal then changes no program's size: what was on its screen is there at once.
    strip: strip.flatMap((box, index) => {
      const terminal = others[index];
      return terminal === undefined ? [] : [{ terminal, box, program: { columns, rows } }];
    }),
  };
}

function inSlots(boxes: readonly Rect[], input: LayoutInput): Pick<Arranged, "panes" | "slots"> {
  const slots = assignSlots(boxes.length, input);
  return {
    slots,
    panes: slots.flatMap((terminal, index) => {
      const box = boxes[index];
      return box === undefined ? [] : [{ terminal, box }];
    }),
  };
}
