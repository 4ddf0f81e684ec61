/** Rectangles in cells of the whole screen, counted from 0 at the top left. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function rect(x: number, y: number, width: number, height: number): Rect {
  return { x, y, width: Math.max(0, width), height: Math.max(0, height) };
}

/** The inside of a bordered rectangle. */
export function inside(outer: Rect): Rect {
  return rect(outer.x + 1, outer.y + 1, outer.width - 2, outer.height - 2);
}

export function contains(area: Rect, x: number, y: number): boolean {
  return x >= area.x && y >= area.y && x < area.x + area.width && y < area.y + area.height;
}

/** What two rectangles have in common; without any cell, an empty one inside `b`. */
export function intersection(a: Rect, b: Rect): Rect {
  const x = Math.min(Math.max(a.x, b.x), b.x + b.width);
  const y = Math.min(Math.max(a.y, b.y), b.y + b.height);
  return rect(x, y, Math.min(a.x + a.width, b.x + b.width) - x, Math.min(a.y + a.height, b.y + b.height) - y);
}

/** The smallest rectangle around all of them; empty for none. */
export function around(all: readonly Rect[]): Rect {
  const [first] = all;
  if (first === undefined) return rect(0, 0, 0, 0);
  const x = Math.min(...all.map((one) => one.x));
  const y = Math.min(...all.map((one) => one.y));
  return rect(x, y, Math.max(...all.map((one) => one.x + one.width)) - x, Math.max(...all.map((one) => one.y + one.height)) - y);
}

/** Cuts `length` cells into `count` parts that share their borders: neighbours overlap by one cell; earlier parts get the rest. */
export function shareBorders(start: number, length: number, count: number): readonly { readonly start: number; readonly length: number }[] {
  const parts: { start: number; length: number }[] = [];
  const inner = length - (count + 1);
  let at = start;
  for (let index = 0; index < count; index++) {
    const own = Math.floor(inner / count) + (index < inner % count ? 1 : 0);
    parts.push({ start: at, length: own + 2 });
    at += own + 1;
  }
  return parts;
}
