/**
 * Boxes with frames and without. Neighbours share the cells of their borders in both cases. Without frames the boxes are laid out on
 * a canvas that is one cell larger than its region at the left, the right and the bottom, so that the outer borders fall off the
 * screen; of the inner ones a title line and a thin line between neighbours are left.
 */
import { inside, intersection, rect, type Rect } from "../geometry.ts";

export interface Region {
  /** The cells of the screen that belong to it. */
  readonly screen: Rect;
  /** Where boxes may be laid out. */
  readonly canvas: Rect;
  readonly frames: boolean;
}

/** What of a box is on the screen. Without frames, `outer` is the title's row. */
export interface Placed {
  readonly outer: Rect;
  readonly inner: Rect;
}

export function region(screen: Rect, frames: boolean): Region {
  const canvas = frames ? screen : rect(screen.x - 1, screen.y, screen.width + 2, screen.height + 1);
  return { screen, canvas, frames };
}

export function placed(box: Rect, { screen, frames }: Region): Placed {
  const outer = frames ? box : { ...box, height: 1 };
  // A title line has no inside: nothing of its terminal is shown.
  const inner = box.height > 1 ? inside(box) : rect(box.x + 1, box.y, box.width - 2, 0);
  return { outer: intersection(outer, screen), inner: intersection(inner, screen) };
}

/** The thin lines between boxes without frames, as rectangles of one column that may reach beyond the region. */
export function separators(boxes: readonly Rect[], { screen, frames }: Region): readonly Rect[] {
  return frames ? [] : boxes.filter((box) => box.x > screen.x).map((box) => rect(box.x, box.y, 1, box.height));
}
