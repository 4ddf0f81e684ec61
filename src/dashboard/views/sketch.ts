/** The whole board at once, as the components draw it region by region: shown while Ink, which they need, is being loaded. */
import type { ListName } from "../layout.ts";
import type { Frame } from "../screen.ts";
import type { Block } from "./block.ts";
import { eventBlocks } from "./events.ts";
import { foldedBlocks } from "./folded.ts";
import { frameBlocks, strongFrameBlocks } from "./frames.ts";
import { headerBlocks } from "./header.ts";
import { listBlocks } from "./lists.ts";
import { paneTitleBlocks } from "./panes.ts";
import { statusBlocks } from "./status.ts";
import { tabBlocks } from "./tabs.ts";

const LISTS: readonly ListName[] = ["streams", "blockers", "terminals", "hierarchy"];

/** In the order in which they lie over each other. Nothing can be open yet that lies over the terminals. */
export function sketchBlocks(frame: Frame): readonly Block[] {
  return [
    ...headerBlocks(frame),
    ...foldedBlocks(frame),
    ...tabBlocks(frame),
    ...frameBlocks(frame),
    ...strongFrameBlocks(frame),
    ...LISTS.flatMap((name) => listBlocks(frame, name)),
    ...paneTitleBlocks(frame),
    ...eventBlocks(frame),
    ...statusBlocks(frame),
  ];
}
