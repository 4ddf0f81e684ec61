import { overlayBlocks } from "../src/dashboard/views/overlay.ts";
import { Region } from "./Region.tsx";

/** Help, palette, questions and notices, over everything but the first and the last line. */
export function Overlay() {
  return <Region view={overlayBlocks} />;
}
