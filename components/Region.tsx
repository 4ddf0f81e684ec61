import { memo } from "react";
import { Box, Text } from "ink";
import type { Frame } from "../src/dashboard/screen.ts";
import { sameBlocks, type Block } from "../src/dashboard/views/block.ts";
import { useFrame } from "./use-frame.ts";

/** Draws one view: its blocks, each at its place. */
export function Region({ view }: { readonly view: (frame: Frame) => readonly Block[] }) {
  const blocks = useFrame(view, sameBlocks);
  return blocks.map((block) => <Placed key={block.key} block={block} />);
}

const Placed = memo(
  function Placed({ block }: { readonly block: Block }) {
    const { x, y, width, height, text } = block;
    if (width === 0 || height === 0 || text === "") return null;
    return (
      <Box position="absolute" left={x} top={y} width={width} height={height}>
        <Text wrap="truncate-end">{text}</Text>
      </Box>
    );
  },
  (before, after) => sameBlocks([before.block], [after.block]),
);
