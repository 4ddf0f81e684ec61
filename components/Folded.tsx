import { foldedBlocks } from "../src/dashboard/views/folded.ts";
import { Region } from "./Region.tsx";

/** What the lists say in one line each, for a zoomed terminal and for small screens. */
export function Folded() {
  return <Region view={foldedBlocks} />;
}
