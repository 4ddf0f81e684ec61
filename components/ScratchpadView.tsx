import type { Frame } from "../src/dashboard/screen.ts";
import { listBlocks } from "../src/dashboard/views/lists.ts";
import { Region } from "./Region.tsx";

const view = (frame: Frame) => [...listBlocks(frame, "files"), ...listBlocks(frame, "file")];

/** The watched folder: its files newest first, and the text of the selected one. */
export function ScratchpadView() {
  return <Region view={view} />;
}
