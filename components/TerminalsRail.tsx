import type { Frame } from "../src/dashboard/screen.ts";
import { listBlocks } from "../src/dashboard/views/lists.ts";
import { Region } from "./Region.tsx";

const view = (frame: Frame) => listBlocks(frame, "terminals");

/** Every terminal in a line. */
export function TerminalsRail() {
  return <Region view={view} />;
}
