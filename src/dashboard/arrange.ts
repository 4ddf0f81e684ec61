/**
 * Puts the blocks of one view close together. Ink's cost grows with the area it draws, so a view draws its blocks side by side on a
 * small canvas of its own, and the compositor takes each of them to its place on the screen.
 */
import type { Rect } from "./geometry.ts";
import type { Block } from "./views/block.ts";

/** A block, and where its top left corner lies on the canvas. */
export interface Part {
  readonly block: Block;
  readonly x: number;
  readonly y: number;
}

export interface Arrangement {
  readonly columns: number;
  readonly rows: number;
  /** In the order of the blocks: later ones lie over earlier ones on the screen. On the canvas none overlaps another. */
  readonly parts: readonly Part[];
}

/** Shelves: blocks of like heights side by side, no wider together than the widest place that a screen of `columns` has for them. */
export function arrange(blocks: readonly Block[], columns: number): Arrangement {
  const tallestFirst = blocks.filter(isDrawn).toSorted((a, b) => b.height - a.height);
  const widest = Math.max(columns, ...tallestFirst.map((block) => block.width));
  const places = new Map<Block, { readonly x: number; readonly y: number }>();
  let used = 0;
  let shelf = { x: 0, y: 0, height: 0 };
  for (const block of tallestFirst) {
    if (shelf.x + block.width > widest) shelf = { x: 0, y: shelf.y + shelf.height, height: 0 };
    places.set(block, { x: shelf.x, y: shelf.y });
    shelf = { x: shelf.x + block.width, y: shelf.y, height: Math.max(shelf.height, block.height) };
    used = Math.max(used, shelf.x);
  }
  return {
    columns: used,
    rows: shelf.y + shelf.height,
    parts: blocks.flatMap((block) => {
      const place = places.get(block);
      return place === undefined ? [] : [{ block, ...place }];
    }),
  };
}

/** Whether all their parts have the same places on the canvas and on the screen, so that at most their texts differ. */
export function sameStructure(a: Arrangement, b: Arrangement): boolean {
  if (a === b) return true;
  if (a.columns !== b.columns || a.rows !== b.rows || a.parts.length !== b.parts.length) return false;
  return a.parts.every((part, index) => {
    const other = b.parts[index];
    return other !== undefined && part.x === other.x && part.y === other.y && samePlace(part.block, other.block);
  });
}

function samePlace(a: Block, b: Block): boolean {
  return a.key === b.key && a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

function isDrawn({ width, height, text }: Rect & { readonly text: string }): boolean {
  return width > 0 && height > 0 && text !== "";
}
