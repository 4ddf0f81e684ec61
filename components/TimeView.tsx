import type { Frame } from "../src/dashboard/screen.ts";
import { listBlocks } from "../src/dashboard/views/lists.ts";
import { Region } from "./Region.tsx";

const view = (frame: Frame) => listBlocks(frame, "time");

/** The timeline: plan above what was, now, and where it will end. */
export function TimeView() {
  return <Region view={view} />;
}
