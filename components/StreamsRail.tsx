import type { Frame } from "../src/dashboard/screen.ts";
import { listBlocks } from "../src/dashboard/views/lists.ts";
import { Region } from "./Region.tsx";

const view = (frame: Frame) => listBlocks(frame, "streams");

/** Streams, or sessions where the plan has no streams. */
export function StreamsRail() {
  return <Region view={view} />;
}
