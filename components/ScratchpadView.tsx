import type { Frame } from "../src/dashboard/screen.ts";
import { listBlocks } from "../src/dashboard/views/lists.ts";
import { Region } from "./Region.tsx";

const files = (frame: Frame) => listBlocks(frame, "files");
const file = (frame: Frame) => listBlocks(frame, "file");

/** The watched folder: its files newest first, and the text of the selected one. */
export function ScratchpadView() {
  return (
    <>
      <Region view={files} />
      <Region view={file} />
    </>
  );
}
