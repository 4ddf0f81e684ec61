import { memo, useInsertionEffect, useState, useSyncExternalStore } from "react";
import { Box, Text } from "ink";
import type { Part } from "../src/dashboard/arrange.ts";
import type { Frame } from "../src/dashboard/screen.ts";
import { LiveRegion } from "../src/dashboard/terminal/live-region.ts";
import { sameBlocks, type Block } from "../src/dashboard/views/block.ts";
import { useGround } from "./use-ground.ts";

/**
 * Lays out and draws one view: its blocks side by side on the region's canvas, from where the compositor takes them to their places.
 * It is asked for when the blocks have other places than before; texts that change in their places are drawn without it.
 */
export function Region({ view }: { readonly view: (frame: Frame) => readonly Block[] }) {
  const ground = useGround();
  const [region] = useState(() => new LiveRegion(view, ground));
  const arrangement = useSyncExternalStore(region.subscribe, region.arrangement);
  // Before Ink lays out and writes, which it does as soon as React has changed the tree.
  useInsertionEffect(() => ground.canvas.expect(arrangement), [ground, arrangement]);
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
