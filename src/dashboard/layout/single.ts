/** Layouts with one thing at a time, as boxes on the canvas. Where room is short nothing has a frame. */
import { rect, type Size } from "../geometry.ts";
import type { LayoutInput } from "../layout.ts";
import { ground } from "./ground.ts";
import { focusPanes, type Arranged } from "./many.ts";

/** Too small for anything: the first and the last line. */
export function oneLine(size: Size): Arranged {
  return { kind: "one-line", ground: ground(size, { folded: [], tabs: false, events: 0 }, true), lists: [], panes: [] };
}

/** One terminal at the full width, the rails folded to a line each. */
export function zoom({ size, focused }: LayoutInput): Arranged {
  const folded = size.rows >= 30 ? (["streams", "blockers", "terminals"] as const) : (["summary"] as const);
  const base = ground(size, { folded, tabs: false, events: size.rows >= 20 ? 1 : 0 }, false);
  return { kind: "zoom", ground: base, lists: [], panes: [{ terminal: focused, box: base.region.canvas }] };
}

/** Too small for the board: the same lists and panes one at a time, under a line of tabs and a summary that is always there. */
export function tabs(input: LayoutInput): Arranged {
  const base = ground(input.size, { folded: ["summary"], tabs: true, events: input.size.rows >= 18 ? 1 : 0 }, false);
  const { canvas } = base.region;
  if (input.area !== "panes") return { kind: "tabs", ground: base, lists: [{ name: input.area, box: canvas }], panes: [] };
  if (input.focused <= 0) return { kind: "tabs", ground: base, lists: [], panes: [] };
  if (input.arrangement !== "focus") return { kind: "tabs", ground: base, lists: [], panes: [{ terminal: input.focused, box: canvas }] };
  const { front, strip } = focusPanes(canvas, base, input);
  return { kind: "tabs", ground: base, lists: [], panes: [...front, ...strip], oneInFront: true };
}

/** The watched folder: its files, and the one that is open beside or below them. */
export function scratchpad({ size, frames }: LayoutInput): Arranged {
  const base = ground(size, { folded: [], tabs: false, events: size.rows >= 18 ? 1 : 0 }, frames);
  const { x, y, width, height } = base.region.canvas;
  const beside = size.columns >= 100;
  const listWidth = beside ? Math.min(72, Math.floor(width * 0.42)) : width;
  const listHeight = beside ? height : Math.max(5, Math.floor(height * 0.4));
  return {
    kind: "scratchpad",
    ground: base,
    lists: [
      { name: "files", box: rect(x, y, listWidth, listHeight) },
      {
        name: "file",
        box: beside
          ? rect(x + listWidth - 1, y, width - listWidth + 1, height)
          : rect(x, y + listHeight - 1, width, height - listHeight + 1),
      },
    ],
    panes: [],
  };
}

/** The timeline, over the whole canvas. */
export function time({ size, frames }: LayoutInput): Arranged {
  const base = ground(size, { folded: [], tabs: false, events: size.rows >= 18 ? 1 : 0 }, frames);
  return { kind: "time", ground: base, lists: [{ name: "time", box: base.region.canvas }], panes: [] };
}
