import { memo, useInsertionEffect, useMemo } from "react";
import { Box, Text } from "ink";
import { arrange, type Part } from "../src/dashboard/arrange.ts";
import type { Frame } from "../src/dashboard/screen.ts";
import { sameBlocks, type Block } from "../src/dashboard/views/block.ts";
import { useCanvas, useFrame } from "./use-frame.ts";

/** Draws one view: its blocks side by side on the region's canvas, from where the compositor takes them to their places. */
export function Region({ view }: { readonly view: (frame: Frame) => readonly Block[] }) {
  const canvas = useCanvas();
  const blocks = useFrame(view, sameBlocks);
  const columns = useFrame((frame) => frame.layout.size.columns);
  const arrangement = useMemo(() => arrange(blocks, columns), [blocks, columns]);
  // Before Ink lays out and writes, which it does as soon as React has changed the tree.
  useInsertionEffect(() => canvas.arrange(arrangement), [canvas, arrangement]);
  return (
    <Box width={arrangement.columns} height={arrangement.rows}>
      {arrangement.parts.map((part) => (
        <Placed key={part.block.key} part={part} />
      ))}
    </Box>
  );
}

const Placed = memo(
  function Placed({ part: { block, x, y } }: { readonly part: Part }) {
    return (
      <Box position="absolute" left={x} top={y} width={block.width} height={block.height}>
        <Text wrap="truncate-end">{block.text}</Text>
      </Box>
    );
  },
  ({ part: before }, { part: after }) => before.x === after.x && before.y === after.y && sameBlocks([before.block], [after.block]),
);
