import { drawFrame, drawStrong, type FrameBox, type FramePiece } from "../frame.ts";
import type { Layout } from "../layout.ts";
import { paint, span } from "../lines.ts";
import type { Frame } from "../screen.ts";
import type { Tone } from "../theme.ts";
import type { Block } from "./block.ts";
import { hasKeys } from "./lists.ts";

// Tracing the borders of a large screen takes 2 ms, and they change only with the layout.
const drawn = new WeakMap<Layout, { readonly theme: Frame["theme"]; readonly blocks: readonly Block[] }>();

/** The borders of everything that the layout has placed, all alike. */
export function frameBlocks(frame: Frame): readonly Block[] {
  const { layout, theme } = frame;
  const known = drawn.get(layout);
  if (known?.theme === theme) return known.blocks;
  const boxes = boxesOf(frame).map(({ rect }) => box(rect, false, "border"));
  const blocks = drawFrame(layout.size, boxes, theme.glyphs.name === "ascii", layout.body).map((piece) => pieceBlock(frame, piece));
  drawn.set(layout, { theme, blocks });
  return blocks;
}

const strong = new WeakMap<Layout, { readonly keys: string; readonly theme: Frame["theme"]; readonly blocks: readonly Block[] }>();

/** The border of what has the keys, heavy, over the others: to go to another pane draws only this. */
export function strongFrameBlocks(frame: Frame): readonly Block[] {
  const { layout, theme, view } = frame;
  const keys = [view.view, view.area, view.focused, view.context, view.overlay.kind].join(" ");
  const known = strong.get(layout);
  if (known?.keys === keys && known.theme === theme) return known.blocks;
  const boxes = boxesOf(frame);
  const pieces = drawStrong(layout.size, boxes, theme.glyphs.name === "ascii", layout.body);
  const blocks = pieces.map((piece) => pieceBlock(frame, piece));
  strong.set(layout, { keys, theme, blocks });
  return blocks;
}

function boxesOf(frame: Frame): readonly FrameBox[] {
  const { layout, view } = frame;
  return [
    ...layout.lists.map((list) => box(list.outer, hasKeys(frame, list.name), "border-focus")),
    ...layout.panes.map((pane) => {
      const inFront = pane.terminal === view.focused && (view.view === "zoom" || view.area === "panes");
      return box(pane.outer, inFront, view.context === "take-over" ? "border-takeover" : "border-focus");
    }),
    ...layout.separators.map((line) => box(line, false, "border")),
  ];
}

function box(rect: FrameBox["rect"], strong: boolean, tone: Tone): FrameBox {
  return { rect, strong, tone: strong ? tone : "border" };
}

function pieceBlock(frame: Frame, piece: FramePiece): Block {
  const text = piece.text
    .split("\n")
    .map((line) => paint([span(line, piece.tone)], frame.theme))
    .join("\n");
  return {
    key: `${piece.x},${piece.y},${piece.height > 1 ? "v" : "h"}`,
    x: piece.x,
    y: piece.y,
    width: piece.width,
    height: piece.height,
    text,
  };
}
