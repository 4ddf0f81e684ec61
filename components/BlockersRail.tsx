import type { Frame } from "../src/dashboard/screen.ts";
import { listBlocks } from "../src/dashboard/views/lists.ts";
import { Region } from "./Region.tsx";

const view = (frame: Frame) => listBlocks(frame, "blockers");

/** Open blockers with their clocks and holders. */
export function BlockersRail() {
  return <Region view={view} />;
}
