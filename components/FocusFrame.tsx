import { strongFrameBlocks } from "../src/dashboard/views/frames.ts";
import { Region } from "./Region.tsx";

/** The border of what has the keys. */
export function FocusFrame() {
  return <Region view={strongFrameBlocks} />;
}
